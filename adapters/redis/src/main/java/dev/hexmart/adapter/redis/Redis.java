package dev.hexmart.adapter.redis;

import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.util.Pool;

/**
 * Pools of connections to one Redis, or to each node of a cluster, whose failures are the application's.
 *
 * <p>In a cluster the keys of one call are in one slot ({@link Keys}). A command is sent to another node where the first one
 * cannot be connected or redirects it ({@code MOVED}, {@code ASK}); where its answer is lost, it is a
 * {@link TemporaryFailure} and not known whether it was done, as with one Redis. Until a replica has become the master of its slots,
 * every call for them is a {@link TemporaryFailure}.
 */
public final class Redis implements AutoCloseable {

    private static final int POOL = 16;
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(2);
    private static final int TIMEOUT_MILLIS = 500;

    private final UnifiedJedis client;
    private final CommandQueue queue;
    private final CommandObserver observer;

    private Redis(UnifiedJedis client, CommandObserver observer) {
        this.client = client;
        this.queue = new CommandQueue(client);
        this.observer = observer;
    }

    /** Opens the pools; connections are made when they are needed, and a Redis that is away is no error. */
    public static Redis open(RedisSettings settings) {
        return open(settings, CommandObserver.NONE);
    }

    /** @param observer sees every command, but not the questions for health */
    public static Redis open(RedisSettings settings, CommandObserver observer) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS)
                .database(settings.database())
                .ssl(settings.tls())
                .clientName("hexmart");
        settings.user().ifPresent(config::user);
        settings.password().ifPresent(config::password);
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(POOL);
        pool.setMaxIdle(POOL);
        // Without these a pool that has run out blocks for ever, and connections that died while idle are used again.
        pool.setMaxWait(WAIT_FOR_CONNECTION);
        pool.setTestWhileIdle(true);
        pool.setJmxEnabled(false);
        UnifiedJedis client = settings.isCluster()
                ? Cluster.client(settings.nodes(), config.build(), pool)
                : RedisClient.builder()
                        .hostAndPort(settings.nodes().getFirst())
                        .clientConfig(config.build())
                        .poolConfig(pool)
                        .build();
        return new Redis(client, observer);
    }

    /** Whether it answers, for the readiness check; of a cluster, whether one node knows that it serves. */
    public boolean isHealthy() {
        try {
            return isCluster() ? Cluster.serves(client) : "PONG".equals(client.ping());
        } catch (JedisException e) {
            return false;
        }
    }

    /** Whether keys of several slots are at several nodes, and so cannot share a pipeline. */
    boolean isCluster() {
        return client instanceof RedisClusterClient;
    }

    /** How busy the pool is; of a cluster, all of them together. */
    public PoolState pool() {
        Collection<? extends Pool<?>> pools = client instanceof RedisClusterClient cluster
                ? cluster.getClusterNodes().values()
                : List.of(((RedisClient) client).getPool());
        return new PoolState(
                pools.stream().mapToInt(Pool::getNumActive).sum(),
                pools.stream().mapToInt(Pool::getNumIdle).sum(),
                pools.stream().mapToInt(Pool::getNumWaiters).sum(),
                pools.size() * POOL);
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

    /**
     * Waits for commands that are sent together with those of other requests; to be used within a call.
     *
     * @return the answer to each, or its failure when it is asked for
     */
    <T> List<Response<T>> queued(List<Function<AbstractPipeline, Response<T>>> commands) {
        return queue.run(commands);
    }

    @Override
    public void close() {
        queue.close();
        client.close();
    }

    private static InfrastructureFailure categorised(JedisException e) {
        return switch (e) {
            case JedisAccessControlException denied ->
                new PermanentFailure("Redis refuses the login: check user and password in REDIS_URL", denied);
            case JedisConnectionException lost -> new TemporaryFailure("Redis does not answer", lost);
            case JedisMovedDataException moved ->
                new PermanentFailure("Redis is a node of a cluster: name several of its nodes in REDIS_URL", moved);
            // LOADING, READONLY, OOM, CLUSTERDOWN and their like pass; a wrong type or command does not.
            case JedisDataException refused
            when isOfTheMoment(refused) -> new TemporaryFailure("Redis is not ready", refused);
            case JedisDataException refused -> new PermanentFailure("Redis refused a command", refused);
            case JedisClusterOperationException failed ->
                new TemporaryFailure(
                        "The Redis cluster does not answer; if that lasts, check hosts, user and password in REDIS_URL",
                        failed);
            default -> new TemporaryFailure("Timeout: Redis did not answer", e);
        };
    }

    private static boolean isOfTheMoment(JedisDataException e) {
        String message = String.valueOf(e.getMessage());
        return message.matches("(?s)(LOADING|READONLY|OOM|BUSY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN|NOREPLICAS).*");
    }
}
