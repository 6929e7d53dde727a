package dev.hexmart.tools.bench.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** h2load over HTTP/1.1: only what is read, and all requests as one shopper, since its headers are the same for all. */
public record H2load(Tools tools, Path program, Path folder) implements Generator {

    private static final Pattern REQUESTS = Pattern.compile(
            "(?m)^requests: ([0-9]+) total, .* ([0-9]+) done, ([0-9]+) succeeded, ([0-9]+) failed, ([0-9]+) errored,"
                    + " ([0-9]+) timeout$");
    private static final Pattern FINISHED = Pattern.compile("(?m)^finished in ([0-9.]+)(us|ms|s|m), ");

    @Override
    public String name() {
        return tools.version(program, "--version");
    }

    @Override
    public boolean canSend(String method) {
        return method.equals("GET");
    }

    @Override
    public Burst run(URI address, List<Route.Ask> asks, int connections, int seconds) {
        Path log = folder.resolve("h2load.log");
        Path paths = folder.resolve("h2load.paths");
        Route.Ask first = asks.getFirst();
        List<Route.Ask> same =
                asks.stream().filter(ask -> ask.value().equals(first.value())).toList();
        try {
            Files.deleteIfExists(log);
            Files.writeString(
                    paths, same.stream().map(ask -> address + ask.path()).collect(Collectors.joining("\n", "", "\n")));
            Tools.Output output = tools.run(
                    List.of(
                            program.toString(),
                            "--h1",
                            "--threads=1",
                            "--clients=" + connections,
                            "--duration=" + seconds,
                            "--log-file=" + log,
                            "--header=" + first.header() + ": " + first.value(),
                            "--header=Accept: " + first.accept(),
                            "--input-file=" + paths),
                    Map.of(),
                    seconds + 60);
            return parse(output.text(), Files.exists(log) ? Files.readString(log) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param log a line for each request: when it began, its status, its time in microseconds */
    public static Burst parse(String output, String log) {
        Matcher requests = REQUESTS.matcher(output);
        Matcher finished = FINISHED.matcher(output);
        if (!requests.find() || !finished.find() || Long.parseLong(requests.group(2)) == 0) {
            throw new BenchFailure("h2load did not measure anything. It said:\n" + output.strip());
        }
        long bad = Long.parseLong(requests.group(4)) + Long.parseLong(requests.group(6));
        double unit = switch (finished.group(2)) {
            case "us" -> 1e-6;
            case "ms" -> 1e-3;
            case "m" -> 60;
            default -> 1;
        };
        return new Burst(
                Long.parseLong(requests.group(2)),
                Double.parseDouble(finished.group(1)) * unit,
                bad,
                Latency.of(thirdColumn(log, "\t")));
    }

    /** The times of a log in milliseconds, which are the third column in microseconds, as in pgbench's logs too. */
    public static double[] thirdColumn(String log, String separator) {
        return log.lines()
                .map(line -> line.split(separator))
                .filter(columns -> columns.length > 2)
                .mapToDouble(columns -> Double.parseDouble(columns[2]) / 1e3)
                .toArray();
    }
}
