package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.http.Response;
import dev.hexmart.adapter.http.SignInApi;

/** The storefront's pages for those who sign in and out. */
final class StorefrontPages implements SignInApi.Pages {

    @Override
    public Response signedOut() {
        return StorefrontRoutes.page(200, "/signed-out.html");
    }

    @Override
    public Response signInRefused() {
        return StorefrontRoutes.page(400, "/sign-in-refused.html");
    }
}
