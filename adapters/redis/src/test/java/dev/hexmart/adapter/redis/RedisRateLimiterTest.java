package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.limit.Allowance;
import dev.hexmart.application.limit.RateLimiter;
import dev.hexmart.application.limit.RateLimiterContract;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RedisRateLimiterTest extends RateLimiterContract {

    private static final Redis REDIS = TestRedis.open();

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @Override
    protected RateLimiter limiter() {
        return new RedisRateLimiter(REDIS);
    }

    /** Redis's clock cannot be set, so what is stored is moved back instead. */
    @Override
    protected void pass(Duration time) {
        turnBack(REDIS, time);
    }

    static void turnBack(Redis redis, Duration time) {
        for (String key : redis.call("KEYS", jedis -> jedis.keys(Keys.allowance("*")))) {
            long whole = Long.parseLong(Optional.ofNullable(redis.call("GET", jedis -> jedis.get(key)))
                    .orElseThrow());
            String moved = Long.toString(whole - time.toNanos() / 1000);
            redis.call("SET", jedis -> jedis.set(key, moved));
        }
    }

    @Test
    void restoredAllowanceIsDeletedFromRedis() {
        String key = "caller-" + UUID.randomUUID();
        limiter().take(key, new Allowance(2, Duration.ofHours(2)));
        long milliseconds = REDIS.call("PTTL", jedis -> jedis.pttl(Keys.allowance(key)));
        assertThat(milliseconds)
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofHours(1).toMillis());
    }

    @Test
    void aRedisThatIsAwayIsATemporaryFailure() {
        try (Redis away = Redis.open(RedisSettings.parse("redis://127.0.0.1:1/0"))) {
            assertThatThrownBy(() -> new RedisRateLimiter(away).take("key", new Allowance(1, Duration.ofMinutes(1))))
                    .isInstanceOf(TemporaryFailure.class);
        }
    }
}
