package dev.hexmart.bootstrap.platform.service;

import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.server.RequestObserver;
import dev.hexmart.adapter.telemetry.ServerRequests;
import dev.hexmart.adapter.telemetry.Telemetry;
import java.util.Optional;

/** Joins the server to telemetry. */
final class ObservedRequests implements RequestObserver {

    private final ServerRequests requests;

    ObservedRequests(Telemetry telemetry) {
        this.requests = new ServerRequests(telemetry);
    }

    @Override
    public void streams(int change) {
        requests.streams(change);
    }

    @Override
    public void streamRefused(String limit) {
        requests.streamRefused(limit);
    }

    @Override
    public Observation begin(Request head, Optional<String> route) {
        ServerRequests.Exchange exchange = requests.begin(
                head.method(),
                head.path(),
                route,
                name -> head.headerValues(name).stream().findFirst());
        return new Observation() {
            @Override
            public Optional<String> traceId() {
                return exchange.traceId();
            }

            @Override
            public void streaming() {
                exchange.answered();
            }

            @Override
            public void end(int status, Optional<Throwable> failure) {
                exchange.end(status, failure);
            }
        };
    }
}
