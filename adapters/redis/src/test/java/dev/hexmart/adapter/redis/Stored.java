package dev.hexmart.adapter.redis;

import java.util.Set;
import java.util.stream.Collectors;

/** All that can be read in the store. */
final class Stored {

    private Stored() {}

    static String everythingIn(Redis redis) {
        Set<String> keys = redis.call("KEYS", jedis -> jedis.keys("*"));
        return keys.stream()
                .map(key -> key + " "
                        + redis.call("READ", jedis -> switch (jedis.type(key)) {
                            case "hash" -> jedis.hgetAll(key).toString();
                            case "list" -> jedis.lrange(key, 0, -1).toString();
                            case "set" -> jedis.smembers(key).toString();
                            case "zset" -> jedis.zrange(key, 0, -1).toString();
                            default -> String.valueOf(jedis.get(key));
                        }))
                .collect(Collectors.joining("\n"));
    }
}
