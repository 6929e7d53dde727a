package dev.hexmart.bootstrap.identity;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** What Entra ID keeps to its own operators: rolling the key, and asking how it is. */
final class OperationsService implements HttpService {

    private static final JsonObject UP =
            Json.createObjectBuilder().add("status", "UP").build();

    private final SigningKeys keys;

    OperationsService(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/rotate-keys", this::rotate)
                .get("/health/live", (req, res) -> Responses.json(res, UP))
                .get("/health/ready", this::ready);
    }

    private void rotate(ServerRequest req, ServerResponse res) {
        String kid = keys.rotate().id();
        Responses.json(res, Json.createObjectBuilder().add("kid", kid).build());
    }

    private void ready(ServerRequest req, ServerResponse res) {
        // Returns once there is a key to sign with.
        keys.current();
        Responses.json(res, UP);
    }
}
