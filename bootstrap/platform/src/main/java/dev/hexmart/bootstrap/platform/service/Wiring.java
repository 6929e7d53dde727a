package dev.hexmart.bootstrap.platform.service;

import dev.hexmart.adapter.entra.EntraTokenVerifier;
import dev.hexmart.adapter.http.access.Authenticator;
import dev.hexmart.adapter.http.access.BearerAuthenticator;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.ErrorPages;
import dev.hexmart.adapter.http.server.HealthCheck;
import dev.hexmart.adapter.http.server.RequestObserver;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.http.server.Routes;
import dev.hexmart.adapter.json.ServiceDescription;
import dev.hexmart.adapter.json.ServiceDescription.Driver;
import dev.hexmart.adapter.json.ServiceDescription.Port;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.application.identity.TokenVerifier;
import dev.hexmart.bootstrap.platform.process.Lifecycle;
import dev.hexmart.bootstrap.platform.process.Worker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * A service while it is wired: what has been opened, in the order in which it was, and what has been declared.
 *
 * <p>Every driver is declared with the use case that it drives, every adapter with its port; the service's {@link #description}
 * consists of these declarations.
 */
public final class Wiring {

    private static final Duration LOOK_UP_PACE = Duration.ofSeconds(5);

    private final Lifecycle lifecycle;
    private final Telemetry telemetry;
    private final EntraTokenVerifier verifier;
    private final InstantSource clock = InstantSource.system();
    private final UseCaseRoutes useCases;
    private final PolledValues polled = new PolledValues();
    private final List<Route> routes = new ArrayList<>();
    private final List<HealthCheck> checks = new ArrayList<>();
    private final SequencedMap<String, Driver> drivers = new LinkedHashMap<>();
    private final TreeSet<Port> ports = new TreeSet<>(
            Comparator.comparing(Port::place).thenComparing(Port::name).thenComparing(Port::adapter));
    private Authenticator authenticator;
    private RateLimits limits = RateLimits.NONE;
    private ErrorPages errors = ErrorPages.NONE;

    Wiring(Lifecycle lifecycle, Telemetry telemetry, EntraTokenVerifier verifier) {
        this.lifecycle = lifecycle;
        this.telemetry = telemetry;
        this.verifier = verifier;
        this.useCases = new UseCaseRoutes(telemetry);
        this.authenticator = new BearerAuthenticator(port(Technology.ENTRA, TokenVerifier.class, verifier));
        check("identity-provider", verifier::isReady);
    }

    public Telemetry telemetry() {
        return telemetry;
    }

    public EntraTokenVerifier verifier() {
        return verifier;
    }

    public InstantSource clock() {
        return clock;
    }

    /** Registers an opened resource, to be closed in reverse order, and returns it. */
    public <T extends AutoCloseable> T open(String name, T resource) {
        return lifecycle.add(name, resource);
    }

    /** Registers something to be done when everything that is opened later has been closed. */
    public void onClose(String name, Runnable action) {
        lifecycle.onClose(name, action);
    }

    /** Adds a readiness check. */
    public void check(String name, BooleanSupplier isUp) {
        checks.add(new HealthCheck(name, isUp));
    }

    /** Declares an adapter and returns it. */
    public <P> P port(Technology technology, Class<? super P> port, P adapter) {
        ports(technology, Map.of(port, adapter.getClass()));
        return adapter;
    }

    /** Declares adapters that are made anew where they are needed, such as those of a transaction, by their ports. */
    public void ports(Technology technology, Map<Class<?>, Class<?>> adapters) {
        adapters.forEach((port, adapter) ->
                ports.add(new Port(port.getSimpleName(), adapter.getSimpleName(), technology.place())));
    }

    /** Serves the routes; the use case that a route names has a span of its own in traces. */
    public void serve(Technology technology, Endpoints... all) {
        for (Endpoints endpoints : all) {
            for (Route route : endpoints.routes()) {
                String method = route.method().equals(Route.ANY_METHOD) ? "any" : route.method();
                drives(
                        endpoints.getClass().getSimpleName(),
                        technology,
                        List.of(method + " " + route.template()),
                        route.useCase().stream().map(Class::getSimpleName).toList());
                routes.add(useCases.traced(route));
            }
        }
    }

    /** Declares something that drives a use case by itself, and returns it. */
    public <D> D driver(Technology technology, D driver, Object useCase) {
        drives(driver.getClass().getSimpleName(), technology, List.of(), List.of(name(useCase)));
        return driver;
    }

    /**
     * Has a use case driven by the clock.
     *
     * @param pace how long to rest between two rounds
     */
    public <U> Worker worker(String name, Duration pace, U useCase, Consumer<U> round) {
        drives(name, Technology.CLOCK, List.of(), List.of(name(useCase)));
        return worker(name, pace, () -> round.accept(useCase));
    }

    /** Does something again and again that is no use case, such as looking up a metric. */
    public Worker worker(String name, Duration pace, Runnable round) {
        return open(name, Worker.start(name, pace, round));
    }

    /** Has a metric looked up every few seconds; it is NaN while that fails. */
    public void gauge(String name, String help, DoubleSupplier lookUp) {
        telemetry.metrics().gauge(name, help, polled.add(lookUp));
    }

    /** The same, with a label. */
    public void gauge(String name, String help, String label, String value, DoubleSupplier lookUp) {
        telemetry.metrics().gauges(name, help, label, Map.of(value, polled.add(lookUp)));
    }

    /** How callers are recognized, where a bearer token is not the only way. */
    public void authenticate(Authenticator with) {
        authenticator = with;
    }

    /** The rate limits; none if empty. */
    public void limit(RateLimits to) {
        limits = to;
    }

    /** What browsers are shown where there is no other answer. */
    public void errors(ErrorPages pages) {
        errors = pages;
    }

    /** What has been declared so far: drivers of use cases first, ports by technology and name. */
    public ServiceDescription description() {
        List<Driver> sorted = drivers.values().stream()
                .sorted(Comparator.comparing(
                                (Driver driver) -> driver.useCases().isEmpty())
                        .thenComparing(driver -> driver.routes().isEmpty()))
                .toList();
        return new ServiceDescription(
                sorted,
                sorted.stream()
                        .flatMap(driver -> driver.useCases().stream())
                        .distinct()
                        .toList(),
                List.copyOf(ports));
    }

    /** Starts the workers after the wiring. */
    void complete() {
        if (!polled.isEmpty()) {
            worker("look-up of metrics", LOOK_UP_PACE, polled::lookUp);
        }
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    List<HealthCheck> checks() {
        return List.copyOf(checks);
    }

    Routes observedBy(RequestObserver observer) {
        return new Routes(authenticator, observer, limits, errors, routes);
    }

    /** Several of one class are one driver. */
    private void drives(String name, Technology technology, List<String> served, List<String> driven) {
        drivers.merge(
                name,
                new Driver(name, technology.place(), served, driven),
                (one, other) -> new Driver(
                        name,
                        one.place(),
                        joined(one.routes(), other.routes()),
                        joined(one.useCases(), other.useCases())));
    }

    private static List<String> joined(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    private static String name(Object useCase) {
        return useCase.getClass().getSimpleName();
    }
}
