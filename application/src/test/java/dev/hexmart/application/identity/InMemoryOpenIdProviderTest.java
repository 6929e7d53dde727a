package dev.hexmart.application.identity;

import dev.hexmart.application.ManualClock;
import dev.hexmart.domain.shared.CustomerId;
import java.net.URI;
import java.time.Instant;

class InMemoryOpenIdProviderTest extends OpenIdProviderContract {

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryTokens tokens = new InMemoryTokens();
    private final InMemoryOpenIdProvider provider = new InMemoryOpenIdProvider(tokens, clock);
    private final CustomerId alice = Callers.newCustomerId();
    private final CustomerId bob = Callers.newCustomerId();

    @Override
    protected OpenIdProvider provider() {
        return provider;
    }

    @Override
    protected TokenVerifier verifier() {
        return tokens.verifier();
    }

    @Override
    protected CustomerId alice() {
        return alice;
    }

    @Override
    protected CustomerId bob() {
        return bob;
    }

    @Override
    protected String signIn(URI signInAddress, CustomerId person) {
        return provider.signIn(signInAddress, Callers.customer(person));
    }

    @Override
    protected URI signOut(URI signOutAddress) {
        return provider.signOut(signOutAddress);
    }

    @Override
    protected URI signedOutPage() {
        return InMemoryOpenIdProvider.SIGNED_OUT_PAGE;
    }

    @Override
    protected void endSignIns(CustomerId person) {
        provider.endSignIns(person);
    }

    @Override
    protected void breakDown() {
        provider.breakDown();
    }

    @Override
    protected void recover() {
        provider.recover();
    }

    @Override
    protected void refuseUs() {
        provider.refuseUs();
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }
}
