package dev.hexmart.bootstrap.platform.service;

import dev.hexmart.adapter.redis.Redis;
import dev.hexmart.adapter.telemetry.DatabaseCalls;
import java.net.URI;

/** Opens Redis, with telemetry of its commands and its pool. */
public final class RedisConnection {

    private RedisConnection() {}

    public static Redis open(Wiring wiring, URI url) {
        DatabaseCalls commands = DatabaseCalls.redis(wiring.telemetry());
        Redis redis = wiring.open("redis", Redis.open(url, command -> commands.begin(command)::end));
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
