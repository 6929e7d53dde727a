package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.util.ArrayList;
import java.util.List;
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
        try (Redis redis = Redis.open(RedisSettings.parse("redis://127.0.0.1:1/0"))) {
            assertThat(redis.isHealthy()).isFalse();
            assertThatThrownBy(() -> redis.call("GET", jedis -> jedis.get("key")))
                    .isInstanceOf(TemporaryFailure.class);
        }
    }

    @Test
    void aKeyOfAnotherTypeIsAPermanentFailure() {
        try (Redis redis = TestRedis.open()) {
            redis.call("SET", jedis -> jedis.set("a-string", "text"));
            assertThatThrownBy(() -> redis.call("HGETALL", jedis -> jedis.hgetAll("a-string")))
                    .isInstanceOf(PermanentFailure.class);
        }
    }

    @Test
    void invalidPasswordIsAPermanentFailureThatNamesTheVariable() {
        try (Redis admin = TestRedis.open()) {
            admin.call(
                    "ACL",
                    jedis -> jedis.sendCommand(Protocol.Command.ACL, "SETUSER", "shop", "on", ">right", "~*", "+@all"));
        }
        String url = TestRedis.url().replace("redis://", "redis://shop:canary@");
        try (Redis redis = Redis.open(RedisSettings.parse(url))) {
            assertThatThrownBy(() -> redis.call("GET", jedis -> jedis.get("key")))
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining("REDIS_URL")
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void aScriptThatTheServerHasForgottenIsSentAgain() {
        Script script = Script.of("abandon-attempt.lua");
        try (Redis redis = TestRedis.open()) {
            script.run(redis, List.of("no-attempt", "no-order"), List.of());
            redis.call("SCRIPT", jedis -> jedis.scriptFlush("any"));
            script.run(redis, List.of("no-attempt", "no-order"), List.of());
            script.run(redis, List.of("no-attempt", "no-order"), List.of());
        }
    }

    @Test
    void anObserverSeesCommandsAndScriptsByNameAndHowTheyEnd() {
        List<String> seen = new ArrayList<>();
        CommandObserver observer = command -> {
            seen.add(command);
            return failure ->
                    seen.add(failure.map(it -> it.getClass().getSimpleName()).orElse("done"));
        };
        try (Redis redis = Redis.open(RedisSettings.parse(TestRedis.url()), observer)) {
            redis.call("SET", jedis -> jedis.set("another-string", "text"));
            assertThatThrownBy(() -> redis.call("HGETALL", jedis -> jedis.hgetAll("another-string")))
                    .isInstanceOf(PermanentFailure.class);
            Script.of("abandon-attempt.lua").run(redis, List.of("no-attempt", "no-order"), List.of());
            assertThat(redis.isHealthy()).isTrue();
            assertThat(redis.pool().active()).isZero();
        }
        assertThat(seen)
                .containsExactly("SET", "done", "HGETALL", "JedisDataException", "EVAL abandon-attempt", "done");
    }
}
