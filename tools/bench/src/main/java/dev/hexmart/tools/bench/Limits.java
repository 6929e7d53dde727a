package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Burst;
import dev.hexmart.tools.bench.generator.Generator;
import dev.hexmart.tools.bench.generator.H2load;
import dev.hexmart.tools.bench.generator.Latency;
import dev.hexmart.tools.bench.generator.Route;
import dev.hexmart.tools.bench.generator.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the machine and the parts would give at the most: a static answer, the statements alone, the Redis commands alone. */
final class Limits implements AutoCloseable {

    private static final Pattern TRANSACTIONS =
            Pattern.compile("(?m)^number of transactions actually processed: ([0-9]+)");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: ([0-9]+)");
    private static final int DATABASE_CLIENTS = 8;

    private final Tools tools;
    private final Shop shop;
    private final Client client;
    private final Customers customers;
    private final Generator generator;
    private final Path folder;
    private final Options options;
    private final List<Limit> found = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private Optional<Process> server = Optional.empty();

    Limits(
            Tools tools,
            Shop shop,
            Client client,
            Customers customers,
            Generator generator,
            Path folder,
            Options options) {
        this.tools = tools;
        this.shop = shop;
        this.client = client;
        this.customers = customers;
        this.generator = generator;
        this.folder = folder;
        this.options = options;
    }

    /** @param processes whose CPU counts, by name */
    record Limit(String key, String title, String tool, Map<String, Long> processes, Supplier<Burst> work) {}

    /** Those that can be measured here. */
    List<Limit> open() {
        openStaticAnswer();
        openStatements();
        openRedis();
        return List.copyOf(found);
    }

    /** In words, what could not be measured. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    private void openStaticAnswer() {
        Route.Ask ask = customers.asks(Route.PRODUCTS).getFirst();
        URI products = shop.service("products").orElseThrow();
        String page = client.send("GET", products.resolve(ask.path()), "", ask.header(), ask.value())
                .body();
        Path file = folder.resolve("page.json");
        int port = Shop.freePort();
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process process = shop.jvm()
                .start(
                        Jvm.jar(Path.of(""), "bench").toAbsolutePath(),
                        StaticAnswer.class.getName(),
                        List.of(),
                        List.of(Integer.toString(port), file.toString()),
                        Map.of(),
                        folder.resolve("static.log"));
        server = Optional.of(process);
        URI address = URI.create("http://localhost:" + port);
        for (int i = 0; client.find("GET", address.resolve("/products"), "").isEmpty(); i++) {
            if (i > 500 || !process.isAlive()) {
                throw new BenchFailure("the static answer does not start:\n" + Jvm.endOf(folder.resolve("static.log")));
            }
            Shop.pause(Duration.ofMillis(20));
        }
        List<Route.Ask> asks = List.of(ask);
        generator.run(address, asks, options.connections(), options.warmUp());
        found.add(new Limit(
                "static",
                "a page of products as a static answer, bare Helidon",
                generator.name(),
                Map.of("static", process.pid()),
                () -> generator.run(address, asks, options.connections(), options.seconds())));
    }

    private void openStatements() {
        Optional<Path> pgbench = tools.find("pgbench");
        if (pgbench.isEmpty()) {
            missing.add(
                    "pgbench is not on the PATH (Debian: apt-get install postgresql-contrib), so what Postgres could"
                            + " do alone is not measured");
            return;
        }
        URI database = URI.create(shop.variable("DATABASE_URL").replaceFirst("^jdbc:", ""));
        if (shop.parts().hasOwnDatabase()) {
            addStatement(pgbench.get(), database, "order", "one order's rows in one transaction, SQL alone");
        }
        addStatement(pgbench.get(), database, "page", "a page of products, SQL alone");
        addStatement(pgbench.get(), database, "product", "a product, SQL alone");
    }

    private void addStatement(Path pgbench, URI database, String name, String title) {
        Path script = folder.resolve(name + ".sql");
        try (InputStream text = Objects.requireNonNull(Limits.class.getResourceAsStream(name + ".sql"))) {
            Files.writeString(
                    script,
                    new String(text.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("{product}", customers.products().getFirst()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.add(new Limit("sql-" + name, title, "pgbench", part(Meter.POSTGRES), () -> {
            Path log = folder.resolve("pgbench");
            deleteLogs(log);
            Tools.Output output = tools.run(
                    List.of(
                            pgbench.toString(),
                            "--no-vacuum",
                            "--protocol=prepared",
                            "--client=" + DATABASE_CLIENTS,
                            "--jobs=1",
                            "--time=" + options.seconds(),
                            "--log",
                            "--log-prefix=" + log,
                            "--file=" + script,
                            "--host=" + database.getHost(),
                            "--port=" + (database.getPort() < 0 ? 5432 : database.getPort()),
                            "--username=" + shop.variable("DATABASE_USER"),
                            database.getPath().substring(1)),
                    Map.of("PGPASSWORD", shop.variable("DATABASE_PASSWORD")),
                    options.seconds() + 60);
            return parsePgbench(output.text(), options.seconds(), readLogs(log));
        }));
    }

    /** @param log of each transaction, as {@code --log} writes it */
    static Burst parsePgbench(String output, double seconds, String log) {
        Matcher transactions = TRANSACTIONS.matcher(output);
        if (!transactions.find()) {
            throw new BenchFailure("pgbench did not measure anything. It said:\n" + output.strip());
        }
        Matcher failed = FAILED.matcher(output);
        return new Burst(
                Long.parseLong(transactions.group(1)),
                seconds,
                failed.find() ? Long.parseLong(failed.group(1)) : 0,
                Latency.of(H2load.thirdColumn(log, " ")));
    }

    private void openRedis() {
        Optional<Path> benchmark = tools.find("redis-benchmark");
        if (benchmark.isEmpty()) {
            missing.add(
                    "redis-benchmark is not on the PATH (Debian: apt-get install redis-tools), so what Redis could do"
                            + " alone is not measured");
            return;
        }
        URI redis = URI.create(shop.variable("REDIS_URL"));
        List<String> command = new ArrayList<>(List.of(
                benchmark.get().toString(),
                "--csv",
                "-h",
                redis.getHost(),
                "-p",
                Integer.toString(redis.getPort() < 0 ? 6379 : redis.getPort()),
                "-c",
                Integer.toString(options.connections()),
                "-n",
                Integer.toString(20_000 * options.seconds())));
        Optional.ofNullable(redis.getUserInfo()).ifPresent(user -> {
            String[] parts = user.split(":", 2);
            if (parts.length == 2 && !parts[0].isEmpty()) {
                command.addAll(List.of("--user", parts[0]));
            }
            command.addAll(List.of("-a", parts[parts.length - 1]));
        });
        // A key that is a hash like a cart, and belongs to no customer.
        String key = "cart:{benchmark}";
        tools.run(concat(command, "-n", "1", "HSET", key, "a", "1", "b", "2", "c", "3"), Map.of(), 30);
        found.add(new Limit(
                "redis-hgetall",
                "HGETALL of a cart of three lines, Redis alone",
                "redis-benchmark",
                part(Meter.REDIS),
                () -> parseRedis(
                        tools.run(concat(command, "HGETALL", key), Map.of(), 120)
                                .text(),
                        20_000L * options.seconds())));
    }

    /** The one line of values: test, rps, average, min, p50, p95, p99, max, in milliseconds. */
    static Burst parseRedis(String output, long requests) {
        String[] values = output.lines()
                .filter(line -> line.startsWith("\"") && !line.startsWith("\"test\""))
                .reduce((_, last) -> last)
                .orElseThrow(
                        () -> new BenchFailure("redis-benchmark did not measure anything. It said:\n" + output.strip()))
                .replaceAll("^\"|\"$", "")
                .split("\",\"");
        if (values.length < 8) {
            throw new BenchFailure("redis-benchmark before 6.2 tells no percentiles. It said:\n" + output.strip());
        }
        return new Burst(
                requests,
                requests / Double.parseDouble(values[1]),
                0,
                new Latency(
                        Double.parseDouble(values[4]),
                        Double.parseDouble(values[5]),
                        Double.parseDouble(values[6]),
                        OptionalDouble.empty()));
    }

    private Map<String, Long> part(String name) {
        return Optional.ofNullable(shop.processes().get(name))
                .map(process -> Map.of(name, process))
                .orElse(Map.of());
    }

    private static List<String> concat(List<String> first, String... rest) {
        return Stream.concat(first.stream(), Stream.of(rest)).toList();
    }

    private static void deleteLogs(Path prefix) {
        logs(prefix).forEach(log -> {
            try {
                Files.delete(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String readLogs(Path prefix) {
        StringBuilder all = new StringBuilder();
        for (Path log : logs(prefix)) {
            try {
                all.append(Files.readString(log));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }

    private static List<Path> logs(Path prefix) {
        try (Stream<Path> files = Files.list(prefix.getParent())) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("pgbench\\.[0-9.]+"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.ifPresent(process -> Jvm.stop(List.of(process), 20, TimeUnit.SECONDS));
    }
}
