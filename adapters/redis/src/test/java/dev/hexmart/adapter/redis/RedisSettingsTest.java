package dev.hexmart.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.PermanentFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisSettingsTest {

    @Test
    void oneHostIsASingleRedis() {
        RedisSettings settings = RedisSettings.parse("rediss://shop:t0p%40secret@redis.example:6380/2");
        assertThat(settings)
                .isEqualTo(new RedisSettings(
                        List.of(new HostAndPort("redis.example", 6380)),
                        true,
                        Optional.of("shop"),
                        Optional.of("t0p@secret"),
                        2));
        assertThat(settings.isCluster()).isFalse();
        assertThat(settings.toString()).contains("redis.example").doesNotContain("secret");
    }

    @Test
    void severalHostsAreAClusterWithOneAccess() {
        RedisSettings settings = RedisSettings.parse("redis://:a,b@one:7000,two,[::1]:7002");
        assertThat(settings)
                .isEqualTo(new RedisSettings(
                        List.of(
                                new HostAndPort("one", 7000),
                                new HostAndPort("two", 6379),
                                new HostAndPort("[::1]", 7002)),
                        false,
                        Optional.empty(),
                        Optional.of("a,b"),
                        0));
        assertThat(settings.isCluster()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t0p-secret",
                "http://:t0p-secret@host:6379",
                "redis://:t0p-secret@",
                "redis://:t0p-secret@ host",
                "redis://:t0p-secret@host:port",
                "redis://:t0p-secret@host:66666",
                "redis://:t0p-secret@one:7000,",
                "redis://:t0p-secret@one:7000,,two:7000",
                "redis://:t0p-secret@one:7000,redis://two:7000",
                "redis://:t0p-secret@one:7000;two:7000",
                "redis://:t0p-secret@one:7000,two:7000/1",
                "redis://:t0p-secret@host/t0p-secret"
            })
    void invalidUrlIsRefusedByTheVariablesNameAndNotRepeated(String url) {
        assertThatThrownBy(() -> RedisSettings.parse(url))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("REDIS_URL")
                .hasMessageNotContaining("t0p-secret")
                .hasNoCause();
    }
}
