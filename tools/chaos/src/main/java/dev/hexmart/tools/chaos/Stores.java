package dev.hexmart.tools.chaos;

import dev.hexmart.tools.bench.Parts;
import dev.hexmart.tools.bench.Shop;
import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Tools;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Postgres, Redis and RabbitMQ: the programs of this machine as processes where all are installed, else the embedded ones. */
final class Stores implements AutoCloseable {

    static final String POSTGRES = "postgres";
    static final String REDIS = "redis";
    static final String BROKER = "broker";

    /** What the database's files may take, as a quota: enough for an hour of orders. */
    private static final String DISK = "1g";

    private static final String PASSWORD = "chaos";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Tools tools;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final int epmd = Shop.freePort();
    private Optional<Parts> embedded = Optional.empty();
    private boolean quota;

    private Stores(Path folder, Tools tools) {
        this.folder = folder;
        this.tools = tools;
    }

    /** Starts all on an empty folder. @param embedded whether to take the embedded ones in any case */
    static Stores start(Path root, Path folder, Tools tools, boolean embedded) {
        Stores stores = new Stores(folder, tools);
        try {
            stores.clear();
            Optional<Path> postgres = newest(Path.of("/usr/lib/postgresql"));
            Optional<Path> redis = tools.find("redis-server");
            if (!embedded
                    && postgres.isPresent()
                    && redis.isPresent()
                    && stores.rabbitMq("rabbitmq-server").isPresent()) {
                stores.startRedis(redis.get());
                stores.startPostgres(postgres.get());
                stores.startBroker();
                stores.ports.forEach(Stores::await);
            } else {
                stores.missing.add(
                        "Postgres, Redis or RabbitMQ are not installed as programs, so the embedded ones are cut off"
                                + " by the network alone: apt-get install postgresql redis-server rabbitmq-server");
                Parts parts = Parts.start(root, folder.resolve("embedded"), Map.of());
                stores.embedded = Optional.of(parts);
                stores.ports.putAll(Parts.ports(parts.variables()));
            }
            return stores;
        } catch (IOException | RuntimeException e) {
            stores.close();
            throw e instanceof RuntimeException failure ? failure : new UncheckedIOException((IOException) e);
        }
    }

    private static Optional<Path> newest(Path versions) throws IOException {
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(version -> version.resolve("bin/postgres"))
                    .filter(Files::isExecutable)
                    .max(Path::compareTo);
        }
    }

    /** Debian's command on the PATH is for root and its service user; the one behind it is for all users. */
    private Optional<Path> rabbitMq(String program) {
        Path behind = Path.of("/usr/lib/rabbitmq/bin", program);
        return Files.isExecutable(behind) ? Optional.of(behind) : tools.find(program);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void startRedis(Path program) {
        run(
                REDIS,
                Map.of(),
                List.of(
                        program.toString(),
                        "--port",
                        port(REDIS),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        folder.toString(),
                        "--appendonly",
                        "yes"));
    }

    private void startPostgres(Path program) throws IOException {
        Path data = folder.resolve(POSTGRES);
        Files.createDirectories(data);
        quota = isRoot()
                && tools.run(
                                        List.of(
                                                "mount",
                                                "-t",
                                                "tmpfs",
                                                "-o",
                                                "mode=700,size=" + DISK,
                                                "hexmart-chaos",
                                                data.toString()),
                                        Map.of(),
                                        10)
                                .status()
                        == 0;
        if (!quota) {
            missing.add("no full disk: only root may mount the small file system that is filled");
        }
        Path cluster = data.resolve("data");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        // Postgres refuses to run as root; in a user namespace it is nobody, and the files stay root's.
        List<String> as = isRoot() ? List.of("unshare", "-U") : List.of();
        String initdb = program.resolveSibling("initdb").toString();
        must(concat(
                as,
                List.of(
                        initdb,
                        "-D",
                        cluster.toString(),
                        "-U",
                        POSTGRES,
                        "--pwfile=" + password,
                        "-A",
                        "scram-sha-256",
                        "-E",
                        "UTF8",
                        "--locale=C")));
        Process single = new ProcessBuilder(
                        concat(as, List.of(program.toString(), "--single", "-D", cluster.toString(), POSTGRES)))
                .redirectErrorStream(true)
                .redirectOutput(log(POSTGRES))
                .start();
        try (OutputStream input = single.getOutputStream()) {
            input.write("CREATE DATABASE ecommerce\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        single.onExit().join();
        run(
                POSTGRES,
                Map.of(),
                concat(
                        as,
                        List.of(
                                program.toString(),
                                "-D",
                                cluster.toString(),
                                "-p",
                                port(POSTGRES),
                                "-k",
                                "",
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "max_connections=200",
                                "-c",
                                "max_wal_size=256MB")));
    }

    private void startBroker() {
        run(
                BROKER,
                brokerEnvironment(),
                List.of(rabbitMq("rabbitmq-server").orElseThrow().toString()));
    }

    private Map<String, String> brokerEnvironment() {
        Map<String, String> variables = new HashMap<>(Map.of(
                "HOME",
                folder.toString(),
                "ERL_EPMD_ADDRESS",
                "127.0.0.1",
                "ERL_EPMD_PORT",
                Integer.toString(epmd),
                "RABBITMQ_NODENAME",
                "hexmart-chaos@localhost",
                "RABBITMQ_NODE_IP_ADDRESS",
                "127.0.0.1",
                "RABBITMQ_NODE_PORT",
                port(BROKER),
                "RABBITMQ_DIST_PORT",
                port("distribution"),
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "-kernel inet_dist_use_interface {127,0,0,1}"));
        Map.of(
                        "MNESIA_BASE",
                        "mnesia",
                        "LOG_BASE",
                        "log",
                        "PID_FILE",
                        "pid",
                        "ENABLED_PLUGINS_FILE",
                        "plugins",
                        "CONFIG_FILE",
                        "rabbitmq.conf",
                        "CONF_ENV_FILE",
                        "env.conf",
                        "GENERATED_CONFIG_DIR",
                        "config")
                .forEach((name, file) -> variables.put(
                        "RABBITMQ_" + name, folder.resolve(BROKER).resolve(file).toString()));
        return variables;
    }

    private void run(String name, Map<String, String> variables, List<String> command) {
        Process first = launch(name, variables, command);
        parts.put(name, new Part(name, first, _ -> launch(name, variables, command)));
    }

    private Process launch(String name, Map<String, String> variables, List<String> command) {
        // A session of its own: Ctrl-C is for this process, which stops the stores last.
        ProcessBuilder builder = new ProcessBuilder(concat(List.of("setsid"), command))
                .redirectErrorStream(true)
                .redirectOutput(log(name));
        builder.environment().putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder.Redirect log(String name) {
        return ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile());
    }

    private void must(List<String> command) {
        Tools.Output output = tools.run(command, Map.of(), 60);
        if (output.status() != 0) {
            throw new BenchFailure(String.join(" ", command) + " failed:\n" + output.text());
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private String port(String name) {
        return Integer.toString(ports.computeIfAbsent(name, _ -> Shop.freePort()));
    }

    private static void await(String name, int port) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new BenchFailure(name + " does not start: see its log in .hexmart/chaos", e);
                }
                Proxy.pause(Duration.ofMillis(100));
            }
        }
    }

    /** In the words of the report. */
    String description() {
        return embedded.isPresent() ? "embedded" : "real Postgres, Redis and RabbitMQ as processes";
    }

    /** What cannot be done here, and why. */
    List<String> missing() {
        return missing;
    }

    Map<String, Part> parts() {
        return parts;
    }

    /** Where a store listens itself. */
    int portOf(String store) {
        return Optional.ofNullable(ports.get(store)).orElseThrow();
    }

    boolean hasQuota() {
        return quota;
    }

    String databaseUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/ecommerce";
    }

    String user() {
        return embedded.map(it -> it.variables().getOrDefault("DATABASE_USER", ""))
                .orElse(POSTGRES);
    }

    String password() {
        return embedded.map(it -> it.variables().getOrDefault("DATABASE_PASSWORD", ""))
                .orElse(PASSWORD);
    }

    /** What the services are told. @param proxies the port of each store's proxy */
    Map<String, String> variables(Map<String, Proxy> proxies) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "DATABASE_URL", databaseUrl(portOf(POSTGRES)),
                "DATABASE_USER", user(),
                "DATABASE_PASSWORD", password(),
                "REDIS_URL", "redis://127.0.0.1:" + portOf(REDIS),
                "AMQP_URL", "amqp://guest:guest@127.0.0.1:" + portOf(BROKER)));
        embedded.ifPresent(it -> variables.putAll(it.variables()));
        proxies.forEach((store, proxy) ->
                variables.replaceAll((_, value) -> value.replace(":" + portOf(store), ":" + proxy.port())));
        return variables;
    }

    void fillDisk() {
        byte[] block = new byte[1024 * 1024];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException _) {
            // it is full
        }
    }

    void emptyDisk() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return folder.resolve(POSTGRES).resolve("ballast");
    }

    /** Raises or clears the memory alarm, during which the broker blocks publishers. */
    void alarm(boolean on) {
        tools.run(
                List.of(
                        rabbitMq("rabbitmqctl").orElseThrow().toString(),
                        "set_vm_memory_high_watermark",
                        on ? "0.000001" : "0.4"),
                brokerEnvironment(),
                20);
    }

    private void clear() throws IOException {
        unmount();
        if (Files.exists(folder)) {
            Part.run(List.of("rm", "-rf", folder.toString()));
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectories(folder.resolve(BROKER));
        Files.writeString(folder.resolve(BROKER).resolve("plugins"), "[].");
        Files.createFile(folder.resolve(BROKER).resolve("rabbitmq.conf"));
        Files.createFile(folder.resolve(BROKER).resolve("env.conf"));
    }

    private void unmount() {
        Path data = folder.resolve(POSTGRES);
        if (isRoot() && Files.isDirectory(data)) {
            Part.run(List.of("umount", "-l", data.toString()));
        }
    }

    @Override
    public void close() {
        parts.values().forEach(Part::kill);
        if (parts.containsKey(BROKER)) {
            tools.find("epmd").ifPresent(it -> tools.run(List.of(it.toString(), "-kill"), brokerEnvironment(), 10));
        }
        embedded.ifPresent(Parts::close);
        if (quota) {
            unmount();
        }
    }
}
