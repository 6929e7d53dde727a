package dev.hexmart.adapter.redis;

import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/** A pool of connections to one Redis, whose failures are the application's. */
public final class Redis implements AutoCloseable {

    private static final int POOL = 16;
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(2);
    private static final int TIMEOUT_MILLIS = 500;

    private final RedisClient client;
    private final CommandObserver observer;

    private Redis(RedisClient client, CommandObserver observer) {
        this.client = client;
        this.observer = observer;
    }

    /**
     * Opens the pool; connections are made when they are needed.
     *
     * @param url {@code redis://[user:password@]host:port[/db]}, or {@code rediss://} for TLS
     */
    public static Redis open(URI url) {
        return open(url, CommandObserver.NONE);
    }

    /** @param observer sees every command, but not the questions for health */
    public static Redis open(URI url, CommandObserver observer) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS)
                .database(JedisURIHelper.getDBIndex(url))
                .ssl(JedisURIHelper.isRedisSSLScheme(url))
                .clientName("hexmart");
        Optional.ofNullable(JedisURIHelper.getUser(url)).ifPresent(config::user);
        Optional.ofNullable(JedisURIHelper.getPassword(url)).ifPresent(config::password);
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(POOL);
        pool.setMaxIdle(POOL);
        // Without these a pool that has run out blocks for ever, and connections that died while idle are used again.
        pool.setMaxWait(WAIT_FOR_CONNECTION);
        pool.setTestWhileIdle(true);
        pool.setJmxEnabled(false);
        return new Redis(
                RedisClient.builder()
                        .hostAndPort(JedisURIHelper.getHostAndPort(url))
                        .clientConfig(config.build())
                        .poolConfig(pool)
                        .build(),
                observer);
    }

    /** Whether it answers, for the readiness check. */
    public boolean isHealthy() {
        try {
            return "PONG".equals(client.ping());
        } catch (JedisException e) {
            return false;
        }
    }

    /** How busy the pool is. */
    public PoolState pool() {
        var state = client.getPool();
        return new PoolState(state.getNumActive(), state.getNumIdle(), state.getNumWaiters(), POOL);
    }

    /**
     * How busy a pool is.
     *
     * @param active connections in use
     * @param idle connections at hand
     * @param waiting threads that wait for one
     * @param size connections that there can be
     */
    public record PoolState(int active, int idle, int waiting, int size) {}

    /** @param name of the command, for who observes */
    <T> T call(String name, Function<UnifiedJedis, T> command) {
        CommandObserver.Observation observation = observer.begin(name);
        Optional<Throwable> failure = Optional.empty();
        try {
            return command.apply(client);
        } catch (JedisException e) {
            failure = Optional.of(e);
            throw categorised(e);
        } finally {
            observation.end(failure);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static InfrastructureFailure categorised(JedisException e) {
        return switch (e) {
            case JedisAccessControlException denied ->
                new PermanentFailure("Redis refuses the login: check user and password in REDIS_URL", denied);
            case JedisConnectionException lost -> new TemporaryFailure("Redis does not answer", lost);
            // LOADING, READONLY, OOM, CLUSTERDOWN and their like pass; a wrong type or command does not.
            case JedisDataException refused
            when isOfTheMoment(refused) -> new TemporaryFailure("Redis is not ready", refused);
            case JedisDataException refused -> new PermanentFailure("Redis refused a command", refused);
            default -> new TemporaryFailure("Timeout: Redis did not answer", e);
        };
    }

    private static boolean isOfTheMoment(JedisDataException e) {
        String message = String.valueOf(e.getMessage());
        return message.matches("(?s)(LOADING|READONLY|OOM|BUSY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|NOREPLICAS).*");
    }
}
