package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.BenchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Postgres, Redis and the broker: given by the environment, or the embedded ones of {@code ./hexmart infra}. */
public final class Parts implements AutoCloseable {

    private static final List<String> ADDRESSES = List.of("DATABASE_URL", "REDIS_URL", "AMQP_URL");
    private static final Pattern EXPORT = Pattern.compile("export ([A-Z_]+)='(.*)'");

    private final Map<String, String> variables;
    private final Optional<Process> infra;
    private final List<String> given;

    private Parts(Map<String, String> variables, Optional<Process> infra, List<String> given) {
        this.variables = Map.copyOf(variables);
        this.infra = infra;
        this.given = List.copyOf(given);
    }

    /**
     * Starts what is not given, on an empty folder.
     *
     * @param given variables of the environment, of which some may name parts
     */
    public static Parts start(Path root, Path folder, Map<String, String> given) {
        List<String> named = ADDRESSES.stream()
                .filter(name -> !given.getOrDefault(name, "").isBlank())
                .toList();
        if (named.size() == ADDRESSES.size()) {
            return new Parts(Map.of(), Optional.empty(), named);
        }
        try {
            Files.createDirectories(folder);
            Process infra = new ProcessBuilder(List.of(
                            Jvm.java(),
                            "-Xmx160m",
                            "-XX:+UseSerialGC",
                            "-XX:+UseCompactObjectHeaders",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            Jvm.jar(root, "demo").toString(),
                            "dev.hexmart.bootstrap.demo.Infra",
                            "--fresh",
                            "--data",
                            folder.toString()))
                    .redirectError(folder.resolve("infra.log").toFile())
                    .start();
            Map<String, String> variables = read(infra, folder);
            variables.keySet().removeAll(named);
            if (named.contains("DATABASE_URL")) {
                variables.keySet().removeAll(List.of("DATABASE_USER", "DATABASE_PASSWORD"));
            }
            return new Parts(variables, Optional.of(infra), named);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> read(Process infra, Path folder) throws IOException {
        Map<String, String> variables = new HashMap<>();
        Iterator<String> lines =
                infra.inputReader(StandardCharsets.UTF_8).lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            Matcher export = EXPORT.matcher(line);
            if (export.matches()) {
                variables.put(export.group(1), export.group(2));
            } else if (line.contains("is ready")) {
                return variables;
            }
        }
        throw new BenchFailure("the embedded parts did not start:\n"
                + Files.readString(folder.resolve("infra.log")).strip());
    }

    /** What the services are told besides what they are given. */
    public Map<String, String> variables() {
        return variables;
    }

    /** In the words of the report. */
    String description() {
        return given.isEmpty() ? "embedded" : given.size() == ADDRESSES.size() ? "given" : "embedded, given: " + given;
    }

    boolean hasOwnDatabase() {
        return !given.contains("DATABASE_URL");
    }

    /** Port by part, as far as they are on this machine. */
    public static Map<String, Integer> ports(Map<String, String> environment) {
        Map<String, String> addresses = new HashMap<>();
        addresses.put(
                Meter.POSTGRES, environment.getOrDefault("DATABASE_URL", "").replaceFirst("^jdbc:", ""));
        addresses.put(Meter.REDIS, environment.getOrDefault("REDIS_URL", ""));
        addresses.put(Meter.BROKER, environment.getOrDefault("AMQP_URL", ""));
        Map<String, Integer> usual = Map.of(Meter.POSTGRES, 5432, Meter.REDIS, 6379, Meter.BROKER, 5672);
        Map<String, Integer> ports = new HashMap<>();
        addresses.forEach((part, text) -> {
            if (!text.isBlank()) {
                URI address = URI.create(text);
                if (isHere(address)) {
                    ports.put(part, address.getPort() < 0 ? usual.getOrDefault(part, 0) : address.getPort());
                }
            }
        });
        return ports;
    }

    static boolean isHere(URI address) {
        return List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(address.getHost()));
    }

    @Override
    public void close() {
        infra.ifPresent(process -> Jvm.stop(List.of(process), 60, TimeUnit.SECONDS));
    }
}
