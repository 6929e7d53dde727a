package dev.hexmart.adapter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.StaticCommandFlagsRegistry;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.executors.ClusterCommandExecutor;
import redis.clients.jedis.providers.ClusterConnectionProvider;

/** Jedis' client of a Redis Cluster, set so that it keeps what a client of one Redis does. */
final class Cluster {

    /** The third one is to a master that has been asked for again. */
    private static final int ATTEMPTS = 3;

    /** More than two connects that time out take, after which the masters are asked for again. */
    private static final Duration WITHIN = Duration.ofMillis(1_500);

    private Cluster() {}

    static RedisClusterClient client(List<HostAndPort> hosts, JedisClientConfig config, ConnectionPoolConfig pool) {
        // Otherwise no service would start while the cluster is away.
        System.setProperty(RedisClusterClient.INIT_NO_ERROR_PROPERTY, "true");
        Set<HostAndPort> nodes = Set.copyOf(hosts);
        ClusterConnectionProvider connections = new ClusterConnectionProvider(nodes, config, pool);
        return RedisClusterClient.builder()
                .nodes(nodes)
                .clientConfig(config)
                .connectionProvider(connections)
                .commandExecutor(new SendingOnce(connections))
                .build();
    }

    /** Asked of any node that answers; {@code PING} would go to every master, and fail with the first that is away. */
    static boolean serves(UnifiedJedis client) {
        Object info = client.executeCommand(new CommandArguments(Protocol.Command.CLUSTER).add("INFO"));
        return info instanceof byte[] text && new String(text, UTF_8).contains("cluster_state:ok");
    }

    /**
     * Sends no command again whose answer is lost: it may have been done, and done again a replaced cart would be a conflict with
     * itself.
     */
    private static final class SendingOnce extends ClusterCommandExecutor {

        SendingOnce(ClusterConnectionProvider connections) {
            super(connections, ATTEMPTS, WITHIN, StaticCommandFlagsRegistry.registry());
        }

        @Override
        protected <T> T execute(Connection connection, CommandObject<T> command) {
            try {
                return super.execute(connection, command);
            } catch (JedisConnectionException e) {
                throw new JedisClusterOperationException("The answer is lost", e);
            }
        }
    }
}
