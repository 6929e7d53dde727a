package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.identity.OpenIdProvider;
import dev.hexmart.application.identity.OpenIdProviderContract;
import dev.hexmart.application.identity.TokenVerifier;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.tools.identity.Directory;
import dev.hexmart.tools.identity.IdentityProvider;
import dev.hexmart.tools.identity.IdentityProviderSettings;
import dev.hexmart.tools.identity.TenantKind;
import dev.hexmart.tools.identity.User;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The sign-in at the local provider, whose kind of tenant each test class chooses. */
abstract class SignInAtLocalProviderContract extends OpenIdProviderContract {

    private static final URI SIGNED_OUT = URI.create("http://localhost:8080/signed-out");

    private static Relay relay;
    private static IdentityProvider provider;

    private EntraTokenVerifier verifier;
    private EntraSignIn signIn;

    static void startProvider(TenantKind kind) {
        relay = new Relay();
        provider = IdentityProvider.start(
                IdentityProviderSettings.local().withPort(0).withKind(kind).withAuthority(relay.authority()));
        relay.to(provider.port());
    }

    @AfterAll
    static void stopProvider() {
        provider.close();
        relay.close();
    }

    @BeforeEach
    void start() {
        relay.recover();
        verifier = EntraTokenVerifier.start(
                EntraSettings.of(relay.authority(), Directory.TENANT_ID, Directory.CLIENT_ID), InstantSource.system());
        // On a busy machine the provider makes its first key for longer than it is waited for.
        await().until(verifier::isReady);
        signIn = withSecret(Directory.CLIENT_SECRET);
    }

    @AfterEach
    void stop() {
        signIn.close();
        verifier.close();
    }

    @Override
    protected OpenIdProvider provider() {
        return signIn;
    }

    @Override
    protected TokenVerifier verifier() {
        return verifier;
    }

    @Override
    protected CustomerId alice() {
        return id(Directory.ALICE);
    }

    @Override
    protected CustomerId bob() {
        return id(Directory.BOB);
    }

    @Override
    protected String signIn(URI signInAddress, CustomerId person) {
        try (LocalBrowser browser = new LocalBrowser()) {
            return browser.signIn(signInAddress, login(person));
        }
    }

    @Override
    protected URI signOut(URI signOutAddress) {
        try (LocalBrowser browser = new LocalBrowser()) {
            return browser.signOut(signOutAddress);
        }
    }

    @Override
    protected URI signedOutPage() {
        return SIGNED_OUT;
    }

    @Override
    protected void endSignIns(CustomerId person) {
        try (LocalBrowser browser = new LocalBrowser()) {
            URI address = relay.authority().resolve("/end-sign-ins?user=" + login(person));
            assertThat(browser.post(address).statusCode()).isEqualTo(200);
        }
    }

    @Override
    protected void breakDown() {
        relay.breakDown();
    }

    @Override
    protected void recover() {
        relay.recover();
    }

    @Override
    protected void refuseUs() {
        signIn.close();
        signIn = withSecret("wrong");
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }

    private EntraSignIn withSecret(String secret) {
        return EntraSignIn.start(
                verifier,
                new EntraSignInSettings(
                        new ClientSecret(secret),
                        URI.create("http://localhost:8080/callback"),
                        SIGNED_OUT,
                        relay.authority()),
                AuthorityObserver.NONE);
    }

    private static CustomerId id(User user) {
        return new CustomerId(Directory.TENANT_ID, user.objectId());
    }

    private static String login(CustomerId person) {
        return Stream.of(Directory.ALICE, Directory.BOB)
                .filter(user -> id(user).equals(person))
                .findFirst()
                .orElseThrow()
                .login();
    }
}
