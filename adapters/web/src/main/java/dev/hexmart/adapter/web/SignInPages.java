package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.Response;
import dev.hexmart.adapter.http.SignInApi;
import dev.hexmart.adapter.http.SignInRefusal;
import dev.hexmart.adapter.storefront.Page.Link;
import dev.hexmart.adapter.storefront.Refusal;
import dev.hexmart.adapter.storefront.Refusal.Reference;
import dev.hexmart.adapter.storefront.Storefront;
import java.util.Optional;

/** The storefront's pages for those who sign in and out. */
public final class SignInPages implements SignInApi.Pages {

    private static final int BAD_REQUEST = 400;

    private final Storefront storefront;

    public SignInPages(Storefront storefront) {
        this.storefront = storefront;
    }

    @Override
    public Response signedOut() {
        return AssetRoutes.page(200, "/signed-out.html");
    }

    @Override
    public Response signInRefused(SignInRefusal refusal) {
        return Html.page(
                BAD_REQUEST,
                storefront.render(new Refusal(
                        refusal.title(),
                        refusal.advice(),
                        Optional.of(new Link("Sign in", Html.signIn(refusal.returnTo()))),
                        refusal.code().map(code -> new Reference(code, Optional.empty())))));
    }

    @Override
    public Response reload() {
        return Html.page(200, storefront.reload());
    }
}
