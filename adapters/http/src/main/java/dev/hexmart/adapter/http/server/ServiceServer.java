package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.Authenticator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A service's two listeners: one for its routes, one for those who look after it.
 *
 * <p>Starts as not ready, so that a load balancer sends no requests before {@link #ready} is called.
 */
public final class ServiceServer implements AutoCloseable {

    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Listening management;
    private final Listening api;

    private ServiceServer(ServerSettings settings, Routes routes, List<HealthCheck> checks, List<Route> more) {
        Routes internal = new Routes(
                _ -> new Authenticator.Authentication.Anonymous(),
                RequestObserver.NONE,
                Stream.concat(new Health(ready::get, checks).routes().stream(), more.stream())
                        .toList());
        OpenFiles.check(2 * settings.limits().connections());
        this.management = Listening.start(settings.management(), settings, internal, stopping::get);
        try {
            this.api = Listening.start(settings.api(), settings, routes, stopping::get);
        } catch (RuntimeException e) {
            management.close();
            throw e;
        }
    }

    /**
     * Listens from now on.
     *
     * @param checks what has to be there for the service to be ready
     * @param management routes for the management listener besides {@code /health/live} and {@code /health/ready}, open to
     *     every client that can reach it
     * @throws PortTaken where it cannot listen; nothing is left open then
     */
    public static ServiceServer start(
            ServerSettings settings, Routes routes, List<HealthCheck> checks, List<Route> management) {
        return new ServiceServer(settings, routes, checks, management);
    }

    /** The actual address of the routes. */
    public int port() {
        return api.port();
    }

    public int managementPort() {
        return management.port();
    }

    /** How many connections are open at {@link #port}. */
    public int connections() {
        return api.connections();
    }

    /** How many connections were refused or closed since the start because their address had too many. */
    public long connectionsRefused() {
        return api.connectionsRefused();
    }

    /** How many connections were closed since the start because they waited while the server was nearly full. */
    public long connectionsClosedForRoom() {
        return api.connectionsClosedForRoom();
    }

    /** Sets the readiness; requests are answered in either case. */
    public void ready(boolean now) {
        ready.set(now);
    }

    /** Takes no new connections, ends streams, waits for the requests under way, and only then stops telling its health. */
    @Override
    public void close() {
        ready.set(false);
        stopping.set(true);
        api.close();
        management.close();
    }
}
