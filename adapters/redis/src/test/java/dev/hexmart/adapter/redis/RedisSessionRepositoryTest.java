package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Session;
import dev.hexmart.application.identity.SessionId;
import dev.hexmart.application.identity.SessionRepository;
import dev.hexmart.application.identity.SessionRepositoryContract;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisSessionRepositoryTest extends SessionRepositoryContract {

    private static final Redis REDIS = TestRedis.open();

    private final SessionRepository sessions = new RedisSessionRepository(REDIS, TokenCipher.derivedFrom("a secret"));
    private final SessionId id = newId();
    private final Session session = Session.startedAt(
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            signedIn(Callers.newCustomerId(), Optional.of(UUID.randomUUID().toString())));

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Override
    protected SessionRepository sessions() {
        return sessions;
    }

    @Override
    protected SessionRepository unreachable() {
        return new RedisSessionRepository(TestRedis.AWAY, TokenCipher.derivedFrom("a secret"));
    }

    @Test
    void storedSessionRevealsNeitherItsIdNorItsTokens() {
        sessions.start(id, session);
        assertThat(Stored.everythingIn(REDIS))
                .contains(session.signedIn().person().toString())
                .doesNotContain(id.value())
                .doesNotContain(session.signedIn().tokens().access().token())
                .doesNotContain(session.signedIn().tokens().renewal());
    }

    @Test
    void sessionEncryptedWithAnotherSecretIsUnknown() {
        sessions.start(id, session);
        assertThat(new RedisSessionRepository(REDIS, TokenCipher.derivedFrom("another")).find(id))
                .isEmpty();
    }

    @Test
    void aSessionsTokensAreOfNoUseUnderAnotherId() {
        SessionId mine = newId();
        sessions.start(id, session);
        sessions.start(mine, session);
        String stolen = REDIS.call("HGET", jedis -> jedis.hget(key(id), "tokens"));
        REDIS.call("HSET", jedis -> jedis.hset(key(mine), "tokens", stolen));
        assertThat(sessions.find(mine)).isEmpty();
    }

    @Test
    void aSessionIsForgottenWhenItHasEnded() {
        sessions.start(id, session);
        assertThat(secondsToLive()).isBetween(Session.LONGEST_IDLE.toSeconds() - 60, Session.LONGEST_IDLE.toSeconds());
        sessions.use(id, session.startedAt().plus(Duration.ofHours(7).plusMinutes(50)));
        assertThat(secondsToLive()).isBetween(Session.LONGEST.toSeconds() - 60, Session.LONGEST.toSeconds());
    }

    @Test
    void unreleasedClaimExpires() {
        sessions.start(id, session);
        sessions.claimRenewal(id);
        long millis = REDIS.call("PTTL", jedis -> jedis.pttl(key(id) + ":renewal"));
        assertThat(millis).isBetween(1L, 10_000L);
    }

    private long secondsToLive() {
        return REDIS.call("TTL", jedis -> jedis.ttl(key(id)));
    }

    private static String key(SessionId id) {
        return Keys.session(Hash.of(id.value()));
    }
}
