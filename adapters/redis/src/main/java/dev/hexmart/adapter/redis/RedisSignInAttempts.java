package dev.hexmart.adapter.redis;

import dev.hexmart.application.identity.BrowserMark;
import dev.hexmart.application.identity.SignInAttempt;
import dev.hexmart.application.identity.SignInAttempts;
import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;

/** A key for each attempt, made of the hashes of its mark and its state. */
public final class RedisSignInAttempts implements SignInAttempts {

    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Redis redis;
    private final Seal seal;

    /** @param seal for nonce and code verifier */
    public RedisSignInAttempts(Redis redis, Seal seal) {
        this.redis = redis;
        this.seal = seal;
    }

    @Override
    public void begin(BrowserMark browser, SignInAttempt attempt) {
        String key = key(browser, attempt.state());
        String closed = seal.close(write(attempt), key);
        redis.call("SET", jedis -> jedis.set(key, closed, SetParams.setParams().ex(KEPT.toSeconds())));
    }

    @Override
    public Optional<SignInAttempt> take(BrowserMark browser, String state) {
        String key = key(browser, state);
        return Optional.ofNullable(redis.call("GETDEL", jedis -> jedis.getDel(key)))
                .flatMap(closed -> seal.open(closed, key))
                .map(content -> read(state, content));
    }

    static String key(BrowserMark browser, String state) {
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
