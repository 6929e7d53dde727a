package dev.hexmart.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.adapter.telemetry.TelemetrySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UseCaseRoutesTest {

    private final Telemetry telemetry = Telemetry.open(TelemetrySettings.from(Map.of(), "test"));
    private final List<Optional<String>> traces = new ArrayList<>();
    private final Route orders = Route.get("/orders", Access.OPEN, _ -> {
        traces.add(Telemetry.traceId());
        return Response.empty(204);
    });

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void aNamedRouteIsHandledWithinASpanAndTheOthersAsTheyAre() throws Exception {
        Request request = Request.head("GET", "/orders", "", Map.of());
        for (Map<String, String> names : List.of(Map.of("GET /orders", "FollowOrder"), Map.<String, String>of())) {
            Route route =
                    UseCaseRoutes.traced(telemetry, names, List.of(orders)).getFirst();
            assertThat(route.handler().handle(request).status()).isEqualTo(204);
        }
        assertThat(traces)
                .satisfiesExactly(
                        id -> assertThat(id).isPresent(), id -> assertThat(id).isEmpty());
    }

    @Test
    void aNamedRouteIsOtherwiseWhatItWas() {
        Route free = orders.uncounted();
        Route traced = UseCaseRoutes.traced(telemetry, Map.of("GET /orders", "FollowOrder"), List.of(free))
                .getFirst();
        assertThat(traced.with(free.handler())).isEqualTo(free);
    }

    @Test
    void aNameForARouteThatIsNotThereIsAMistake() {
        assertThatThrownBy(() -> UseCaseRoutes.traced(telemetry, Map.of("GET /order", "FollowOrder"), List.of(orders)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /order");
    }
}
