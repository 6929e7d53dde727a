package dev.hexmart.bootstrap.platform.service;

import dev.hexmart.adapter.entra.EntraTokenVerifier;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.http.server.ServiceServer;
import dev.hexmart.adapter.json.ServiceDescription;
import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.bootstrap.platform.process.Lifecycle;
import dev.hexmart.bootstrap.platform.process.LogTrace;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A service that runs: its routes behind verified tokens; its health, metrics and description on a listener of their own. */
public final class ServiceHost implements AutoCloseable {

    private final Lifecycle lifecycle;
    private final ServiceServer server;
    private final List<Route> routes;

    private ServiceHost(Lifecycle lifecycle, ServiceServer server, List<Route> routes) {
        this.lifecycle = lifecycle;
        this.server = server;
        this.routes = routes;
    }

    /** Wires and starts the service; after a failure closes the opened resources and throws it. */
    public static ServiceHost start(ServiceSettings settings, Consumer<Wiring> wire) {
        Lifecycle lifecycle = new Lifecycle();
        try {
            Telemetry telemetry = lifecycle.add("telemetry", Telemetry.open(settings.telemetry()));
            LogTrace.take(Telemetry::traceId, Telemetry::spanId);
            Wiring wiring = new Wiring(
                    lifecycle,
                    telemetry,
                    lifecycle.add(
                            "token verifier", EntraTokenVerifier.start(settings.identity(), InstantSource.system())));
            wire.accept(wiring);
            wiring.complete();
            return new ServiceHost(lifecycle, serve(settings, wiring), wiring.routes());
        } catch (RuntimeException e) {
            lifecycle.close();
            throw e;
        }
    }

    /** Where the service is reached from this machine. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** All routes of the service at its {@link #address}. */
    public List<Route> routes() {
        return routes;
    }

    public URI managementAddress() {
        return URI.create("http://127.0.0.1:" + server.managementPort());
    }

    @Override
    public void close() {
        lifecycle.close();
    }

    private static ServiceServer serve(ServiceSettings settings, Wiring wiring) {
        Metrics metrics = wiring.telemetry().metrics();
        ServiceDescription description = wiring.description();
        ServiceServer server = wiring.open(
                "server",
                ServiceServer.start(
                        settings.server(),
                        wiring.observedBy(new ObservedRequests(wiring.telemetry())),
                        wiring.checks(),
                        List.of(
                                numbers(metrics),
                                Route.get("/wiring", Access.OPEN, _ -> Response.json(200, description.json())))));
        connections(metrics, server);
        server.ready(true);
        wiring.open("readiness", () -> {
            // The load balancer has to notice before the port is closed.
            server.ready(false);
            Thread.sleep(settings.drain());
        });
        return server;
    }

    private static void connections(Metrics metrics, ServiceServer server) {
        metrics.gauge("hexmart_http_connections", "Open client connections", server::connections);
        metrics.sums(
                "hexmart_http_connections_refused",
                "Connections refused or closed by a limit",
                "reason",
                Map.of(
                        "address", server::connectionsRefused,
                        "waiting", server::connectionsClosedForRoom));
    }

    private static Route numbers(Metrics metrics) {
        return Route.get("/metrics", Access.OPEN, request -> {
            Metrics.Page page = metrics.read(request.header("Accept").orElse("text/plain"));
            return new Response(200, List.of(), new Response.Content(page.contentType(), page.body()));
        });
    }
}
