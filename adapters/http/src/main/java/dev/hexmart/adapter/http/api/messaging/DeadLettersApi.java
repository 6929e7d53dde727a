package dev.hexmart.adapter.http.api.messaging;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.api.Paging;
import dev.hexmart.adapter.http.api.Refusals;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.message.DeadLetterJson;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.messaging.DeadLetters.Outcome;
import dev.hexmart.application.messaging.ResendDeadLetters;
import java.util.List;
import java.util.UUID;

/** The messages that the broker gave up on, whichever service they were for. */
public final class DeadLettersApi implements Endpoints {

    private static final Access MANAGERS = new Access.Requires(Role.ORDERS_MANAGE);
    private static final int MAX_LIMIT = 100;

    private final ResendDeadLetters letters;

    public DeadLettersApi(ResendDeadLetters letters) {
        this.letters = letters;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/messages/dead", MANAGERS, ResendDeadLetters.class, this::list),
                Route.post("/messages/dead/{id}/resend", MANAGERS, ResendDeadLetters.class, this::resend));
    }

    private Response list(Request request) {
        var found = letters.list(request.caller(), Paging.limit(request, MAX_LIMIT));
        return Response.json(200, Json.array(found, DeadLetterJson::write).build());
    }

    private Response resend(Request request) {
        return switch (letters.resend(request.caller(), request.path("id", UUID::fromString))) {
            case Outcome.Sent _ -> Response.empty(204);
            case Outcome.NoQueue _ ->
                throw Refusals.of(
                        ProblemType.MESSAGE_FAILED_AGAIN,
                        "Neither its headers nor its type name a queue of the shop; it stays a dead letter");
            case Outcome.NotFound _ -> throw new ProblemException(request.notFound());
        };
    }
}
