package dev.hexmart.adapter.redis;

import dev.hexmart.application.failure.PermanentFailure;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Where Redis is and who we are to it.
 *
 * @param nodes one for a single Redis; several nodes of one cluster, which tell of the others; a cluster
 *     behind one name has it twice
 * @param database 0 for a cluster, which has no other
 */
public record RedisSettings(
        List<HostAndPort> nodes, boolean tls, Optional<String> user, Optional<String> password, int database) {

    private static final int PORT = 6379;
    private static final String FORM =
            "write redis://[user:password@]host:port, rediss:// for TLS, and several host:port with commas between for a cluster";
    private static final Pattern URL = Pattern.compile("(rediss?://(?:[^@/]*@)?)([^@/]+)((?:/\\d*)?)");

    /**
     * Reads a URL of Redis in which several hosts may stand, with commas between.
     *
     * @param redisUrl the value of {@code REDIS_URL}
     * @throws PermanentFailure when it is none; the message names the variable and repeats nothing of its value
     */
    public static RedisSettings parse(String redisUrl) {
        Matcher parts = URL.matcher(redisUrl);
        if (!parts.matches()) {
            throw new PermanentFailure("REDIS_URL is no address of Redis; " + FORM);
        }
        List<HostAndPort> nodes = new ArrayList<>();
        for (String node : parts.group(2).split(",", -1)) {
            nodes.add(node(uri("redis://" + node)));
        }
        URI access = uri(parts.group(1) + "redis" + parts.group(3));
        int database = JedisURIHelper.getDBIndex(access);
        if (nodes.size() > 1 && database != 0) {
            throw new PermanentFailure(
                    "REDIS_URL names several hosts and a database, but a cluster has only database 0");
        }
        return new RedisSettings(
                nodes,
                JedisURIHelper.isRedisSSLScheme(access),
                Optional.ofNullable(JedisURIHelper.getUser(access)),
                Optional.ofNullable(JedisURIHelper.getPassword(access)),
                database);
    }

    public RedisSettings {
        nodes = List.copyOf(nodes);
    }

    boolean isCluster() {
        return nodes.size() > 1;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RedisSettings" + nodes;
    }

    private static HostAndPort node(URI uri) {
        if (uri.getHost() == null || uri.getPort() > 65_535) {
            throw new PermanentFailure("REDIS_URL names a host or port that is not valid; " + FORM);
        }
        return new HostAndPort(uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort());
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            throw new PermanentFailure("REDIS_URL is no address of Redis; " + FORM);
        }
    }
}
