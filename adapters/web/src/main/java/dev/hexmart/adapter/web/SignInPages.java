package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.api.identity.SignInApi;
import dev.hexmart.adapter.http.api.identity.SignInRefusal;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.storefront.Page.Link;
import dev.hexmart.adapter.storefront.Refusal;
import dev.hexmart.adapter.storefront.Refusal.Reference;
import java.util.Optional;

/** The pages that are shown on the way of signing in and out. */
public final class SignInPages implements SignInApi.Pages {

    private static final int BAD_REQUEST = 400;

    private final Pages pages;

    public SignInPages(Pages pages) {
        this.pages = pages;
    }

    @Override
    public Response signedOut() {
        return AssetRoutes.page(200, "/signed-out.html");
    }

    @Override
    public Response signInRefused(SignInRefusal refusal) {
        return pages.refuse(
                BAD_REQUEST,
                new Refusal(
                        refusal.title(),
                        refusal.advice(),
                        Optional.of(new Link("Sign in", Html.signIn(refusal.returnTo()))),
                        refusal.code().map(code -> new Reference(code, Optional.empty()))));
    }

    @Override
    public Response reload() {
        return pages.reload();
    }
}
