package dev.hexmart.tools.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.JsonObject;

/** Sends what has been decided. */
final class Responses {

    static final String JSON = "application/json; charset=utf-8";

    private Responses() {}

    static void json(ServerResponse res, JsonObject body) {
        res.header(HeaderNames.CONTENT_TYPE, JSON);
        res.header("X-Content-Type-Options", "nosniff");
        res.send(body.toString().getBytes(UTF_8));
    }
}
