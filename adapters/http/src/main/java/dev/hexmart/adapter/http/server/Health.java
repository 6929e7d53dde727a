package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.json.Json;
import jakarta.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether the process lives, and whether it should be sent requests. */
final class Health {

    private static final System.Logger LOG = System.getLogger(Health.class.getName());

    private final BooleanSupplier ready;
    private final List<HealthCheck> checks;

    Health(BooleanSupplier ready, List<HealthCheck> checks) {
        this.ready = ready;
        this.checks = List.copyOf(checks);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health/live", Access.OPEN, _ -> answer(List.of())),
                Route.get("/health/ready", Access.OPEN, _ -> answer(readiness())));
    }

    private record Result(String name, boolean up) {}

    private List<Result> readiness() {
        List<Result> results = new ArrayList<>();
        results.add(new Result("accepting-requests", ready.getAsBoolean()));
        checks.forEach(check -> results.add(new Result(check.name(), isUp(check))));
        return results;
    }

    private static boolean isUp(HealthCheck check) {
        try {
            return check.healthy().getAsBoolean();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Health check " + check.name() + " failed", e);
            return false;
        }
    }

    private static Response answer(List<Result> results) {
        boolean up = results.stream().allMatch(Result::up);
        JsonObject json = Json.object()
                .add("status", word(up))
                .add(
                        "checks",
                        Json.array(
                                results,
                                result -> Json.object()
                                        .add("name", result.name())
                                        .add("status", word(result.up()))
                                        .build()))
                .build();
        return Response.json(up ? 200 : 503, json);
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
