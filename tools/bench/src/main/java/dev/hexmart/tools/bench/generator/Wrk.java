package dev.hexmart.tools.bench.generator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** wrk, with a script that sends a list of requests over and over. */
public final class Wrk implements Generator {

    private static final Pattern RESULT = Pattern.compile("(?m)^bench( [a-z0-9]+=[0-9]+)+$");
    private static final Pattern NUMBER = Pattern.compile("([a-z0-9]+)=([0-9]+)");

    private final Tools tools;
    private final Path program;
    private final Path script;
    private final Path requests;

    public Wrk(Tools tools, Path program, Path folder) {
        this.tools = tools;
        this.program = program;
        this.script = folder.resolve("wrk.lua");
        this.requests = folder.resolve("requests.tsv");
        try (InputStream text = Objects.requireNonNull(Wrk.class.getResourceAsStream("wrk.lua"))) {
            Files.write(script, text.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return tools.version(program, "-v").replaceFirst(" Copyright.*", "");
    }

    @Override
    public boolean canSend(String method) {
        return true;
    }

    @Override
    public Burst run(URI address, List<Route.Ask> asks, int connections, int seconds) {
        try {
            Files.writeString(requests, asks.stream().map(Route.Ask::line).collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Tools.Output output = tools.run(
                List.of(
                        program.toString(),
                        "--threads=1",
                        "--connections=" + connections,
                        "--duration=" + seconds + "s",
                        "--timeout=10s",
                        "--script=" + script,
                        address.toString()),
                Map.of("REQUESTS", requests.toString()),
                seconds + 60);
        return parse(output.text());
    }

    /** Reads the line that the script prints at the end. */
    public static Burst parse(String output) {
        Matcher result = RESULT.matcher(output);
        if (!result.find()) {
            throw new BenchFailure("wrk did not measure anything. It said:\n" + output.strip());
        }
        Map<String, Long> numbers = new HashMap<>();
        NUMBER.matcher(result.group())
                .results()
                .forEach(number -> numbers.put(number.group(1), Long.valueOf(number.group(2))));
        long errors = 0;
        for (String kind : List.of("connect", "read", "write", "status", "timeout")) {
            errors += get(numbers, kind);
        }
        return new Burst(
                get(numbers, "requests"),
                get(numbers, "us") / 1e6,
                errors,
                new Latency(
                        get(numbers, "p50") / 1e3,
                        get(numbers, "p95") / 1e3,
                        get(numbers, "p99") / 1e3,
                        OptionalDouble.of(get(numbers, "p999") / 1e3)));
    }

    private static long get(Map<String, Long> numbers, String name) {
        return numbers.getOrDefault(name, 0L);
    }
}
