package dev.hexmart.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A report as a page with charts, each in a file of its own beside the JSON. */
final class Page {

    private Page() {}

    /** Writes the page of a report; returns its files. */
    static List<Path> write(Path json) {
        String file = String.valueOf(json.getFileName());
        if (!file.endsWith(".json")) {
            throw new IllegalArgumentException("--page needs the JSON of a benchmark, and " + json + " ends otherwise");
        }
        try {
            List<Path> written = new ArrayList<>();
            for (Map.Entry<String, String> each : files(
                            file.substring(0, file.length() - ".json".length()), Files.readString(json))
                    .entrySet()) {
                Path target = json.resolveSibling(each.getKey());
                Files.writeString(target, each.getValue());
                written.add(target);
            }
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException("the page of " + json + " cannot be made: " + e, e);
        }
    }

    /** Content by file name. @param name of the JSON file, without its ending */
    static Map<String, String> files(String name, String json) {
        Report report = ReportJson.read(json);
        Map<String, String> charts = new LinkedHashMap<>();
        if (!Table.keys(report).isEmpty()) {
            charts.put(name + "-cpu.svg", cpu(report).bars());
            charts.put(name + "-requests.svg", requests(report).bars());
            charts.put(name + "-latency.svg", latencies(report).marks());
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put(name + ".md", markdown(name, report, charts));
        files.putAll(charts);
        return files;
    }

    private static String markdown(String name, Report report, Map<String, String> charts) {
        StringBuilder page = new StringBuilder();
        Report.Machine machine = report.machine();
        Report.Settings settings = report.settings();
        page.append("""
            # Benchmark

            Measured %s by `%s` on %s, %d cores, %,d MiB, %s; %s; %s, parts: %s. Each route was loaded by %s over %d \
            connections, in %s of %d s after %d s of warm-up%s Generator, \
            services and parts share the machine: CPU for each 1,000 requests and ratios within this run say something about other machines, requests a second do not.

            Made from [%s.json](%s.json) by `./hexmart bench --page docs/%s.json`; `./hexmart bench` measures the same on your machine, `./hexmart bench --help` says what else it can.
            """.formatted(
                        report.when().replaceFirst("T.*", ""),
                        settings.command(),
                        machine.processor(),
                        machine.cores(),
                        machine.memoryMiB(),
                        machine.system(),
                        machine.java(),
                        settings.cache() ? "with AOT caches" : "without AOT caches",
                        settings.parts(),
                        machine.generator(),
                        settings.connections(),
                        settings.rounds() == 1 ? "one round" : settings.rounds() + " alternating rounds",
                        settings.seconds(),
                        settings.warmUp(),
                        settings.rounds() == 1 ? "." : "; the figures are medians of the rounds.",
                        name,
                        name,
                        name));
        charts.keySet().forEach(chart -> page.append("\n![%s](%s)\n".formatted(alternative(chart), chart)));
        for (Table table : Table.of(report)) {
            page.append("\n## ").append(table.title()).append("\n\n");
            page.append(explanation(table.title())).append("\n\n");
            page.append(table.markdown());
        }
        page.append("\n## How it is measured\n\n");
        page.append("* The JVMs have the options of the images: `")
                .append(String.join(" ", settings.jvm()))
                .append("`.\n");
        page.append("""
            * CPU is the kernel's accounting of each process (`/proc/PID/stat`), Postgres with all its processes.
            * wrk sends a connection's next request when the one before is answered: its percentiles leave out what would have waited meanwhile (coordinated omission). The fixed \
            rate of orders does not.
            * A token comes with each request, of 64 shoppers in turn; the pages come with sessions of 24. Each service verifies the token itself.
            * The embedded broker is Apache Qpid with its Derby store; with `AMQP_URL` orders go over a RabbitMQ.
            * An order is of one piece, paid by `card-ok`. Its time is that from `PENDING` to `PAID` in its history; PAID/s counts until the last order is paid.
            """);
        if (!report.notes().isEmpty()) {
            page.append("\n## Notes\n\n");
            report.notes().forEach(note -> page.append("* ").append(note).append(".\n"));
        }
        return page.toString();
    }

    private static String alternative(String chart) {
        if (chart.endsWith("-cpu.svg")) {
            return "CPU for each request, by route, as in the table of routes";
        }
        return chart.endsWith("-requests.svg")
                ? "Requests a second by route, as in the table of routes"
                : "Latencies by route from p50 to p99.9, as in the tables of routes and orders";
    }

    private static String explanation(String table) {
        return switch (table) {
            case "Routes" ->
                "The columns app, Postgres and Redis are CPU seconds for each 1,000 requests, which is milliseconds"
                        + " for each; app is all services together.";
            case "Order to PAID" ->
                "From `POST /cartCheckout` over the outboxes, the broker and the inboxes of three services. CPU is for"
                        + " each 1,000 orders, until the last one is paid.";
            case "Limits" ->
                "What the same machine did in the same rounds with less to do: a page of products from memory, the"
                        + " statements without the services, the commands without the services.";
            default ->
                "Start to first answer is from the start of the process to the first answer with data, the median of"
                        + " the rounds; resident is after all of the load.";
        };
    }

    private static Chart cpu(Report report) {
        List<Report.Part> parts = List.of(Report.Part.APP, Report.Part.POSTGRES, Report.Part.REDIS);
        return new Chart(
                "CPU for each request",
                "milliseconds; less is better",
                List.of("services", "Postgres", "Redis"),
                rows(report)
                        .map(row -> {
                            List<Double> values = parts.stream()
                                    .map(part -> row.measured().cpu(part).orElse(0.0))
                                    .toList();
                            return new Chart.Row(
                                    row.label(),
                                    values,
                                    Figures.number(values.stream()
                                            .mapToDouble(Double::doubleValue)
                                            .sum()));
                        })
                        .toList());
    }

    private static Chart requests(Report report) {
        return new Chart(
                "Requests a second",
                "%d connections; more is better".formatted(report.settings().connections()),
                List.of("requests a second"),
                rows(report)
                        .map(row -> {
                            double value = row.measured().median(Report.Round::perSecond);
                            return new Chart.Row(row.label(), List.of(value), Figures.number(value));
                        })
                        .toList());
    }

    private static Chart latencies(Report report) {
        Stream<Labelled> orders = report.targets().stream()
                .flatMap(target -> target.orders().stream()
                        .map(each -> new Labelled(
                                label("order to PAID, " + each.title(), target, report), each.paidOnes())));
        return new Chart(
                "Latency",
                "milliseconds, logarithmic; less is better",
                List.of("p50", "p95", "p99", "p99.9"),
                Stream.concat(rows(report), orders)
                        .map(row -> latencies(row.label(), row.measured()))
                        .toList());
    }

    private static Chart.Row latencies(String label, Report.Measurement measured) {
        double p99 = measured.median(round -> round.latencyMs().p99());
        return new Chart.Row(
                label,
                List.of(
                        measured.median(round -> round.latencyMs().p50()),
                        measured.median(round -> round.latencyMs().p95()),
                        p99,
                        measured.p999().orElse(0.0)),
                "p99 " + Figures.number(p99));
    }

    private record Labelled(String label, Report.Measurement measured) {}

    /** The routes, one implementation under the other, and the static answer. */
    private static Stream<Labelled> rows(Report report) {
        Stream<Labelled> routes = Table.keys(report).stream()
                .flatMap(key -> report.targets().stream()
                        .flatMap(target -> target.routes().stream()
                                .filter(route -> route.key().equals(key))
                                .map(route -> new Labelled(label(route.title(), target, report), route))));
        Optional<Labelled> limit = report.limits().stream()
                .filter(each -> each.key().equals("static"))
                .map(each -> new Labelled("a static answer, bare Helidon", each))
                .findFirst();
        return Stream.concat(routes, limit.stream());
    }

    private static String label(String title, Report.Implementation target, Report report) {
        return report.targets().size() == 1 ? title : title + ", " + target.name();
    }
}
