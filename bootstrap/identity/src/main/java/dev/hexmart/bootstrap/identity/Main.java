package dev.hexmart.bootstrap.identity;

import dev.hexmart.bootstrap.runtime.Environment;
import dev.hexmart.bootstrap.runtime.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;

/** Runs the local identity provider as a process of its own. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        ServiceProcess.run("identity", environment -> IdentityProvider.start(settings(environment)));
    }

    static IdentityProviderSettings settings(Environment environment) {
        IdentityProviderSettings settings = IdentityProviderSettings.local()
                .withPort(environment.portOr("IDENTITY_PORT", IdentityProviderSettings.DEFAULT_PORT))
                .withDirectory(Directory.local(
                        environment.find("IDENTITY_CLIENT_SECRET").orElse(Directory.CLIENT_SECRET)))
                .withAccessTokenLifetime(environment.durationOr("IDENTITY_TOKEN_LIFETIME", Duration.ofHours(1)));
        return environment
                .find("IDENTITY_DATA")
                .map(folder -> settings.withDataFolder(Path.of(folder)))
                .orElse(settings);
    }
}
