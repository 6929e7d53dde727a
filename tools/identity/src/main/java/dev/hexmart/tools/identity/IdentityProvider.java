package dev.hexmart.tools.identity;

import dev.hexmart.tools.identity.keys.SigningKeys;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The local identity provider, from its start until it is closed. */
public final class IdentityProvider implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(IdentityProvider.class.getName());
    private static final int MAX_BODY = 64 * 1024;

    private final WebServer server;
    private final URI authority;
    private final SigningKeys keys;

    private IdentityProvider(WebServer server, URI authority, SigningKeys keys) {
        this.server = server;
        this.authority = authority;
        this.keys = keys;
    }

    /**
     * Starts to listen, on the loopback interface unless the settings say otherwise.
     *
     * @throws IllegalStateException if the port is taken or the keys cannot be read, with words that say what to do
     */
    public static IdentityProvider start(IdentityProviderSettings settings) {
        requireFree(settings);
        CompletableFuture<URI> authority = new CompletableFuture<>();
        SigningKeys keys = SigningKeys.open(settings.dataFolder());
        Errors errors = new Errors(settings.clock());
        WebServer server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .maxPayloadSize(MAX_BODY)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(200))
                .directHandlers(errors.direct())
                .routing(routing -> route(routing.addFeature(errors), settings, authority, keys))
                .build();
        server.start();
        if (!server.isRunning()) {
            throw new IllegalStateException(
                    "The identity provider cannot listen on port %d; the log says why.".formatted(settings.port()));
        }
        authority.complete(settings.authority().orElseGet(() -> URI.create("http://localhost:" + server.port())));
        LOG.log(System.Logger.Level.INFO, "The local identity provider listens at " + authority.join());
        return new IdentityProvider(server, authority.join(), keys);
    }

    /** What the services take as {@code ENTRA_AUTHORITY}. */
    public URI authority() {
        return authority;
    }

    /** Returns when there is a key to sign with: on a busy machine making one takes longer than services wait for it. */
    public IdentityProvider awaitKey() {
        keys.current();
        return this;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void route(
            HttpRouting.Builder routing,
            IdentityProviderSettings settings,
            CompletableFuture<URI> authority,
            SigningKeys keys) {
        Directory directory = settings.directory();
        Endpoints endpoints = new Endpoints(authority::join, directory.tenantId(), settings.kind());
        AuthorizationCodes codes = new AuthorizationCodes(settings.clock());
        BrowserSessions sessions = new BrowserSessions();
        RefreshTokens refreshTokens = new RefreshTokens(directory, keys, settings.clock());
        routing.register(
                        "/" + directory.tenantId(),
                        new MetadataService(endpoints, keys),
                        new AuthorizationService(directory, codes, sessions),
                        new TokenService(directory, new TokenIssuer(settings, endpoints, keys), codes, refreshTokens))
                .register(new OperationsService(directory, keys, sessions, refreshTokens))
                .any((req, res) -> refuse(req, directory));
    }

    private static void refuse(ServerRequest req, Directory directory) {
        String path = req.path().path();
        boolean ours = path.startsWith("/" + directory.tenantId() + "/");
        if (!ours && path.matches("/[^/]+/(v2\\.0|discovery|oauth2)/.*")) {
            throw Refusal.of(
                    "invalid_tenant",
                    90002,
                    "Tenant '%s' not found. There is one here: %s."
                            .formatted(path.substring(1, path.indexOf('/', 1)), directory.tenantId()));
        }
        throw Refusal.unknownPath();
    }

    /** Asks first, because the server does not throw when it cannot bind: it logs, and merely is not running. */
    private static void requireFree(IdentityProviderSettings settings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Port %d cannot be used (%s). Stop what listens there, or set IDENTITY_PORT to another."
                            .formatted(settings.port(), e.getMessage()),
                    e);
        }
    }
}
