package dev.hexmart.tools.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How the local identity provider is to run.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param authority the base of every address; {@code http://localhost:<port>} if empty
 * @param kind whose form the tokens' issuer has
 * @param dataFolder where the signing keys are kept, so that tokens outlive a restart; in memory only if empty
 */
public record IdentityProviderSettings(
        String host,
        int port,
        Optional<URI> authority,
        TenantKind kind,
        Directory directory,
        Duration accessTokenLifetime,
        Optional<Path> dataFolder,
        InstantSource clock) {

    public static final int DEFAULT_PORT = 8090;

    /** The provider has no authentication. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final Duration ONE_HOUR = Duration.ofHours(1);

    /** The demo's: the usual port and tenant, and keys that live as long as the process. */
    public static IdentityProviderSettings local() {
        return new IdentityProviderSettings(
                LOOPBACK,
                DEFAULT_PORT,
                Optional.empty(),
                TenantKind.WORKFORCE,
                Directory.local(),
                ONE_HOUR,
                Optional.empty(),
                InstantSource.system());
    }

    public IdentityProviderSettings withHost(String newHost) {
        return new IdentityProviderSettings(
                newHost, port, authority, kind, directory, accessTokenLifetime, dataFolder, clock);
    }

    public IdentityProviderSettings withPort(int newPort) {
        return new IdentityProviderSettings(
                host, newPort, authority, kind, directory, accessTokenLifetime, dataFolder, clock);
    }

    public IdentityProviderSettings withAuthority(URI newAuthority) {
        return new IdentityProviderSettings(
                host, port, Optional.of(newAuthority), kind, directory, accessTokenLifetime, dataFolder, clock);
    }

    public IdentityProviderSettings withKind(TenantKind newKind) {
        return new IdentityProviderSettings(
                host, port, authority, newKind, directory, accessTokenLifetime, dataFolder, clock);
    }

    public IdentityProviderSettings withDirectory(Directory newDirectory) {
        return new IdentityProviderSettings(
                host, port, authority, kind, newDirectory, accessTokenLifetime, dataFolder, clock);
    }

    public IdentityProviderSettings withAccessTokenLifetime(Duration newLifetime) {
        return new IdentityProviderSettings(host, port, authority, kind, directory, newLifetime, dataFolder, clock);
    }

    public IdentityProviderSettings withDataFolder(Path folder) {
        return new IdentityProviderSettings(
                host, port, authority, kind, directory, accessTokenLifetime, Optional.of(folder), clock);
    }

    public IdentityProviderSettings withClock(InstantSource newClock) {
        return new IdentityProviderSettings(
                host, port, authority, kind, directory, accessTokenLifetime, dataFolder, newClock);
    }
}
