package dev.hexmart.adapter.entra;

import static org.awaitility.Awaitility.await;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.ServiceTokens;
import dev.hexmart.application.identity.ServiceTokensContract;
import dev.hexmart.application.identity.TokenVerifier;
import dev.hexmart.tools.identity.Directory;
import dev.hexmart.tools.identity.IdentityProvider;
import dev.hexmart.tools.identity.IdentityProviderSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EntraServiceTokensKeepTheContractTest extends ServiceTokensContract {

    /** Made once: on a busy machine a key takes longer than the authority is waited for. */
    @TempDir
    private static Path keys;

    private final ManualClock clock = ManualClock.atNoon();
    private final Relay relay = new Relay();
    private final IdentityProvider provider = IdentityProvider.start(IdentityProviderSettings.local()
            .withPort(0)
            .withAuthority(relay.authority())
            .withDataFolder(keys)
            .withAccessTokenLifetime(LIFETIME)
            .withClock(clock));
    private EntraTokenVerifier verifier;
    private EntraServiceTokens tokens;

    @BeforeEach
    void start() {
        relay.to(provider.port());
        verifier = EntraTokenVerifier.start(
                EntraSettings.of(relay.authority(), Directory.TENANT_ID, Directory.CLIENT_ID), clock);
        // A first fetch that fails late would set the pause after a failure once recover() has passed it.
        await().until(verifier.tokens()::isReady);
        tokens = withSecret(Directory.CLIENT_SECRET);
    }

    @AfterEach
    void stop() {
        tokens.close();
        verifier.close();
        provider.close();
        relay.close();
    }

    @Override
    protected ServiceTokens tokens() {
        return tokens;
    }

    @Override
    protected TokenVerifier verifier() {
        return verifier;
    }

    @Override
    protected int issued() {
        return relay.tokensAskedFor();
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }

    @Override
    protected void breakDown() {
        relay.breakDown();
    }

    @Override
    protected void recover() {
        relay.recover();
        // An authority whose keys could not be had is left alone for so long.
        clock.advance(Duration.ofSeconds(2));
    }

    @Override
    protected void refuseUs() {
        tokens.close();
        tokens = withSecret("wrong");
    }

    private EntraServiceTokens withSecret(String secret) {
        return EntraServiceTokens.start(verifier, new ClientSecret(secret), clock, AuthorityObserver.NONE);
    }
}
