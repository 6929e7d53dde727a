package dev.hexmart.adapter.http.server;

import io.helidon.http.Header;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One server on one port, with every limit set. */
final class Listening implements AutoCloseable {

    private static final int FIRST_LINE_BYTES = 4096;
    private static final int HEADERS_BYTES = 16 * 1024;
    private static final Duration LOOK_FOR_IDLE = Duration.ofSeconds(5);

    private final WebServer server;
    private final Deadlines deadlines;
    private final OpenConnections open;
    private final WatchedConnections connections;

    private Listening(WebServer server, Deadlines deadlines, OpenConnections open, WatchedConnections connections) {
        this.server = server;
        this.deadlines = deadlines;
        this.open = open;
        this.connections = connections;
    }

    static Listening start(
            ServerSettings.Listener listener, ServerSettings settings, Routes routes, BooleanSupplier stopping) {
        requireFree(listener);
        ServerSettings.Limits limits = settings.limits();
        OpenConnections open = new OpenConnections(limits.connections(), routes.limits());
        Deadlines deadlines = new Deadlines(limits, FIRST_LINE_BYTES + HEADERS_BYTES, open);
        WatchedConnections connections = new WatchedConnections(http(deadlines), deadlines, open);
        List<Header> always = SecurityHeaders.of(settings.https());
        ErrorResponses errors = new ErrorResponses(routes.errors());
        ResponseWriter writer = new ResponseWriter(always, deadlines, new StreamWriter(deadlines, stopping));
        Dispatcher dispatcher = new Dispatcher(routes, settings, deadlines, writer, errors);
        WebServer server = WebServer.builder()
                .host(listener.host())
                .port(listener.port())
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                // An answer that takes two writes would wait for the client's acknowledgement of the first: 40 ms.
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .maxPayloadSize(limits.bodyBytes())
                .maxTcpConnections(limits.connections())
                .idleConnectionTimeout(limits.idleTime())
                .idleConnectionPeriod(LOOK_FOR_IDLE)
                .shutdownGracePeriod(limits.graceTime())
                .shutdownHook(false)
                .directHandlers(new DirectErrors(always, deadlines::inRequest, errors).forAllEvents())
                // For DirectErrors to see, not for clients.
                .errorHandling(handling -> handling.includeEntity(true))
                .routing(RoutingTable.of(routes, dispatcher))
                .build()
                .start();
        if (!server.isRunning()) {
            deadlines.close();
            throw new PortTaken(listener, new BindException("see the log"));
        }
        return new Listening(server, deadlines, open, connections);
    }

    private static Http1ConnectionSelector http(Deadlines deadlines) {
        return Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxPrologueLength(FIRST_LINE_BYTES)
                        .maxHeadersSize(HEADERS_BYTES)
                        // Of several listeners the server tells none.
                        .addReceiveListener(deadlines)
                        .build())
                .build();
    }

    /** The server logs a failure to bind with its stack and carries on as if nothing had happened, so it is tried before. */
    private static void requireFree(ServerSettings.Listener listener) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(listener.host(), listener.port()));
        } catch (IOException e) {
            throw new PortTaken(listener, e);
        }
    }

    int port() {
        return server.port();
    }

    int connections() {
        return open.count();
    }

    long connectionsRefused() {
        return connections.ofTooMany();
    }

    long connectionsClosedForRoom() {
        return deadlines.closedForRoom();
    }

    @Override
    public void close() {
        server.stop();
        deadlines.close();
    }
}
