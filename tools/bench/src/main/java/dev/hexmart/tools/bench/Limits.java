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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the machine and the parts would give at the most: a static answer, the statements alone, the Redis commands alone. */
record Limits(
        Tools tools, Shop shop, Client client, Customers customers, Generator generator, Path folder, Options options) {

    private static final Pattern TRANSACTIONS =
            Pattern.compile("(?m)^number of transactions actually processed: ([0-9]+)");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: ([0-9]+)");
    private static final int DATABASE_CLIENTS = 8;

    /** @param processes whose CPU counts, by name */
    record Limit(String key, String title, String tool, Map<String, Long> processes, Supplier<Burst> work) {}

    /**
     * Returns those that can be measured here.
     *
     * @param opened is told what has to be closed in the end
     * @param missing is told in words what cannot be measured
     */
    List<Limit> open(Consumer<AutoCloseable> opened, Consumer<String> missing) {
        List<Limit> limits = new ArrayList<>(List.of(staticAnswer(opened)));
        tools.find("pgbench")
                .ifPresentOrElse(
                        pgbench -> limits.addAll(statements(pgbench)),
                        () -> missing.accept(
                                "pgbench is not on the PATH (Debian: apt-get install postgresql-contrib), so what"
                                        + " Postgres could do alone is not measured"));
        tools.find("redis-benchmark")
                .ifPresentOrElse(
                        benchmark -> limits.add(redis(benchmark)),
                        () -> missing.accept(
                                "redis-benchmark is not on the PATH (Debian: apt-get install redis-tools), so what"
                                        + " Redis could do alone is not measured"));
        return limits;
    }

    private Limit staticAnswer(Consumer<AutoCloseable> opened) {
        Route.Ask ask = customers.asks(Route.PRODUCTS).getFirst();
        URI products = shop.service("products").orElseThrow();
        String page = client.ask(products, ask)
                .map(Client.Answer::body)
                .orElseThrow(() -> new BenchFailure(products + " was not answered"));
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
        opened.accept(() -> Jvm.stop(List.of(process), 20, TimeUnit.SECONDS));
        URI address = URI.create("http://localhost:" + port);
        for (int i = 0; client.find("GET", address.resolve("/products"), "").isEmpty(); i++) {
            if (i > 500 || !process.isAlive()) {
                throw new BenchFailure("the static answer does not start:\n" + Jvm.endOf(folder.resolve("static.log")));
            }
            Shop.pause(Duration.ofMillis(20));
        }
        List<Route.Ask> asks = List.of(ask);
        generator.run(address, asks, options.connections(), options.warmUp());
        return new Limit(
                "static",
                "a page of products as a static answer, bare Helidon",
                generator.name(),
                Map.of("static", process.pid()),
                () -> generator.run(address, asks, options.connections(), options.seconds()));
    }

    private List<Limit> statements(Path pgbench) {
        Limit page = statement(pgbench, "page", "a page of products, SQL alone");
        Limit product = statement(pgbench, "product", "a product, SQL alone");
        return shop.parts().hasOwnDatabase()
                ? List.of(statement(pgbench, "order", "one order's rows in one transaction, SQL alone"), page, product)
                : List.of(page, product);
    }

    private Limit statement(Path pgbench, String name, String title) {
        URI database = URI.create(shop.variable("DATABASE_URL").replaceFirst("^jdbc:", ""));
        Path script = folder.resolve(name + ".sql");
        try (InputStream text = Objects.requireNonNull(Limits.class.getResourceAsStream(name + ".sql"))) {
            Files.writeString(
                    script,
                    new String(text.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("{product}", customers.products().getFirst()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Limit("sql-" + name, title, "pgbench", part(Meter.POSTGRES), () -> {
            Path logs = emptyFolder("pgbench");
            Tools.Output output = tools.run(
                    List.of(
                            pgbench.toString(),
                            "--no-vacuum",
                            "--protocol=prepared",
                            "--client=" + DATABASE_CLIENTS,
                            "--jobs=1",
                            "--time=" + options.seconds(),
                            "--log",
                            "--log-prefix=" + logs.resolve("log"),
                            "--file=" + script,
                            "--host=" + database.getHost(),
                            "--port=" + (database.getPort() < 0 ? 5432 : database.getPort()),
                            "--username=" + shop.variable("DATABASE_USER"),
                            database.getPath().substring(1)),
                    Map.of("PGPASSWORD", shop.variable("DATABASE_PASSWORD")),
                    options.seconds() + 60);
            return parsePgbench(output.text(), options.seconds(), readAll(logs));
        });
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

    private Limit redis(Path benchmark) {
        URI redis = URI.create(shop.variable("REDIS_URL"));
        List<String> command = new ArrayList<>(List.of(
                benchmark.toString(),
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
        return new Limit(
                "redis-hgetall",
                "HGETALL of a cart of three lines, Redis alone",
                "redis-benchmark",
                part(Meter.REDIS),
                () -> parseRedis(
                        tools.run(concat(command, "HGETALL", key), Map.of(), 120)
                                .text(),
                        20_000L * options.seconds()));
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

    private Path emptyFolder(String name) {
        Path empty = folder.resolve(name);
        try {
            Files.createDirectories(empty);
            for (Path file : files(empty)) {
                Files.delete(file);
            }
            return empty;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String readAll(Path folder) {
        StringBuilder all = new StringBuilder();
        try {
            for (Path file : files(folder)) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
