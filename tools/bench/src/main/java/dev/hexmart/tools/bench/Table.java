package dev.hexmart.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The medians of a {@link Report} in rows, for the terminal and for the page. */
record Table(String title, List<String> head, List<List<String>> rows) {

    Table {
        head = List.copyOf(head);
        rows = List.copyOf(rows);
    }

    static List<Table> of(Report report) {
        return List.of(routes(report), orders(report), limits(report), services(report)).stream()
                .filter(table -> !table.rows().isEmpty())
                .map(table -> report.targets().size() == 1 ? table.without("target") : table)
                .toList();
    }

    private Table without(String column) {
        int place = head.indexOf(column);
        return place < 0
                ? this
                : new Table(
                        title,
                        without(head, place),
                        rows.stream().map(row -> without(row, place)).toList());
    }

    private static List<String> without(List<String> cells, int place) {
        List<String> fewer = new ArrayList<>(cells);
        fewer.remove(place);
        return fewer;
    }

    private static Table routes(Report report) {
        List<List<String>> rows = new ArrayList<>();
        for (String key : keys(report)) {
            for (Report.Implementation target : report.targets()) {
                target.routes().stream()
                        .filter(route -> route.key().equals(key))
                        .forEach(route -> rows.add(row(List.of(route.title(), target.name()), route)));
            }
        }
        return new Table(
                "Routes",
                List.of(
                        "route",
                        "target",
                        "requests/s",
                        "p50 ms",
                        "p95 ms",
                        "p99 ms",
                        "p99.9 ms",
                        "app",
                        "Postgres",
                        "Redis",
                        "errors"),
                rows);
    }

    /** The routes in the order in which they were measured. */
    static List<String> keys(Report report) {
        return report.targets().stream()
                .flatMap(target -> target.routes().stream())
                .map(Report.Measurement::key)
                .distinct()
                .toList();
    }

    private static List<String> row(List<String> names, Report.Measurement measured) {
        List<String> row = new ArrayList<>(names);
        row.add(Figures.number(measured.median(Report.Round::perSecond)));
        row.addAll(latency(measured));
        for (Report.Part part : List.of(Report.Part.APP, Report.Part.POSTGRES, Report.Part.REDIS)) {
            row.add(Figures.number(measured.cpu(part)));
        }
        row.add(Long.toString(measured.errors()));
        return row;
    }

    private static List<String> latency(Report.Measurement measured) {
        return List.of(
                Figures.number(measured.median(round -> round.burst().latency().p50())),
                Figures.number(measured.median(round -> round.burst().latency().p95())),
                Figures.number(measured.median(round -> round.burst().latency().p99())),
                Figures.number(p999(measured)));
    }

    static Optional<Double> p999(Report.Measurement measured) {
        return measured.rounds().stream()
                        .allMatch(round -> round.burst().latency().p999().isPresent())
                ? Optional.of(
                        measured.median(round -> round.burst().latency().p999().orElseThrow()))
                : Optional.empty();
    }

    private static Table orders(Report report) {
        List<List<String>> rows = new ArrayList<>();
        for (Report.Implementation target : report.targets()) {
            for (Report.OrderMeasurement orders : target.orders()) {
                rows.add(List.of(
                        orders.title(),
                        target.name(),
                        Figures.number(orders.median(Report.OrderRound::paidPerSecond)),
                        Figures.number(
                                orders.median(round -> round.outcome().toPaid().p50())),
                        Figures.number(
                                orders.median(round -> round.outcome().toPaid().p95())),
                        Figures.number(
                                orders.median(round -> round.outcome().toPaid().p99())),
                        Figures.number(orders.median(
                                round -> round.outcome().toPaid().p999().orElse(0))),
                        Figures.number(orders.median(
                                round -> round.outcome().post().latency().p50())),
                        Figures.number(orders.median(
                                round -> round.outcome().post().latency().p99())),
                        Figures.number(orders.cpu(Report.Part.APP)),
                        Figures.number(orders.cpu(Report.Part.POSTGRES)),
                        Figures.number(orders.cpu(Report.Part.BROKER)),
                        Long.toString(orders.rounds().stream()
                                .mapToLong(round -> round.outcome().post().errors() + round.unpaid())
                                .sum())));
            }
        }
        return new Table(
                "Order to PAID",
                List.of(
                        "load",
                        "target",
                        "PAID/s",
                        "p50 ms",
                        "p95 ms",
                        "p99 ms",
                        "p99.9 ms",
                        "POST p50 ms",
                        "POST p99 ms",
                        "app",
                        "Postgres",
                        "broker",
                        "not paid"),
                rows);
    }

    private static Table limits(Report report) {
        List<List<String>> rows = report.limits().stream()
                .map(limit -> row(List.of(limit.title(), limit.tool()), limit))
                .toList();
        return new Table(
                "Limits",
                List.of(
                        "what",
                        "tool",
                        "a second",
                        "p50 ms",
                        "p95 ms",
                        "p99 ms",
                        "p99.9 ms",
                        "app",
                        "Postgres",
                        "Redis",
                        "errors"),
                rows);
    }

    private static Table services(Report report) {
        List<List<String>> rows = new ArrayList<>();
        for (Report.Implementation target : report.targets()) {
            for (Report.Service service : target.services()) {
                rows.add(List.of(
                        service.name(),
                        target.name(),
                        service.starts().isEmpty() ? "–" : Figures.number(service.start()),
                        service.residentMiB() > 0 ? Figures.number(service.residentMiB()) : "–",
                        service.peakMiB() > 0 ? Figures.number(service.peakMiB()) : "–"));
            }
        }
        return new Table(
                "Services", List.of("service", "target", "start to first answer s", "resident MiB", "peak MiB"), rows);
    }

    /** As a table of Markdown, its figures to the right. */
    String markdown() {
        String rule = IntStream.range(0, head.size())
                .mapToObj(column -> isText(column) ? "---" : "--:")
                .collect(Collectors.joining(" | ", "| ", " |"));
        return line(head) + "\n" + rule + "\n" + rows.stream().map(Table::line).collect(Collectors.joining("\n"))
                + "\n";
    }

    private boolean isText(int column) {
        return column == 0
                || head.get(column).equals("target")
                || head.get(column).equals("tool");
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** For the terminal. */
    String text() {
        int[] widths = IntStream.range(0, head.size())
                .map(column -> Math.max(
                        head.get(column).length(),
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toArray();
        List<List<String>> all = new ArrayList<>(List.of(head));
        all.addAll(rows);
        return all.stream()
                        .map(row -> IntStream.range(0, row.size())
                                .mapToObj(column -> padded(row.get(column), widths[column], isText(column)))
                                .collect(Collectors.joining("  "))
                                .stripTrailing())
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static String padded(String cell, int width, boolean left) {
        String blanks = " ".repeat(width - cell.length());
        return left ? cell + blanks : blanks + cell;
    }
}
