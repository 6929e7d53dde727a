package dev.hexmart.systemtests;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is in {@code infra/monitoring} and in the runbooks, as the tests read it. */
final class Monitoring {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    static final Path FOLDER = ROOT.resolve("infra/monitoring");
    static final Path RULES = FOLDER.resolve("prometheus/rules");
    static final Path DASHBOARDS = FOLDER.resolve("grafana/dashboards");
    static final Path RUNBOOKS = ROOT.resolve("docs/runbooks");

    private static final Pattern BLOCK = Pattern.compile("^```promql\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    private Monitoring() {}

    /** A recording rule, or an alert. */
    record Rule(
            String name, boolean isAlert, String text, Map<String, Object> labels, Map<String, Object> annotations) {}

    /** A dashboard, and the file that it is in. */
    record Dashboard(Path file, JsonObject json) {

        String uid() {
            return json.getString("uid");
        }

        List<JsonObject> panels() {
            return json.getJsonArray("panels").getValuesAs(JsonObject.class);
        }
    }

    /** Something that is asked of Prometheus, Loki or Tempo, and where that stands. */
    record Query(String where, String language, String text, boolean isExemplary) {

        /** With what Grafana would put in for its variables. */
        String during(String rateInterval, String range) {
            return text.replace("$__rate_interval", rateInterval).replace("$__range", range);
        }
    }

    static List<Rule> rules() {
        return files(RULES, ".yml").stream()
                .flatMap(file -> list(yaml(file), "groups").stream())
                .flatMap(group -> list(group, "rules").stream())
                .map(rule -> new Rule(
                        (String) rule.getOrDefault("alert", rule.get("record")),
                        rule.containsKey("alert"),
                        (String) rule.get("expr"),
                        map(rule, "labels"),
                        map(rule, "annotations")))
                .toList();
    }

    static List<Rule> alerts() {
        return rules().stream().filter(Rule::isAlert).toList();
    }

    static List<Dashboard> dashboards() {
        return files(DASHBOARDS, ".json").stream()
                .map(file -> {
                    try (JsonReader reader = Json.createReader(new StringReader(read(file)))) {
                        return new Dashboard(file, reader.readObject());
                    }
                })
                .toList();
    }

    /** What the panels ask. */
    static List<Query> panelQueries() {
        return dashboards().stream()
                .flatMap(dashboard -> dashboard.panels().stream().flatMap(panel -> queries(dashboard, panel)))
                .toList();
    }

    /** All PromQL that there is: in panels, rules and runbooks. */
    static List<Query> promQl() {
        Stream<Query> rules =
                rules().stream().map(rule -> new Query("rule " + rule.name(), "prometheus", rule.text(), false));
        Stream<Query> runbooks = files(RUNBOOKS, ".md").stream()
                .flatMap(file -> BLOCK.matcher(read(file))
                        .results()
                        .map(block -> new Query(
                                file.getFileName().toString(),
                                "prometheus",
                                block.group(1).strip(),
                                false)));
        Stream<Query> panels =
                panelQueries().stream().filter(query -> query.language().equals("prometheus"));
        return Stream.of(rules, runbooks, panels).flatMap(Function.identity()).toList();
    }

    static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> yaml(Path file) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(read(file));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> parent, String key) {
        return (List<Map<String, Object>>) parent.getOrDefault(key, List.of());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.getOrDefault(key, Map.of());
    }

    private static Stream<Query> queries(Dashboard dashboard, JsonObject panel) {
        return panel
                .getOrDefault("targets", JsonArray.EMPTY_JSON_ARRAY)
                .asJsonArray()
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(target -> target.containsKey("expr") || target.containsKey("query"))
                .map(target -> new Query(
                        dashboard.file().getFileName() + " / " + panel.getString("title"),
                        target.getJsonObject("datasource").getString("uid"),
                        target.getString("expr", target.getString("query", "")),
                        target.getBoolean("exemplar", false)));
    }
}
