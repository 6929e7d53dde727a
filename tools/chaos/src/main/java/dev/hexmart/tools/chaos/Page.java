package dev.hexmart.tools.chaos;

import dev.hexmart.tools.bench.Chart;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results of a run as a page with a chart beside the JSON. */
final class Page {

    private Page() {}

    /** Writes the page of the results; returns its files. */
    static List<Path> write(Path json) {
        String file = String.valueOf(json.getFileName());
        if (!file.endsWith(".json")) {
            throw new IllegalArgumentException("--page needs the JSON of a run, and " + json + " ends otherwise");
        }
        try {
            Map<String, String> files = files(file.substring(0, file.length() - 5), Files.readString(json));
            for (Map.Entry<String, String> each : files.entrySet()) {
                Files.writeString(json.resolveSibling(each.getKey()), each.getValue());
            }
            return files.keySet().stream().map(json::resolveSibling).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the page of " + json + " cannot be made: " + e, e);
        }
    }

    /** Content by file name. @param name of the JSON file, without its ending */
    static Map<String, String> files(String name, String json) {
        JsonObject report;
        try (var reader = Json.createReader(new StringReader(json))) {
            report = reader.readObject();
            Map<String, String> files = new LinkedHashMap<>();
            files.put(name + ".md", markdown(name, report));
            files.put(name + ".svg", chart(report).bars());
            return files;
        } catch (JsonException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("the file has no results of ./hexmart chaos: " + e.getMessage(), e);
        }
    }

    private static String markdown(String name, JsonObject report) {
        StringBuilder page = new StringBuilder("""
            # Chaos

            What customers see while services and stores are killed, paused, cut off and starved, and what is lost by it. Run %s by `%s` on %s; stores: %s. \
            Shoppers came at %s checkouts a second for %d s; a fault every %d s, %d in all, lasting 2 to 5 s. There was one process of each service, so a fault of it is an outage.

            Made from [%s.json](%s.json) by `./hexmart chaos --page docs/%s.json`; the same seed makes the same plan on your machine.

            """.formatted(
                        report.getString("when").replaceFirst("T.*", ""),
                        report.getString("command"),
                        report.getString("machine"),
                        report.getString("stores"),
                        report.getJsonNumber("rate"),
                        report.getInt("seconds"),
                        report.getInt("every"),
                        report.getInt("faults"),
                        name,
                        name,
                        name));
        page.append(summary(report));
        page.append("\n![Seconds in which requests failed, by dependency and fault](")
                .append(name)
                .append(".svg)\n");
        page.append("\n## Dependency and fault\n\n").append(table(report));
        page.append("""

            *Saw* counts failed requests of the catalog and of checkouts, from the fault until the next one; *failing for* is the longest time from the first to the last of \
            them; *slowest* is with all repetitions. *Given up* is what came to nothing in 10 s. *Lost* counts breaches about orders of that time.

            """);
        for (Fault fault : Fault.values()) {
            page.append("* ").append(fault).append(": ").append(fault.words()).append(".\n");
        }
        page.append(
                "\n## Invariants\n\nChecked by [`./hexmart audit`](../README.md#commands) after the last shopper had left.\n\n");
        report.getJsonArray("invariants")
                .getValuesAs(JsonObject.class)
                .forEach(it -> page.append("* ")
                        .append(it.getString("rule"))
                        .append(" (")
                        .append(it.getString("checked"))
                        .append("): **")
                        .append(it.getInt("breaches") == 0 ? "holds" : it.getInt("breaches") + " breaches")
                        .append("**\n"));
        strings(report, "breaches")
                .forEach(it -> page.append("    * ").append(it).append("\n"));
        if (!report.getJsonArray("notes").isEmpty()) {
            page.append("\n## Notes\n\n");
            strings(report, "notes").forEach(it -> page.append("* ").append(it).append("\n"));
        }
        return page.toString();
    }

    private static List<String> strings(JsonObject report, String name) {
        return report.getJsonArray(name).getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    /** The availability in words. */
    static String summary(JsonObject report) {
        StringBuilder words = new StringBuilder();
        for (String what : List.of("catalog", "checkout")) {
            JsonObject it = report.getJsonObject(what);
            words.append(
                    "* %s: available to %s %% of %d customers, who repeat for up to 10 s what is refused with 503 or not answered; %s %% of %d single requests were answered\n"
                            .formatted(
                                    what,
                                    percent(it, "percent"),
                                    it.getInt("actions"),
                                    percent(it, "percentOfRequests"),
                                    it.getInt("requests")));
        }
        words.append("* %d orders acknowledged; %d breaches of the invariants\n"
                .formatted(
                        report.getInt("acknowledged"),
                        report.getJsonArray("breaches").size()));
        return words.toString();
    }

    private static String percent(JsonObject json, String name) {
        return String.format(Locale.ROOT, "%.2f", json.getJsonNumber(name).doubleValue());
    }

    static String table(JsonObject report) {
        StringBuilder table = new StringBuilder("""
            | dependency | fault | times | saw | failing for | slowest page | slowest checkout | given up | lost |
            |---|---|--:|---|--:|--:|--:|--:|--:|
            """);
        for (JsonObject row : report.getJsonArray("rows").getValuesAs(JsonObject.class)) {
            Map<String, JsonValue> seen = row.getJsonObject("seen");
            table.append("| %s | %s | %d | %s | %s | %s | %s | %d | %d |\n"
                    .formatted(
                            row.getString("dependency"),
                            row.getString("fault"),
                            row.getInt("times"),
                            seen.isEmpty()
                                    ? "nothing"
                                    : seen.entrySet().stream()
                                            .map(it -> it.getKey() + " × " + it.getValue())
                                            .collect(Collectors.joining(", ")),
                            seconds(row, "seconds"),
                            seconds(row, "slowestPage"),
                            seconds(row, "slowestCheckout"),
                            row.getInt("givenUp"),
                            row.getInt("lost")));
        }
        return table.toString();
    }

    private static String seconds(JsonObject row, String name) {
        double value = row.getJsonNumber(name).doubleValue();
        return value == 0 ? "–" : String.format(Locale.ROOT, "%.1f s", value);
    }

    private static Chart chart(JsonObject report) {
        return new Chart(
                "How long requests failed",
                "seconds, the longest of all times; less is better",
                List.of("seconds"),
                report.getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                        .map(row -> new Chart.Row(
                                row.getString("dependency") + ": " + row.getString("fault"),
                                List.of(row.getJsonNumber("seconds").doubleValue()),
                                seconds(row, "seconds")))
                        .toList());
    }
}
