package dev.hexmart.tools.identity;

import dev.hexmart.tools.identity.keys.SigningKeys;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** What Entra ID keeps to operators and administrators: rolling the key, ending sign-ins, asking how it is. */
record OperationsService(Directory directory, SigningKeys keys, BrowserSessions sessions, RefreshTokens refreshTokens)
        implements HttpService {

    private static final JsonObject UP =
            Json.createObjectBuilder().add("status", "UP").build();

    @Override
    public void routing(HttpRules rules) {
        rules.post("/rotate-keys", this::rotate)
                .post("/end-sign-ins", this::endSignIns)
                .get("/health/live", (req, res) -> Responses.json(res, UP))
                .get("/health/ready", this::ready);
    }

    private void rotate(ServerRequest req, ServerResponse res) {
        String kid = keys.rotate().id();
        Responses.json(res, Json.createObjectBuilder().add("kid", kid).build());
    }

    /** As an administrator's "Revoke sessions" does: access tokens live on until their end. */
    private void endSignIns(ServerRequest req, ServerResponse res) {
        String name = Parameters.parse(req.query().rawValue()).require("user");
        User user = directory
                .findUser(name)
                .orElseThrow(() ->
                        Refusal.of("invalid_request", 50034, "The user account '%s' does not exist.".formatted(name)));
        sessions.endAllOf(user);
        refreshTokens.takeBack(user);
        Responses.json(res, Json.createObjectBuilder().add("user", user.login()).build());
    }

    private void ready(ServerRequest req, ServerResponse res) {
        // Returns once there is a key to sign with.
        keys.current();
        Responses.json(res, UP);
    }
}
