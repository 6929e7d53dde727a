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
import dev.hexmart.adapter.json.message.ParkedMessageJson;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.messaging.ResendParked;
import dev.hexmart.application.messaging.ResendParked.Outcome;
import java.util.List;
import java.util.UUID;

/** The parked messages of a service, for employees. */
public final class ParkedApi implements Endpoints {

    private static final Access MANAGERS = new Access.Requires(Role.ORDERS_MANAGE);
    private static final int MAX_LIMIT = 100;

    private final ResendParked parked;

    public ParkedApi(ResendParked parked) {
        this.parked = parked;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/messages/parked", MANAGERS, ResendParked.class, this::list),
                Route.post("/messages/parked/{id}/resend", MANAGERS, ResendParked.class, this::resend));
    }

    private Response list(Request request) {
        var messages = parked.list(request.caller(), Paging.limit(request, MAX_LIMIT));
        return Response.json(200, Json.array(messages, ParkedMessageJson::write).build());
    }

    private Response resend(Request request) {
        return switch (parked.resend(request.caller(), request.path("id", UUID::fromString))) {
            case Outcome.Handled _ -> Response.empty(204);
            case Outcome.FailedAgain(String why) -> throw Refusals.of(ProblemType.MESSAGE_FAILED_AGAIN, why);
            case Outcome.NotFound _ -> throw new ProblemException(request.notFound());
        };
    }
}
