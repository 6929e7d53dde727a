package dev.hexmart.adapter.redis;

import dev.hexmart.application.identity.BrowserBinding;
import dev.hexmart.application.identity.SignInAttempt;
import dev.hexmart.application.identity.SignInAttempts;
import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;

/** A key for each attempt, made of the hashes of its browser binding and its state. */
public final class RedisSignInAttempts implements SignInAttempts {

    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Redis redis;
    private final TokenCipher cipher;

    /** @param cipher for nonce and code verifier */
    public RedisSignInAttempts(Redis redis, TokenCipher cipher) {
        this.redis = redis;
        this.cipher = cipher;
    }

    @Override
    public void begin(BrowserBinding browser, SignInAttempt attempt) {
        String key = key(browser, attempt.state());
        String closed = cipher.encrypt(write(attempt), key);
        redis.call("SET", jedis -> jedis.set(key, closed, SetParams.setParams().ex(KEPT.toSeconds())));
    }

    @Override
    public Optional<SignInAttempt> take(BrowserBinding browser, String state) {
        String key = key(browser, state);
        return Optional.ofNullable(redis.call("GETDEL", jedis -> jedis.getDel(key)))
                .flatMap(closed -> cipher.decrypt(closed, key))
                .map(content -> read(state, content));
    }

    static String key(BrowserBinding browser, String state) {
        return Keys.signIn(Hash.of(browser.value()), Hash.of(state));
    }

    private static String write(SignInAttempt attempt) {
        return attempt.nonce() + "\n" + attempt.codeVerifier() + "\n" + attempt.returnTo();
    }

    private static SignInAttempt read(String state, String content) {
        String[] parts = content.split("\n", 3);
        return new SignInAttempt(state, parts[0], parts[1], parts[2]);
    }
}
