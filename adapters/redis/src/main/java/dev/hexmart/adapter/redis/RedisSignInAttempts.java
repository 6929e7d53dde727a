package dev.hexmart.adapter.redis;

import dev.hexmart.application.identity.BrowserMark;
import dev.hexmart.application.identity.SignInAttempt;
import dev.hexmart.application.identity.SignInAttempts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A list for each browser, whose entries begin with the hash of their state. */
public final class RedisSignInAttempts implements SignInAttempts {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Script TAKE = Script.of("take-sign-in.lua");

    private final Redis redis;
    private final Seal seal;

    /** @param seal for nonce and code verifier */
    public RedisSignInAttempts(Redis redis, Seal seal) {
        this.redis = redis;
        this.seal = seal;
    }

    @Override
    public void begin(BrowserMark browser, SignInAttempt attempt) {
        String key = key(browser);
        String entry = beginning(attempt.state()) + seal.close(write(attempt), key);
        redis.call("LPUSH", jedis -> jedis.lpush(key, entry));
        redis.call("LTRIM", jedis -> jedis.ltrim(key, 0, MOST_OF_ONE_BROWSER - 1));
        redis.call("EXPIRE", jedis -> jedis.expire(key, KEPT.toSeconds()));
    }

    @Override
    public Optional<SignInAttempt> take(BrowserMark browser, String state) {
        String key = key(browser);
        return Optional.ofNullable(TAKE.run(redis, List.of(key), List.of(beginning(state))))
                .flatMap(closed -> seal.open(closed.toString(), key))
                .map(content -> read(state, content));
    }

    private static String key(BrowserMark browser) {
        return Keys.signIns(Hash.of(browser.value()));
    }

    private static String beginning(String state) {
        return Hash.of(state) + " ";
    }

    private static String write(SignInAttempt attempt) {
        return attempt.nonce() + "\n" + attempt.codeVerifier() + "\n" + attempt.returnTo();
    }

    private static SignInAttempt read(String state, String content) {
        String[] parts = content.split("\n", 3);
        return new SignInAttempt(state, parts[0], parts[1], parts[2]);
    }
}
