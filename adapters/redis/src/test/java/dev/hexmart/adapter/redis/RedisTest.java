package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.net.URI;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

class RedisTest {

    @Test
    void aRedisThatAnswersIsHealthy() {
        try (Redis redis = TestRedis.open()) {
            assertThat(redis.isHealthy()).isTrue();
        }
    }

    @Test
    void aRedisThatIsAwayIsATemporaryFailureAndNotHealthy() {
        try (Redis redis = Redis.open(URI.create("redis://127.0.0.1:1/0"))) {
            assertThat(redis.isHealthy()).isFalse();
            assertThatThrownBy(() -> redis.call(jedis -> jedis.get("key"))).isInstanceOf(TemporaryFailure.class);
        }
    }

    @Test
    void aKeyOfAnotherTypeIsAPermanentFailure() {
        try (Redis redis = TestRedis.open()) {
            redis.call(jedis -> jedis.set("a-string", "text"));
            assertThatThrownBy(() -> redis.call(jedis -> jedis.hgetAll("a-string")))
                    .isInstanceOf(PermanentFailure.class);
        }
    }

    @Test
    void aWrongPasswordIsAPermanentFailureThatNamesTheVariableAndNotThePassword() {
        try (Redis admin = TestRedis.open()) {
            admin.call(
                    jedis -> jedis.sendCommand(Protocol.Command.ACL, "SETUSER", "shop", "on", ">right", "~*", "+@all"));
        }
        String url = TestRedis.url().toString().replace("redis://", "redis://shop:canary@");
        try (Redis redis = Redis.open(URI.create(url))) {
            assertThatThrownBy(() -> redis.call(jedis -> jedis.get("key")))
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining("REDIS_URL")
                    .hasMessageNotContaining("canary");
        }
    }
}
