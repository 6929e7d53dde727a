package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.exchange.Request;

/** The front page as plain text, for clients such as {@code curl}. Names no user and no tenant: those of the demo are no production's. */
final class Greeting {

    private Greeting() {}

    static String of(Request request) {
        String host = request.headerValues("Host").stream()
                .filter(value -> value.matches("[A-Za-z0-9.:\\[\\]-]{1,200}"))
                .findFirst()
                .orElse("localhost:8080");
        return """
                Hexmart is running.

                  the shop, for a browser   http://HOST/
                  the API                   http://HOST/products  /cart  /orders  /payments
                  its documentation         http://HOST/docs  /openapi.yaml  /asyncapi.yaml
                  signing in                http://HOST/login
                  a look inside             http://HOST/inside

                The API needs an access token of the configured tenant, as Authorization: Bearer TOKEN.
                The README has a walk through the API with the demo's users.
                """.replace("HOST", host);
    }
}
