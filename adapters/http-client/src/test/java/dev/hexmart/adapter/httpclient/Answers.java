package dev.hexmart.adapter.httpclient;

import com.sun.net.httpserver.HttpExchange;
import dev.hexmart.adapter.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.util.Map;

/** The services' answers, as they are on the wire. */
final class Answers {

    private static final JsonObject NOTHING_MORE = Json.object().build();

    private Answers() {}

    static void json(HttpExchange exchange, int status, JsonStructure json) throws IOException {
        send(exchange, status, "application/json", json);
    }

    static void problem(HttpExchange exchange, int status, String code, String detail) throws IOException {
        problem(exchange, status, code, detail, NOTHING_MORE);
    }

    /** @param members what goes with this code alone */
    static void problem(HttpExchange exchange, int status, String code, String detail, JsonObject members)
            throws IOException {
        var problem = Json.object()
                .add("type", "urn:hexmart:problem:" + code)
                .add("title", "It is " + code)
                .add("status", status)
                .add("detail", detail)
                .add("instance", exchange.getRequestURI().getRawPath())
                .add("code", code);
        members.forEach(problem::add);
        send(exchange, status, "application/problem+json", problem.build());
    }

    static void notFound(HttpExchange exchange) throws IOException {
        String detail = "There is nothing at " + exchange.getRequestURI().getRawPath() + ", or it is not yours to see";
        problem(exchange, 404, "not-found", detail);
    }

    private static void send(HttpExchange exchange, int status, String type, JsonStructure json) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        StubService.reply(exchange, status, Map.of("Content-Type", type), json.toString());
    }
}
