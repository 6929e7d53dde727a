package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.hexmart.adapter.entra.AuthorityTokens.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For how long a verdict holds. What is refused, and why, {@link EntraTokenVerifierTest} shows. */
class AuthorityTokensTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(START);
    private final TestAuthority authority = new TestAuthority();
    private final AuthorityTokens tokens = AuthorityTokens.start(authority.settings(), time::get);

    @AfterEach
    void stop() {
        tokens.close();
        authority.close();
    }

    @Test
    void tokenIsAcceptedUntilAMinuteAfterItsExpiry() throws Exception {
        String token = Token.good(authority, START).toString();
        Instant until = tokens.verified(token).until();
        assertThat(until).isEqualTo(START.plus(Duration.ofMinutes(61)));
        time.set(until.minusMillis(1));
        tokens.verify(token);
        time.set(until);
        assertThatThrownBy(() -> tokens.verify(token)).hasMessage("expired");
    }

    @Test
    void longestLifetimeThatIsAcceptedIsTwentyEightHours() throws Exception {
        Token token = Token.good(authority, START);
        Instant end = START.plus(Duration.ofHours(28));
        tokens.verify(token.claim("exp", end.getEpochSecond()).toString());
        String tooLong = token.claim("exp", end.plusSeconds(1).getEpochSecond()).toString();
        assertThatThrownBy(() -> tokens.verify(tooLong)).isInstanceOf(Rejection.class);
    }

    @Test
    void keyIsInUseWhileItIsThePublishedOneOfItsId() throws Exception {
        Verified verified = tokens.verified(Token.good(authority, START).toString());
        assertThat(tokens.isInUse(verified.keyId(), verified.key())).isTrue();
        assertThat(tokens.isInUse("another-id", verified.key())).isFalse();
        RSASSAVerifier another = new RSASSAVerifier(TestAuthority.ANOTHER_KEY.toRSAPublicKey());
        assertThat(tokens.isInUse(verified.keyId(), another)).isFalse();
    }
}
