package dev.hexmart.bootstrap.service;

import dev.hexmart.adapter.entra.EntraTokenVerifier;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.Authenticator;
import dev.hexmart.adapter.http.access.BearerAuthenticator;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.ErrorPages;
import dev.hexmart.adapter.http.server.HealthCheck;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.http.server.Routes;
import dev.hexmart.adapter.http.server.ServiceServer;
import dev.hexmart.adapter.json.Blueprint;
import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.runtime.LogTrace;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A service that is up: its routes behind verified tokens, its health and its numbers on a listener of their own. */
public final class ServiceHost implements AutoCloseable {

    private final Lifecycle lifecycle;
    private final ServiceServer server;
    private final List<Route> routes;
    private final Blueprint blueprint;

    private ServiceHost(Lifecycle lifecycle, ServiceServer server, List<Route> routes, Blueprint blueprint) {
        this.lifecycle = lifecycle;
        this.server = server;
        this.routes = routes;
        this.blueprint = blueprint;
    }

    /**
     * What a service brings along.
     *
     * @param errors what it shows browsers where there is no other answer
     * @param authentication what else it takes than a bearer token
     */
    public record Parts(
            List<Route> routes,
            List<HealthCheck> checks,
            RateLimits limits,
            ErrorPages errors,
            UnaryOperator<Authenticator> authentication) {

        public Parts(List<Route> routes, List<HealthCheck> checks) {
            this(routes, checks, RateLimits.NONE, ErrorPages.NONE, UnaryOperator.identity());
        }
    }

    /** Opens what a service stands on, in the order in which it is needed, and registers each thing as it is opened. */
    @FunctionalInterface
    public interface Wiring {
        Parts wire(Lifecycle lifecycle, Telemetry telemetry, EntraTokenVerifier verifier);
    }

    /** Wires the service and opens its doors, or closes again what had been opened and passes the failure on. */
    public static ServiceHost start(ServiceSettings settings, Wiring wiring) {
        Lifecycle lifecycle = new Lifecycle();
        try {
            Telemetry telemetry = lifecycle.add("telemetry", Telemetry.open(settings.telemetry()));
            LogTrace.take(Telemetry::traceId, Telemetry::spanId);
            EntraTokenVerifier verifier = lifecycle.add(
                    "token verifier", EntraTokenVerifier.start(settings.identity(), InstantSource.system()));
            Parts parts = wiring.wire(lifecycle, telemetry, verifier);
            Authenticator authenticator = parts.authentication().apply(new BearerAuthenticator(verifier));
            Blueprint blueprint = Survey.of(
                    parts.routes(),
                    Stream.concat(lifecycle.resources().stream(), Stream.of(authenticator, parts.limits()))
                            .toList());
            HealthCheck identity = new HealthCheck("identity-provider", verifier::isReady);
            ServiceServer server = serve(settings, parts, identity, authenticator, telemetry, blueprint, lifecycle);
            return new ServiceHost(lifecycle, server, parts.routes(), blueprint);
        } catch (RuntimeException e) {
            lifecycle.close();
            throw e;
        }
    }

    /** Where the service is reached from this machine. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** All that can be asked of the service at its {@link #address}. */
    public List<Route> routes() {
        return routes;
    }

    /** What it is made of. */
    public Blueprint blueprint() {
        return blueprint;
    }

    public URI managementAddress() {
        return URI.create("http://127.0.0.1:" + server.managementPort());
    }

    @Override
    public void close() {
        lifecycle.close();
    }

    private static ServiceServer serve(
            ServiceSettings settings,
            Parts parts,
            HealthCheck identity,
            Authenticator authenticator,
            Telemetry telemetry,
            Blueprint blueprint,
            Lifecycle lifecycle) {
        Routes routes = new Routes(
                authenticator, new ObservedRequests(telemetry), parts.limits(), parts.errors(), parts.routes());
        ServiceServer server = lifecycle.add(
                "server",
                ServiceServer.start(
                        settings.server(),
                        routes,
                        // Once read, issuer and keys outlive an outage of the authority, and so does this check.
                        Stream.concat(Stream.of(identity), parts.checks().stream())
                                .toList(),
                        List.of(
                                numbers(telemetry.metrics()),
                                Route.get("/wiring", Access.OPEN, _ -> Response.json(200, blueprint.json())))));
        connections(telemetry.metrics(), server);
        server.ready(true);
        lifecycle.add("readiness", () -> {
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
