package dev.hexmart.bootstrap.platform.service;

import dev.hexmart.adapter.redis.Redis;
import dev.hexmart.adapter.redis.RedisSettings;
import dev.hexmart.adapter.telemetry.DatabaseCalls;

/** Opens Redis, with telemetry of its commands and its pool. */
public final class RedisConnection {

    private RedisConnection() {}

    public static Redis open(Wiring wiring, RedisSettings settings) {
        DatabaseCalls commands = DatabaseCalls.redis(wiring.telemetry());
        Redis redis = wiring.open("redis", Redis.open(settings, command -> commands.begin(command)::end));
        wiring.telemetry()
                .metrics()
                .pool(
                        "hexmart_redis_pool",
                        "Redis",
                        () -> redis.pool().active(),
                        () -> redis.pool().idle(),
                        () -> redis.pool().waiting(),
                        () -> redis.pool().size());
        return redis;
    }
}
