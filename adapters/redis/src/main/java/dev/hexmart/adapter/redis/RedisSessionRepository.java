package dev.hexmart.adapter.redis;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.Session;
import dev.hexmart.application.identity.SessionId;
import dev.hexmart.application.identity.SessionRepository;
import dev.hexmart.application.identity.SignedIn;
import dev.hexmart.application.identity.Tokens;
import dev.hexmart.domain.shared.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;

/**
 * Each session a hash under its id's hash, gone when it has ended; beside it who has which, and which came out of which
 * session at the provider.
 *
 * <p>Those two are written first and may name sessions that are gone: ending one twice does no harm, missing one would.
 */
public final class RedisSessionRepository implements SessionRepository {

    private static final Duration CLAIMED = Duration.ofSeconds(10);
    private static final Script USE = Script.of("use-session.lua");
    private static final Script RENEW = Script.of("renew-session.lua");

    private final Redis redis;
    private final TokenCipher cipher;

    /** @param cipher for the tokens */
    public RedisSessionRepository(Redis redis, TokenCipher cipher) {
        this.redis = redis;
        this.cipher = cipher;
    }

    @Override
    public void start(SessionId id, Session session) {
        String hash = Hash.of(id.value());
        String key = Keys.session(hash);
        String all = Keys.sessionsOf(session.signedIn().person());
        redis.call("ZADD", jedis -> jedis.zadd(all, session.startedAt().toEpochMilli(), hash));
        redis.call("EXPIRE", jedis -> jedis.expire(all, Session.LONGEST.toSeconds()));
        session.signedIn()
                .providerSession()
                .map(RedisSessionRepository::keyAtProvider)
                .ifPresent(same -> {
                    redis.call("SADD", jedis -> jedis.sadd(same, hash));
                    redis.call("EXPIRE", jedis -> jedis.expire(same, Session.LONGEST.toSeconds()));
                });
        redis.call("HSET", jedis -> jedis.hset(key, write(session, hash)));
        use(id, session.lastUsed());
        List<String> tooMany = redis.call("ZRANGE", jedis -> jedis.zrange(all, 0, -MOST_OF_ONE_PERSON - 1));
        tooMany.forEach(this::forget);
        redis.call("ZREMRANGEBYRANK", jedis -> jedis.zremrangeByRank(all, 0, -MOST_OF_ONE_PERSON - 1));
    }

    @Override
    public Optional<Session> find(SessionId id) {
        String hash = Hash.of(id.value());
        return read(redis.call("HGETALL", jedis -> jedis.hgetAll(Keys.session(hash))), hash);
    }

    @Override
    public void use(SessionId id, Instant at) {
        USE.run(
                redis,
                List.of(Keys.session(Hash.of(id.value()))),
                List.of(
                        Long.toString(at.toEpochMilli()),
                        Long.toString(Session.LONGEST_IDLE.toMillis()),
                        Long.toString(Session.LONGEST.toMillis())));
    }

    @Override
    public boolean claimRenewal(SessionId id) {
        String claim = Keys.renewal(Hash.of(id.value()));
        SetParams once = SetParams.setParams().nx().px(CLAIMED.toMillis());
        return "OK".equals(redis.call("SET", jedis -> jedis.set(claim, "", once)));
    }

    @Override
    public boolean renew(SessionId id, Tokens tokens) {
        String hash = Hash.of(id.value());
        return RENEW.run(
                        redis,
                        List.of(Keys.session(hash), Keys.renewal(hash)),
                        List.of(cipher.encrypt(write(tokens), hash)))
                .equals(1L);
    }

    @Override
    public void end(SessionId id) {
        forget(Hash.of(id.value()));
    }

    @Override
    public void endAllOf(String providerSession) {
        String same = keyAtProvider(providerSession);
        redis.call("SMEMBERS", jedis -> jedis.smembers(same)).forEach(this::forget);
        redis.call("DEL", jedis -> jedis.del(same));
    }

    private void forget(String hash) {
        redis.call("DEL", jedis -> jedis.del(Keys.session(hash)));
    }

    private static String keyAtProvider(String providerSession) {
        return Keys.sessionsAt(Hash.of(providerSession));
    }

    private Map<String, String> write(Session session, String hash) {
        Map<String, String> fields = new HashMap<>();
        fields.put("person", session.signedIn().person().toString());
        fields.put("started", Long.toString(session.startedAt().toEpochMilli()));
        fields.put("used", Long.toString(session.lastUsed().toEpochMilli()));
        fields.put("tokens", cipher.encrypt(write(session.signedIn().tokens()), hash));
        session.signedIn().providerSession().ifPresent(name -> fields.put("provider", name));
        return fields;
    }

    /** Nothing where it was sealed with another key: after the secret was changed, people sign in anew. */
    private Optional<Session> read(Map<String, String> fields, String hash) {
        return Optional.ofNullable(fields.get("tokens"))
                .flatMap(closed -> cipher.decrypt(closed, hash))
                .map(RedisSessionRepository::readTokens)
                .map(tokens -> new Session(
                        new SignedIn(
                                CustomerId.parse(field(fields, "person")),
                                Optional.ofNullable(fields.get("provider")),
                                tokens),
                        Instant.ofEpochMilli(Long.parseLong(field(fields, "started"))),
                        Instant.ofEpochMilli(Long.parseLong(field(fields, "used")))));
    }

    private static String field(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "");
    }

    private static String write(Tokens tokens) {
        return tokens.accessExpires().toEpochMilli() + "\n" + tokens.access().token() + "\n" + tokens.renewal();
    }

    private static Tokens readTokens(String text) {
        String[] parts = text.split("\n", 3);
        return new Tokens(new Credential(parts[1]), Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[2]);
    }
}
