package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.identity.BrowserBinding;
import dev.hexmart.application.identity.Secrets;
import dev.hexmart.application.identity.SignInAttempt;
import dev.hexmart.application.identity.SignInAttempts;
import dev.hexmart.application.identity.SignInAttemptsContract;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisSignInAttemptsTest extends SignInAttemptsContract {

    private static final Redis REDIS = TestRedis.open();

    private final SignInAttempts attempts = new RedisSignInAttempts(REDIS, TokenCipher.derivedFrom("a secret"));
    private final BrowserBinding browser = new BrowserBinding(Secrets.random());
    private final SignInAttempt attempt =
            new SignInAttempt("state-" + UUID.randomUUID(), "nonce-" + UUID.randomUUID(), "verifier-0", "/cart");

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Override
    protected SignInAttempts attempts() {
        return attempts;
    }

    @Override
    protected SignInAttempts unreachable() {
        return new RedisSignInAttempts(TestRedis.AWAY, TokenCipher.derivedFrom("a secret"));
    }

    @Test
    void storedSignInAttemptRevealsNoSecret() {
        attempts.begin(browser, attempt);
        assertThat(Stored.everythingIn(REDIS))
                .contains(Hash.of(browser.value()))
                .doesNotContain(browser.value())
                .doesNotContain(attempt.state())
                .doesNotContain(attempt.nonce())
                .doesNotContain(attempt.codeVerifier());
    }

    @Test
    void anAttemptIsForgottenAfterTenMinutes() {
        attempts.begin(browser, attempt);
        long seconds = REDIS.call("TTL", jedis -> jedis.ttl(RedisSignInAttempts.key(browser, attempt.state())));
        assertThat(seconds).isBetween(540L, 600L);
    }
}
