package dev.hexmart.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The medians of a {@link Report} in rows, for the terminal and for the page. */
record Table(String title, List<String> head, List<List<String>> rows) {

    private static final List<String> LATENCIES = List.of("p50 ms", "p95 ms", "p99 ms", "p99.9 ms");

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
                        .forEach(route -> rows.add(row(route.title(), target.name(), route)));
            }
        }
        return new Table("Routes", head("route", "target", "requests/s"), rows);
    }

    /** The routes in the order in which they were measured. */
    static List<String> keys(Report report) {
        return report.targets().stream()
                .flatMap(target -> target.routes().stream())
                .map(Report.Measurement::key)
                .distinct()
                .toList();
    }

    private static Table limits(Report report) {
        return new Table(
                "Limits",
                head("what", "tool", "a second"),
                report.limits().stream()
                        .map(limit -> row(limit.title(), limit.tool(), limit))
                        .toList());
    }

    private static List<String> head(String what, String whose, String rate) {
        return concat(List.of(List.of(what, whose, rate), LATENCIES, List.of("app", "Postgres", "Redis", "errors")));
    }

    private static List<String> row(String what, String whose, Report.Measurement measured) {
        return concat(List.of(
                List.of(what, whose),
                rateAndLatencies(measured),
                cpu(measured, Report.Part.APP, Report.Part.POSTGRES, Report.Part.REDIS),
                List.of(Long.toString(measured.errors()))));
    }

    private static Table orders(Report report) {
        List<List<String>> rows = new ArrayList<>();
        for (Report.Implementation target : report.targets()) {
            for (Report.OrderMeasurement orders : target.orders()) {
                Report.Measurement paid = orders.paidOnes();
                rows.add(concat(List.of(
                        List.of(orders.title(), target.name()),
                        rateAndLatencies(paid),
                        List.of(
                                Figures.number(orders.median(
                                        round -> round.post().latencyMs().p50())),
                                Figures.number(orders.median(
                                        round -> round.post().latencyMs().p99()))),
                        cpu(paid, Report.Part.APP, Report.Part.POSTGRES, Report.Part.BROKER),
                        List.of(Long.toString(paid.errors())))));
            }
        }
        return new Table(
                "Order to PAID",
                concat(List.of(
                        List.of("load", "target", "PAID/s"),
                        LATENCIES,
                        List.of("POST p50 ms", "POST p99 ms", "app", "Postgres", "broker", "not paid"))),
                rows);
    }

    private static List<String> rateAndLatencies(Report.Measurement measured) {
        return List.of(
                Figures.number(measured.median(Report.Round::perSecond)),
                Figures.number(measured.median(round -> round.latencyMs().p50())),
                Figures.number(measured.median(round -> round.latencyMs().p95())),
                Figures.number(measured.median(round -> round.latencyMs().p99())),
                Figures.number(measured.p999()));
    }

    private static List<String> cpu(Report.Measurement measured, Report.Part... parts) {
        return Stream.of(parts).map(part -> Figures.number(measured.cpu(part))).toList();
    }

    private static List<String> concat(List<List<String>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    private static Table services(Report report) {
        List<List<String>> rows = new ArrayList<>();
        for (Report.Implementation target : report.targets()) {
            for (Report.Service service : target.services()) {
                rows.add(List.of(
                        service.name(),
                        target.name(),
                        service.startSeconds().isEmpty() ? "–" : Figures.number(service.start()),
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
