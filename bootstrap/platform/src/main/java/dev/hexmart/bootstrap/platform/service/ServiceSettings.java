package dev.hexmart.bootstrap.platform.service;

import dev.hexmart.adapter.entra.EntraSettings;
import dev.hexmart.adapter.http.access.StreamLimits;
import dev.hexmart.adapter.http.access.TrustedProxies;
import dev.hexmart.adapter.http.server.ServerSettings;
import dev.hexmart.adapter.http.server.ServerSettings.Limits;
import dev.hexmart.adapter.http.server.ServerSettings.Listener;
import dev.hexmart.adapter.telemetry.TelemetrySettings;
import dev.hexmart.bootstrap.platform.process.ConfigurationError;
import dev.hexmart.bootstrap.platform.process.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a service listens, whose tokens it takes, and to whom it tells about itself.
 *
 * @param drain how long it goes on answering after it has said that it is no longer ready
 */
public record ServiceSettings(
        ServerSettings server, EntraSettings identity, Duration drain, TelemetrySettings telemetry) {

    private static final int MANAGEMENT_OFFSET = 1_000;
    private static final int MOST_STREAMS = 100_000;

    /**
     * Reads what the environment says.
     *
     * <p>{@code NAME_PORT} and {@code NAME_MANAGEMENT_PORT} move the listeners, {@code HTTP_HOST} says on which address they
     * are, {@code SHUTDOWN_DRAIN} how long to drain, {@code STREAM_LIMIT_CUSTOMER} how many streams a customer may have open,
     * {@code PUBLIC_URL} how it is reached from outside, if it is, {@code ENTRA_UNKNOWN_KEY_INTERVAL} how often the authority
     * may be asked for keys that it turned out not to have.
     *
     * @param port where the service usually listens; its management is a thousand further up
     */
    public static ServiceSettings from(Environment environment, String name, int port) {
        return new ServiceSettings(
                server(environment, name, port),
                identity(environment),
                environment.durationOr("SHUTDOWN_DRAIN", Duration.ofMillis(1)),
                telemetry(environment, name));
    }

    /** The same, for a service that strangers ask: theirs are no traces of ours, unless the operator says so. */
    public ServiceSettings atTheEdge(Environment environment) {
        boolean trusts = environment.flagOr("TRACE_TRUST_INCOMING", false);
        return new ServiceSettings(server, identity, drain, telemetry.trustingIncoming(trusts));
    }

    /** The same, for a service that sees the clients' own addresses: {@code STREAM_LIMIT_ADDRESS} streams for each. */
    public ServiceSettings limitingStreamsByAddress(Environment environment, TrustedProxies proxies) {
        StreamLimits limits =
                server.streams().withAddress(environment.limitOr("STREAM_LIMIT_ADDRESS", 100, MOST_STREAMS), proxies);
        return new ServiceSettings(server.with(limits), identity, drain, telemetry);
    }

    /** Where the management listener is reached from this machine; nothing if it is to take any free port. */
    public Optional<URI> managementAddress() {
        return Optional.of(server.management().port())
                .filter(port -> port > 0)
                .map(port -> URI.create("http://127.0.0.1:" + port));
    }

    private static ServerSettings server(Environment environment, String name, int port) {
        String setting = name.toUpperCase(Locale.ROOT);
        String host = environment.find("HTTP_HOST").orElse("127.0.0.1");
        return new ServerSettings(
                listener(environment, host, setting + "_PORT", port),
                listener(environment, host, setting + "_MANAGEMENT_PORT", port + MANAGEMENT_OFFSET),
                Limits.DEFAULTS,
                StreamLimits.ofCustomer(environment.limitOr("STREAM_LIMIT_CUSTOMER", 20, MOST_STREAMS)),
                environment
                        .uriOr("PUBLIC_URL", "http://localhost", "https", "http")
                        .getScheme()
                        .equals("https"));
    }

    private static Listener listener(Environment environment, String host, String setting, int port) {
        return new Listener(host, environment.portOr(setting, port), setting);
    }

    private static TelemetrySettings telemetry(Environment environment, String name) {
        for (String endpoint : TelemetrySettings.ENDPOINTS) {
            if (environment.find(endpoint).isPresent()) {
                environment.uri(endpoint, "http", "https");
            }
        }
        return TelemetrySettings.from(environment.variables(), name);
    }

    private static EntraSettings identity(Environment environment) {
        URI authority = environment.uriOr("ENTRA_AUTHORITY", EntraSettings.PUBLIC_CLOUD.toString(), "https", "http");
        try {
            EntraSettings settings = EntraSettings.of(
                    authority, environment.uuid("ENTRA_TENANT_ID"), environment.uuid("ENTRA_CLIENT_ID"));
            return settings.withUnknownKeyInterval(
                    environment.durationOr("ENTRA_UNKNOWN_KEY_INTERVAL", settings.unknownKeyInterval()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationError(
                    "ENTRA_AUTHORITY",
                    "must be https://<host> without a path, or for the local identity provider http://localhost:<port> or"
                            + " http://<container>:<port>");
        }
    }
}
