package dev.hexmart.adapter.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.embedded.RedisServer;

/**
 * A real Redis Cluster of three masters, of processes of this machine that are gone with the JVM. A master that is away is given up
 * after two seconds; meanwhile the slots of the others are served.
 */
final class TestRedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<Integer, RedisServer> nodes;

    private TestRedisCluster(Map<Integer, RedisServer> nodes) {
        this.nodes = nodes;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** One for all tests that leave it running, without replicas. */
    static TestRedisCluster shared() {
        return Shared.CLUSTER;
    }

    private static final class Shared {
        static final TestRedisCluster CLUSTER = withReplicas(0);
    }

    /** @param replicas of each master */
    static TestRedisCluster withReplicas(int replicas) {
        List<Integer> ports = Stream.generate(TestRedis::freePort)
                .limit(MASTERS * (1L + replicas))
                .toList();
        TestRedisCluster cluster = new TestRedisCluster(ports.stream()
                .collect(Collectors.toMap(
                        port -> port, TestRedisCluster::startNode, (one, _) -> one, LinkedHashMap::new)));
        cluster.join(ports);
        return cluster;
    }

    /** All nodes, with commas between. */
    String url() {
        return "redis://"
                + nodes.keySet().stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    Redis open() {
        return Redis.open(RedisSettings.parse(url()));
    }

    /** Whether the first master has the slot of a key. */
    boolean isAtFirstMaster(String key) {
        return JedisClusterCRC16.getSlot(key) < SLOTS / MASTERS;
    }

    /** Ends it without a word to the others. */
    void killFirstMaster() {
        on(nodes.keySet().iterator().next(), node -> {
            long pid = node.info("server")
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .map(line -> Long.parseLong(line.substring("process_id:".length())))
                    .findFirst()
                    .orElseThrow();
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /** Returns when all that has been written so far is also at a replica. */
    void awaitReplicas() {
        for (int port : nodes.keySet()) {
            on(port, node -> {
                if (node.role().getFirst().equals("master")) {
                    // A connection waits for its own writes, and so for all before them.
                    node.sendCommand(Protocol.Command.PUBLISH, "replicated", "");
                    if (node.waitReplicas(1, PATIENCE.toMillis()) < 1) {
                        throw new IllegalStateException("A replica is behind");
                    }
                }
            });
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(RedisServer::stop);
    }

    private static RedisServer startNode(int port) {
        try {
            RedisServer node = RedisServer.builder()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .setting("dir " + Files.createTempDirectory("redis"))
                    .setting("cluster-enabled yes")
                    .setting("cluster-port " + TestRedis.freePort())
                    .setting("cluster-announce-ip 127.0.0.1")
                    .setting("cluster-node-timeout 2000")
                    .setting("cluster-require-full-coverage no")
                    .setting("repl-diskless-sync-delay 0")
                    .build();
            node.start();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void join(List<Integer> ports) {
        List<String> ids = new ArrayList<>();
        for (int port : ports) {
            on(port, node -> {
                int place = ids.size();
                ids.add(node.clusterMyId());
                if (place < MASTERS) {
                    node.clusterAddSlotsRange(place * SLOTS / MASTERS, (place + 1) * SLOTS / MASTERS - 1);
                }
                String bus = String.valueOf(node.configGet("cluster-port").get("cluster-port"));
                on(
                        ports.getFirst(),
                        first -> first.sendCommand(
                                Protocol.Command.CLUSTER, "MEET", "127.0.0.1", String.valueOf(port), bus));
            });
        }
        awaitEverywhere(node -> node.clusterNodes()
                        .lines()
                        .filter(line -> line.contains(" connected"))
                        .count()
                == ports.size());
        for (int place : IntStream.range(MASTERS, ports.size()).toArray()) {
            on(ports.get(place), node -> node.clusterReplicate(ids.get(place % MASTERS)));
        }
        awaitEverywhere(node -> node.clusterInfo().contains("cluster_state:ok"));
        awaitEverywhere(node -> node.role().getFirst().equals("master")
                || node.info("replication").contains("master_link_status:up"));
        awaitEverywhere(node -> node.clusterNodes()
                        .lines()
                        .filter(line -> line.contains("slave"))
                        .count()
                == ports.size() - MASTERS);
    }

    private void awaitEverywhere(Predicate<Jedis> condition) {
        for (int port : nodes.keySet()) {
            await().atMost(PATIENCE).until(() -> {
                try (Jedis node = new Jedis("127.0.0.1", port)) {
                    return condition.test(node);
                }
            });
        }
    }

    private static void on(int port, Consumer<Jedis> action) {
        try (Jedis node = new Jedis("127.0.0.1", port)) {
            action.accept(node);
        }
    }
}
