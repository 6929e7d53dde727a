package dev.hexmart.adapter.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three nodes of Debian's rabbitmq-server on this machine, with a folder, ports and an Erlang port mapper of their own. */
final class RabbitMqCluster implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("/usr/lib/rabbitmq/bin");
    private static final int NODES = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final int portMapper = freePort();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, Process> nodes = new LinkedHashMap<>();

    private RabbitMqCluster(Path folder) {
        this.folder = folder;
    }

    static RabbitMqCluster start() {
        try {
            RabbitMqCluster cluster = new RabbitMqCluster(Files.createTempDirectory("rabbitmq"));
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            cluster.startNodes();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "amqp://guest:guest@"
                + ports.values().stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** The node that leads a quorum queue. */
    String leader(String queue) {
        return control("list_queues", "--silent", "name", "leader")
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(parts -> parts[0].equals(queue))
                .map(parts -> parts[1])
                .findFirst()
                .orElseThrow();
    }

    /** Ends a node without a word to anyone. */
    void kill(String name) {
        Process node = nodes.get(name);
        Stream.concat(node.descendants(), Stream.of(node.toHandle())).forEach(ProcessHandle::destroyForcibly);
        node.onExit().join();
    }

    @Override
    public void close() {
        nodes.keySet().forEach(this::kill);
    }

    private void startNodes() throws IOException {
        String names = IntStream.range(0, NODES)
                .mapToObj(i -> "cluster_formation.classic_config.nodes.%d = hexmart-%d@localhost%n".formatted(i + 1, i))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("rabbitmq.conf"), names + """
                cluster_partition_handling = pause_minority
                queue_leader_locator = balanced
                """);
        Files.writeString(folder.resolve("enabled_plugins"), "[].");
        Files.writeString(folder.resolve("env.conf"), "");
        Path cookie = Files.writeString(folder.resolve(".erlang.cookie"), "hexmart");
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
        for (int i = 0; i < NODES; i++) {
            startNode("hexmart-" + i + "@localhost");
        }
        await().atMost(PATIENCE)
                .until(() ->
                        control("eval", "length([node() | nodes()]).").strip().equals(String.valueOf(NODES)));
    }

    private void startNode(String name) throws IOException {
        int port = freePort();
        Path own = Files.createDirectory(folder.resolve(name));
        ProcessBuilder program = program("rabbitmq-server");
        program.environment()
                .putAll(Map.of(
                        "RABBITMQ_NODENAME", name,
                        "RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1",
                        "RABBITMQ_NODE_PORT", String.valueOf(port),
                        "RABBITMQ_DIST_PORT", String.valueOf(freePort()),
                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}",
                        "RABBITMQ_MNESIA_BASE", own.resolve("data").toString(),
                        "RABBITMQ_LOG_BASE", own.resolve("log").toString(),
                        "RABBITMQ_PID_FILE", own.resolve("pid").toString(),
                        "RABBITMQ_GENERATED_CONFIG_DIR", own.resolve("config").toString()));
        nodes.put(name, program.redirectOutput(own.resolve("output").toFile()).start());
        ports.put(name, port);
        await().atMost(PATIENCE).until(() -> answers(port));
    }

    private String control(String... command) {
        try {
            ProcessBuilder program = program("rabbitmqctl");
            program.command()
                    .addAll(Stream.concat(Stream.of("-n", running()), Stream.of(command))
                            .toList());
            Process process = program.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String running() {
        return nodes.entrySet().stream()
                .filter(node -> node.getValue().isAlive())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private ProcessBuilder program(String name) {
        ProcessBuilder program = new ProcessBuilder(PROGRAMS.resolve(name).toString()).redirectErrorStream(true);
        program.environment()
                .putAll(Map.of(
                        "HOME", folder.toString(),
                        "ERL_EPMD_PORT", String.valueOf(portMapper),
                        "ERL_EPMD_ADDRESS", "127.0.0.1",
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                folder.resolve("enabled_plugins").toString(),
                        "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString(),
                        "RABBITMQ_CONF_ENV_FILE", folder.resolve("env.conf").toString()));
        return program;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
