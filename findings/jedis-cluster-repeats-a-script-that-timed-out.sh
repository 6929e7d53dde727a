#!/usr/bin/env bash
# Jedis 8.0.2 (redis.clients:jedis), RedisClusterClient and RedisClient with their defaults but for a socket timeout of 500 ms; Redis 7.0.15.
#
# Good guess: a command whose answer does not come in time fails with a JedisConnectionException, as it does with the client of a single server; whether to send
# it again is the application's decision, since a counter or a script may have taken effect.
#
# Real: the cluster client takes a read timeout for a lost node and sends the command again, up to five times (maxAttempts), also one that is not idempotent.
# The first call throws or succeeds depending on the time; the effect is there once for each attempt.
#
# Seen: a script that increments a counter and takes 0.7 s, called once: the counter is 1 by RedisClient, and more than 1 by RedisClusterClient (5 if all time out).
# With maxAttempts(1) it is 1.
set -euo pipefail
# A JDK 21 or later: JAVA_HOME, or else the newest in the usual folder.
[ -n "${JAVA_HOME:-}" ] || for home in /usr/lib/jvm/*-2[1-9]-*; do [ ! -x "$home/bin/javac" ] || export JAVA_HOME=$home; done
folder=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
cat > "$folder/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies><dependency><groupId>redis.clients</groupId><artifactId>jedis</artifactId><version>8.0.2</version></dependency></dependencies></project>
POM
mvn -B -q -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$folder/jars" > "$folder/log" 2>&1 || { cat "$folder/log"; exit 2; }
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1] % 20000 + 20000)')
redis-server --port "$port" --bind 127.0.0.1 --cluster-enabled yes --cluster-config-file "$folder/nodes" --save '' --dir "$folder" --logfile "$folder/redis.log" &
server=$!
for _ in $(seq 100); do redis-cli -p "$port" ping >/dev/null 2>&1 && break; sleep 0.1; done
redis-server --version | cut -d' ' -f 3
redis-cli -p "$port" cluster addslotsrange 0 16383 >/dev/null
for _ in $(seq 100); do redis-cli -p "$port" cluster info | grep -q 'cluster_state:ok' && break; sleep 0.1; done
cat > "$folder/Finding.java" <<'JAVA'
import java.util.*;
import redis.clients.jedis.*;
import redis.clients.jedis.exceptions.JedisException;

class Finding {
    /** Increments, and takes 0.7 s. */
    static final String SCRIPT = "redis.call('INCR', KEYS[1]) "
            + "local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end "
            + "local start = now() while now() - start < 700 do end return 1";

    public static void main(String[] a) throws Exception {
        HostAndPort node = new HostAndPort("127.0.0.1", Integer.parseInt(a[0]));
        JedisClientConfig config = DefaultJedisClientConfig.builder().socketTimeoutMillis(500).build();
        try (RedisClient single = RedisClient.builder().hostAndPort(node).clientConfig(config).build();
                RedisClusterClient cluster = RedisClusterClient.builder().nodes(Set.of(node)).clientConfig(config).build();
                RedisClusterClient once = RedisClusterClient.builder().nodes(Set.of(node)).clientConfig(config).maxAttempts(1).build()) {
            long bySingle = count(single, "single", node);
            long byCluster = count(cluster, "cluster", node);
            long byOnce = count(once, "once", node);
            System.out.println("RedisClient: " + bySingle);
            System.out.println("RedisClusterClient: " + (byCluster > 1 ? "more than 1" : byCluster));
            System.out.println("RedisClusterClient, maxAttempts(1): " + byOnce);
            System.err.println("RedisClusterClient: " + byCluster);
        }
    }

    /** Calls the script once; the counter when the server has done all that it was sent. */
    static long count(UnifiedJedis jedis, String key, HostAndPort node) {
        try {
            jedis.eval(SCRIPT, List.of(key), List.of());
            System.err.println(key + ": answered");
        } catch (JedisException e) {
            System.err.println(key + ": " + e.getClass().getSimpleName());
        }
        try (Jedis patient = new Jedis(node, DefaultJedisClientConfig.builder().socketTimeoutMillis(30_000).build())) {
            return Long.parseLong(patient.get(key));
        }
    }
}
JAVA
"$JAVA_HOME/bin/java" -cp "$folder/jars/*" "$folder/Finding.java" "$port" 2> "$folder/err" | tee "$folder/seen"
grep -v SLF4J "$folder/err" >&2 || true

diff "$folder/seen" - <<'SEEN'
RedisClient: 1
RedisClusterClient: more than 1
RedisClusterClient, maxAttempts(1): 1
SEEN
echo "as described"
