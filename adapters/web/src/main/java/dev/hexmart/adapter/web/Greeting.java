package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.Request;

/** What the front page is to whoever reads no HTML, such as {@code curl}. */
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
                  what it can be asked      http://HOST/docs  /openapi.yaml  /asyncapi.yaml
                  signing in                http://HOST/login
                  a look inside             http://HOST/inside

                The API wants a token. In the demo, where alice's password is her name:

                  t=11111111-1111-1111-1111-111111111111 c=22222222-2222-2222-2222-222222222222
                  token=$(curl -s http://localhost:8090/$t/oauth2/v2.0/token -d grant_type=password -d client_id=$c \\
                    -d username=alice -d password=alice -d scope=api://$c/access_as_user |
                    sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                  curl -H "Authorization: Bearer $token" "http://HOST/products?search=kettle&limit=3"

                The README goes on from there.
                """.replace("HOST", host);
    }
}
