package dev.hexmart.bootstrap.identity;

import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.process.ServiceProcess;
import dev.hexmart.tools.identity.Directory;
import dev.hexmart.tools.identity.IdentityProvider;
import dev.hexmart.tools.identity.IdentityProviderSettings;
import dev.hexmart.tools.identity.TenantKind;
import java.nio.file.Path;
import java.time.Duration;

/** Runs the local identity provider as a process of its own. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        ServiceProcess.run("identity", environment -> IdentityProvider.start(settings(environment)));
    }

    /**
     * Reads what the environment says.
     *
     * <p>{@code HTTP_HOST} says on which address to listen, {@code IDENTITY_AUTHORITY} under which the services know it: it
     * is what they have in {@code ENTRA_AUTHORITY}. {@code IDENTITY_KIND} is {@code workforce} or {@code external}.
     */
    static IdentityProviderSettings settings(Environment environment) {
        IdentityProviderSettings local = IdentityProviderSettings.local()
                .withHost(environment.find("HTTP_HOST").orElse(IdentityProviderSettings.LOOPBACK))
                .withPort(environment.portOr("IDENTITY_PORT", IdentityProviderSettings.DEFAULT_PORT))
                .withKind(kind(environment))
                .withDirectory(Directory.local(
                        environment.find("IDENTITY_CLIENT_SECRET").orElse(Directory.CLIENT_SECRET)))
                .withAccessTokenLifetime(environment.durationOr("IDENTITY_TOKEN_LIFETIME", Duration.ofHours(1)));
        IdentityProviderSettings settings = environment
                .find("IDENTITY_DATA")
                .map(folder -> local.withDataFolder(Path.of(folder)))
                .orElse(local);
        return environment.find("IDENTITY_AUTHORITY").isPresent()
                ? settings.withAuthority(environment.uri("IDENTITY_AUTHORITY", "http", "https"))
                : settings;
    }

    /** {@code IDENTITY_KIND}: {@code workforce}, the default, or {@code external}. */
    public static TenantKind kind(Environment environment) {
        return environment
                        .choiceOr("IDENTITY_KIND", "workforce", "workforce", "external")
                        .equals("external")
                ? TenantKind.EXTERNAL
                : TenantKind.WORKFORCE;
    }
}
