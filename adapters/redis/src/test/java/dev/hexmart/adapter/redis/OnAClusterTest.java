package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.cart.CartRepositoryContract;
import dev.hexmart.application.cart.CheckoutAttempts;
import dev.hexmart.application.cart.CheckoutAttemptsContract;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.SessionRepository;
import dev.hexmart.application.identity.SessionRepositoryContract;
import dev.hexmart.application.identity.SignInAttempts;
import dev.hexmart.application.identity.SignInAttemptsContract;
import dev.hexmart.application.limit.RateLimiter;
import dev.hexmart.application.limit.RateLimiterContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the ports promise is kept on a Redis Cluster too. */
class OnAClusterTest {

    private static final Redis REDIS = TestRedisCluster.shared().open();
    private static final Redis AWAY = Redis.open(RedisSettings.parse("redis://127.0.0.1:1,127.0.0.1:2"));
    private static final TokenCipher CIPHER = TokenCipher.derivedFrom("a secret");

    @AfterAll
    static void close() {
        REDIS.close();
        AWAY.close();
    }

    @Nested
    class Carts extends CartRepositoryContract {

        @Override
        protected CartRepository carts() {
            return new RedisCartRepository(REDIS);
        }

        @Override
        protected CartRepository unreachable() {
            return new RedisCartRepository(AWAY);
        }
    }

    @Nested
    class Attempts extends CheckoutAttemptsContract {

        @Override
        protected CheckoutAttempts attempts() {
            return new RedisCheckoutAttempts(REDIS);
        }

        @Override
        protected CheckoutAttempts unreachable() {
            return new RedisCheckoutAttempts(AWAY);
        }

        @Override
        protected CartRepository carts() {
            return new RedisCartRepository(REDIS);
        }
    }

    @Nested
    class Sessions extends SessionRepositoryContract {

        @Override
        protected SessionRepository sessions() {
            return new RedisSessionRepository(REDIS, CIPHER);
        }

        @Override
        protected SessionRepository unreachable() {
            return new RedisSessionRepository(AWAY, CIPHER);
        }
    }

    @Nested
    class SignIns extends SignInAttemptsContract {

        @Override
        protected SignInAttempts attempts() {
            return new RedisSignInAttempts(REDIS, CIPHER);
        }

        @Override
        protected SignInAttempts unreachable() {
            return new RedisSignInAttempts(AWAY, CIPHER);
        }
    }

    @Nested
    class Limits extends RateLimiterContract {

        @Override
        protected RateLimiter limiter() {
            return new RedisRateLimiter(REDIS);
        }

        @Override
        protected void pass(Duration time) {
            RedisRateLimiterTest.turnBack(REDIS, time);
        }
    }

    @Test
    void servingClusterIsHealthyAndOneThatIsAwayIsNot() {
        assertThat(REDIS.isHealthy()).isTrue();
        assertThat(AWAY.isHealthy()).isFalse();
    }

    @Test
    void poolsOfAllNodesAreCountedTogether() {
        REDIS.call("GET", jedis -> jedis.exists("any"));
        Redis.PoolState pool = REDIS.pool();
        assertThat(pool.size()).isEqualTo(48);
        assertThat(pool.active()).isZero();
        assertThat(pool.idle()).isPositive();
    }

    @Test
    void commandWhoseAnswerIsLostIsNotSentAgain() {
        String counter = "{lost}:counter";
        REDIS.call("DEL", jedis -> jedis.del(counter));
        // Counts, and answers later than the client waits.
        String slow = """
                redis.call('INCR', KEYS[1])
                local start = redis.call('TIME')
                local now = start
                while (now[1] - start[1]) * 1000000 + now[2] - start[2] < 900000 do
                  now = redis.call('TIME')
                end
                return 1
                """;
        assertThatThrownBy(() -> REDIS.call("EVAL", jedis -> jedis.eval(slow, List.of(counter), List.of())))
                .isInstanceOf(TemporaryFailure.class);
        assertThat(REDIS.<Long>call("INCR", jedis -> jedis.incr(counter))).isEqualTo(2);
    }

    @Test
    void oneNodeAloneInTheUrlIsAPermanentFailureThatNamesTheVariable() {
        String first = TestRedisCluster.shared().url().split(",")[0];
        try (Redis one = Redis.open(RedisSettings.parse(first))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            String key = "key-" + i;
                            one.call("GET", jedis -> jedis.get(key));
                        }
                    })
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining("REDIS_URL");
        }
    }

    @Test
    void clusterBehindOneNameIsNamedTwice() {
        String first = TestRedisCluster.shared().url().split(",")[0];
        String node = first.substring("redis://".length());
        try (Redis redis = Redis.open(RedisSettings.parse(first + "," + node))) {
            for (int i = 0; i < 100; i++) {
                String key = "key-" + i;
                redis.call("GET", jedis -> jedis.get(key));
            }
            assertThat(redis.isHealthy()).isTrue();
        }
    }
}
