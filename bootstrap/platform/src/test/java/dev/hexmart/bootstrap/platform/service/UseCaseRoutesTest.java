package dev.hexmart.bootstrap.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Handler;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.adapter.telemetry.TelemetrySettings;
import dev.hexmart.application.ordering.FollowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UseCaseRoutesTest {

    private final Telemetry telemetry = Telemetry.open(TelemetrySettings.from(Map.of(), "test"));
    private final UseCaseRoutes routes = new UseCaseRoutes(telemetry);
    private final List<Optional<String>> traces = new ArrayList<>();
    private final Handler handler = _ -> {
        traces.add(Telemetry.traceId());
        return Response.empty(204);
    };

    @AfterEach
    void close() {
        telemetry.close();
    }

    @Test
    void onlyARouteThatNamesAUseCaseIsHandledWithinASpan() throws Exception {
        Request request = Request.head("GET", "/orders", "", Map.of());
        for (Route route : List.of(
                Route.get("/orders", Access.OPEN, FollowOrder.class, handler),
                Route.get("/orders", Access.OPEN, handler))) {
            assertThat(routes.traced(route).handler().handle(request).status()).isEqualTo(204);
        }
        assertThat(traces)
                .satisfiesExactly(
                        id -> assertThat(id).isPresent(), id -> assertThat(id).isEmpty());
    }

    @Test
    void aTracedRouteIsOtherwiseUnchanged() {
        Route free =
                Route.get("/orders", Access.OPEN, FollowOrder.class, handler).uncounted();
        assertThat(routes.traced(free).with(handler)).isEqualTo(free);
    }
}
