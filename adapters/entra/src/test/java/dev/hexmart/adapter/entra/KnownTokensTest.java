package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.hexmart.adapter.entra.KnownTokens.Known;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That a withdrawn key ends the tokens that it signed is shown by {@link AuthorityKeysTest}, with tokens that are known. */
class KnownTokensTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(START);
    private final TestAuthority authority = new TestAuthority();
    private final EntraTokenVerifier verifier = EntraTokenVerifier.start(authority.settings(), time::get);

    @AfterEach
    void stop() {
        verifier.close();
        authority.close();
    }

    @Test
    void verifiedTokenIsNotVerifiedAgain() {
        String token = Token.good(authority, START).toString();
        Caller first = accepted(token);
        assertThat(accepted(token)).isSameAs(first);
        assertThat(verifier.knownTokens()).isOne();
    }

    @Test
    void knownTokenIsRejectedAfterItsExpiry() {
        String token = Token.good(authority, START).toString();
        accepted(token);
        time.set(START.plus(Duration.ofHours(28)));
        assertThat(verifier.verify(token)).isEqualTo(new Verification.Rejected("expired"));
        assertThat(verifier.knownTokens()).isZero();
    }

    @Test
    void rejectedTokenIsNotKept() {
        assertThat(verifier.verify("nonsense")).isInstanceOf(Verification.Rejected.class);
        assertThat(verifier.knownTokens()).isZero();
    }

    @Test
    void leastRecentlyUsedTokenIsForgotten() throws Exception {
        JWSVerifier key = new RSASSAVerifier(TestAuthority.KEY.toRSAPublicKey());
        Known token = new Known(new Caller.Service("client", Set.of()), START, "key", key);
        KnownTokens known = new KnownTokens();
        for (int i = 0; i < KnownTokens.MAX_TOKENS; i++) {
            known.add("token " + i, token);
        }
        assertThat(known.find("token 0")).isPresent();
        known.add("one more", token);
        assertThat(known.size()).isEqualTo(KnownTokens.MAX_TOKENS);
        assertThat(known.find("token 0")).isPresent();
        assertThat(known.find("token 1")).isEmpty();
    }

    private Caller accepted(String token) {
        return ((Verification.Accepted) verifier.verify(token)).caller();
    }
}
