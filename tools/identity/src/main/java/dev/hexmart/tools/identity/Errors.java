package dev.hexmart.tools.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/** Tells people and programs, in Entra ID's form, why they got nothing. */
record Errors(InstantSource clock) implements HttpFeature {

    private static final System.Logger LOG = System.getLogger(Errors.class.getName());
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'");

    @Override
    public void setup(HttpRouting.Builder routing) {
        routing.error(Refusal.class, this::refuse).error(Exception.class, this::fail);
    }

    /** For what the server itself turns down before, or without, asking a route. */
    DirectHandlers direct() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, this::direct);
        }
        return handlers.build();
    }

    private void refuse(ServerRequest req, ServerResponse res, Refusal refusal) {
        res.status(refusal.status());
        if (refusal.status().equals(Status.UNAUTHORIZED_401)) {
            res.header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"token endpoint\"");
        }
        if (req.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/html")) {
            Page.refusal(refusal).send(res);
        } else {
            Responses.json(res, toJson(refusal.error(), refusal.codes(), refusal.description()));
        }
    }

    private void fail(ServerRequest req, ServerResponse res, Exception failure) {
        LOG.log(System.Logger.Level.ERROR, "A request failed: " + req.prologue().method(), failure);
        res.status(Status.INTERNAL_SERVER_ERROR_500);
        Responses.json(res, toJson("server_error", List.of(90033), "The identity provider failed; its log says why."));
    }

    private TransportResponse direct(
            DirectHandler.TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        // The server's own message may repeat what was sent.
        JsonObject body =
                toJson("invalid_request", List.of(9002313), "AADSTS9002313: Request is malformed or invalid.");
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, Responses.JSON)
                .keepAlive(type.keepAlive())
                .entity(body.toString().getBytes(UTF_8))
                .build();
    }

    private JsonObject toJson(String error, List<Integer> codes, String description) {
        String timestamp = TIMESTAMP.format(clock.instant().atOffset(ZoneOffset.UTC));
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        return Json.createObjectBuilder()
                .add("error", error)
                .add(
                        "error_description",
                        "%s Trace ID: %s Correlation ID: %s Timestamp: %s"
                                .formatted(description, trace, correlation, timestamp))
                .add("error_codes", Json.createArrayBuilder(codes))
                .add("timestamp", timestamp)
                .add("trace_id", trace)
                .add("correlation_id", correlation)
                .build();
    }
}
