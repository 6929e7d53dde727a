package dev.hexmart.tools.viewer;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** The telemetry viewer, from its start until it is closed: it takes OTLP, keeps the latest of it in memory, and shows it. */
public final class TelemetryViewer implements AutoCloseable {

    /** OTLP's own. */
    public static final int DEFAULT_PORT = 4318;

    private static final String LOOPBACK = "127.0.0.1";

    /** Some 150 checkouts. */
    private static final int SPANS = 10_000;

    private static final int LINES = 5_000;
    private static final int CHARACTERS = 2_000_000;

    /** Names that lead here and nowhere else: with any other, a stranger's page could make itself of the same origin as ours. */
    private static final Set<String> OUR_NAMES = Set.of("localhost", LOOPBACK, "[::1]");

    private final WebServer server;
    private final Metrics metrics;

    private TelemetryViewer(WebServer server, Metrics metrics) {
        this.server = server;
        this.metrics = metrics;
    }

    /**
     * Starts to listen, on the loopback interface only.
     *
     * @param port 0 for any that is free
     * @throws IllegalStateException if the port is taken, with words that say what to do
     */
    public static TelemetryViewer start(int port) {
        requireFree(port);
        Traces traces = new Traces(SPANS);
        LogLines lines = new LogLines(LINES, CHARACTERS);
        Metrics metrics = new Metrics();
        WebServer server = WebServer.builder()
                .host(LOOPBACK)
                .port(port)
                .contentEncoding(encodings ->
                        encodings.contentEncodingsDiscoverServices(false).addContentEncoding(new Gzip()))
                .maxPayloadSize(OtlpReceiver.MAX_BODY)
                .idleConnectionTimeout(Duration.ofSeconds(30))
                .idleConnectionPeriod(Duration.ofSeconds(10))
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .routing(routing -> route(routing, traces, lines, metrics))
                .build()
                .start();
        if (!server.isRunning()) {
            throw new IllegalStateException("The viewer cannot listen on port %d; the log says why.".formatted(port));
        }
        return new TelemetryViewer(server, metrics);
    }

    /** Where a browser finds it, and where OTLP is to be sent. */
    public URI address() {
        return URI.create("http://localhost:" + server.port());
    }

    /**
     * Shows the metrics of one more service.
     *
     * @param management where its {@code /metrics} are
     */
    public void watch(String service, URI management) {
        metrics.watch(service, management);
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void route(HttpRouting.Builder routing, Traces traces, LogLines lines, Metrics metrics) {
        routing.addFilter(TelemetryViewer::refuseOtherNames)
                .register(new OtlpReceiver(traces, lines))
                .register("/zipkin", new ZipkinUi())
                .register("/zipkin/api/v2", new ZipkinApi(traces))
                .register("/logs", new LogsPage(lines))
                .register("/metrics", metrics)
                .register("/", new FrontPage(traces, lines))
                .error(BadRequest.class, (req, res, e) -> res.status(e.status()).send(e.getMessage() + "\n"));
    }

    private static void refuseOtherNames(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        res.header("X-Content-Type-Options", "nosniff");
        res.header("Referrer-Policy", "no-referrer");
        if (OUR_NAMES.contains(req.authority().replaceFirst(":\\d+$", ""))) {
            chain.proceed();
        } else {
            res.status(Status.MISDIRECTED_REQUEST_421).send("The viewer accepts only the host name localhost.\n");
        }
    }

    /** Asks first, because the server does not throw when it cannot bind: it logs, and merely is not running. */
    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(LOOPBACK, port));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Port %d cannot be used (%s). Stop what listens there, or set DESK_PORT to another."
                            .formatted(port, e.getMessage()),
                    e);
        }
    }
}
