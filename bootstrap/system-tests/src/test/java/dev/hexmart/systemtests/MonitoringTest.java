package dev.hexmart.systemtests;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.systemtests.Monitoring.Dashboard;
import dev.hexmart.systemtests.Monitoring.Query;
import dev.hexmart.systemtests.Monitoring.Rule;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What monitoring consists of fits together: rules, alerts, runbooks, dashboards, and what stores it all. */
class MonitoringTest {

    private static final Pattern DASHBOARD_LINK = Pattern.compile("/d/([\\w-]+)");
    private static final Pattern PAGE_LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Set<String> SAY_IT_THEMSELVES = Set.of("row", "text");

    @TempDir
    private Path folder;

    @Test
    @Needs(Needs.PROMTOOL)
    void prometheusTakesItsConfiguration() {
        promtool(
                "check",
                "config",
                Monitoring.FOLDER.resolve("prometheus/prometheus.yml").toString());
    }

    @Test
    @Needs(Needs.PROMTOOL)
    void everyPromQlExpressionParses() throws IOException {
        JsonArrayBuilder rules = Json.createArrayBuilder();
        List<Query> queries = Monitoring.promQl();
        for (int i = 0; i < queries.size(); i++) {
            // The label leads from promtool's complaint to the place.
            rules.add(Json.createObjectBuilder()
                    .add("record", "query:" + i)
                    .add(
                            "labels",
                            Json.createObjectBuilder()
                                    .add("place", queries.get(i).where()))
                    .add("expr", queries.get(i).during("1m", "1h")));
        }
        Path file = Files.writeString(
                folder.resolve("queries.yml"),
                Json.createObjectBuilder()
                        .add(
                                "groups",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("name", "queries")
                                                .add("rules", rules)))
                        .build()
                        .toString());
        assertThat(queries).hasSizeGreaterThan(150);
        assertThat(promtool("check", "rules", file.toString())).contains(queries.size() + " rules found");
    }

    @Test
    @Needs(Needs.PROMTOOL)
    void everyAlertFiresAboveWhatItTakesAndNotBelow() {
        List<Path> tests = Monitoring.files(Monitoring.FOLDER.resolve("prometheus/tests"), ".yml");
        promtool(Stream.concat(Stream.of("test", "rules"), tests.stream().map(Path::toString))
                .toArray(String[]::new));
        String fired = tests.stream().map(Monitoring::read).collect(joining());
        assertThat(Monitoring.alerts()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            String window = alert.labels().containsKey("window")
                    ? ", window=\"%s\"".formatted(alert.labels().get("window"))
                    : "";
            assertThat(fired)
                    .containsPattern("alertname=\"%s\", severity=\"%s\"[^}]*%s"
                            .formatted(alert.name(), alert.labels().get("severity"), window));
        });
    }

    @Test
    @Needs(Needs.GRAMMARS)
    void everyLogQlAndTraceQlQueryParses() throws IOException {
        JsonArrayBuilder queries = Json.createArrayBuilder();
        List<Query> asked = Monitoring.panelQueries().stream()
                .filter(query -> !query.language().equals("prometheus"))
                .toList();
        asked.forEach(query -> queries.add(Json.createObjectBuilder()
                .add("where", query.where())
                .add("language", query.language())
                .add("text", query.text())));
        assertThat(asked).extracting(Query::language).contains("loki", "tempo");
        Path input = Files.writeString(
                folder.resolve("queries.json"), queries.build().toString());
        run(
                input,
                List.of(
                        "node",
                        Path.of(System.getenv("GRAMMARS")).resolve("check.mjs").toString()));
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() {
        assertThat(Monitoring.alerts()).allSatisfy(alert -> {
            assertThat(alert.labels().get("severity")).isIn("page", "ticket");
            assertThat(alert.annotations())
                    .containsOnlyKeys("summary", "description", "runbook_url", "dashboard_url")
                    .containsEntry("runbook_url", "docs/runbooks/" + alert.name() + ".md");
        });
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() {
        assertThat(Monitoring.files(Monitoring.RUNBOOKS, ".md"))
                .extracting(file -> file.getFileName().toString().replace(".md", ""))
                .containsExactlyInAnyOrderElementsOf(
                        Monitoring.alerts().stream().map(Rule::name).collect(toSet()));
        assertThat(Monitoring.files(Monitoring.RUNBOOKS, ".md"))
                .allSatisfy(file -> assertThat(Monitoring.read(file))
                        .contains("## Meaning", "## Diagnosis", "## Mitigation", "## Verification")
                        .contains("```promql"));
    }

    @Test
    void everyLinkToADashboardLeadsToOne() {
        List<Dashboard> dashboards = Monitoring.dashboards();
        assertThat(dashboards).hasSize(10).extracting(Dashboard::uid).doesNotHaveDuplicates();
        Stream<String> texts = Stream.concat(
                dashboards.stream().map(dashboard -> dashboard.json().toString()),
                Monitoring.alerts().stream()
                        .map(alert -> alert.annotations().get("dashboard_url").toString()));
        Set<String> linked = texts.flatMap(text -> DASHBOARD_LINK.matcher(text).results())
                .map(link -> link.group(1))
                .collect(toSet());
        assertThat(linked)
                .containsExactlyInAnyOrderElementsOf(
                        dashboards.stream().map(Dashboard::uid).toList());
    }

    @Test
    void everyPanelCanBeRead() {
        assertThat(Monitoring.dashboards()).allSatisfy(dashboard -> {
            assertThat(dashboard.json().getString("description")).isNotBlank();
            assertThat(dashboard.panels()).extracting(MonitoringTest::kind).contains("stat");
            assertThat(dashboard.panels()).allSatisfy(panel -> {
                assertThat(panel.getString("title")).isNotBlank();
                if (!SAY_IT_THEMSELVES.contains(kind(panel))) {
                    assertThat(panel.getString("description")).isNotBlank();
                }
                if (Set.of("stat", "timeseries").contains(kind(panel))) {
                    assertThat(panel.getJsonObject("fieldConfig").getJsonObject("defaults"))
                            .containsKeys("unit", "thresholds");
                }
                if (kind(panel).equals("timeseries")) {
                    assertThat(panel.getJsonObject("options")
                                    .getJsonObject("legend")
                                    .getBoolean("showLegend"))
                            .isTrue();
                }
            });
            Set<String> cells = new TreeSet<>();
            assertThat(dashboard.panels().stream().flatMap(MonitoringTest::cells))
                    .as("no panel lies on another")
                    .allMatch(cells::add);
        });
    }

    @Test
    void everyPanelAsksADataSourceThatIsProvisioned() {
        Set<String> provisioned = Monitoring.list(dataSources(), "datasources").stream()
                .map(source -> source.get("uid").toString())
                .collect(toSet());
        assertThat(provisioned).containsExactlyInAnyOrder("prometheus", "tempo", "loki");
        assertThat(Monitoring.panelQueries()).extracting(Query::language).isSubsetOf(provisioned);
    }

    @Test
    void theDataSourcesAreJoinedInARing() {
        String text = dataSources().toString();
        assertThat(text)
                .contains("exemplarTraceIdDestinations=[{name=trace_id, datasourceUid=tempo")
                .contains("tracesToLogsV2={datasourceUid=loki")
                .contains("tracesToMetrics={datasourceUid=prometheus")
                .contains("serviceMap={datasourceUid=prometheus}")
                .contains(
                        "derivedFields=[{name=trace_id, matcherType=label, matcherRegex=trace_id, datasourceUid=tempo");
        // Provisioning takes a single dollar for a variable of the environment.
        assertThat(text.replace("$$", "")).doesNotContain("$");
    }

    @Test
    void prometheusAsksEveryServiceAtItsManagementPort() {
        assertThat(Monitoring.list(
                                Monitoring.yaml(Monitoring.FOLDER.resolve("prometheus/prometheus.yml")),
                                "scrape_configs")
                        .stream()
                        .flatMap(job -> Monitoring.list(job, "static_configs").stream())
                        .map(target -> Monitoring.map(target, "labels").get("service") + "=" + target.get("targets")))
                .containsExactlyInAnyOrder(
                        "gateway=[gateway:9080]",
                        "products=[products:9081]",
                        "cart=[cart:9082]",
                        "orders=[orders:9083]",
                        "payments=[payments:9084]",
                        "rabbitmq=[rabbitmq:15692]",
                        "prometheus=[localhost:9090]");
    }

    /** With any of these the third Tempo does not start, or receives no traces. */
    @Test
    void tempoIsConfiguredAsItsThirdReleaseTakesIt() {
        Map<String, Object> tempo = Monitoring.yaml(Monitoring.FOLDER.resolve("tempo/tempo.yaml"));
        assertThat(tempo).doesNotContainKeys("ingester", "compactor", "metrics_generator_client");
        assertThat(tempo.toString())
                .doesNotContain("local-blocks", "local_blocks")
                .contains("grpc={endpoint=0.0.0.0:4317}", "http={endpoint=0.0.0.0:4318}")
                .contains("processors=[service-graphs, span-metrics]")
                .contains("url=http://prometheus:9090/api/v1/write, send_exemplars=true");
    }

    @Test
    void lokiKeepsWhatComesByOtlp() {
        Map<String, Object> loki = Monitoring.yaml(Monitoring.FOLDER.resolve("loki/loki.yaml"));
        assertThat(loki.toString())
                .contains("store=tsdb", "schema=v13", "allow_structured_metadata=true", "retention_enabled=true");
    }

    @Test
    void theCollectorLimitsItsMemoryBeforeAllElse() {
        Map<String, Object> collector = Monitoring.yaml(Monitoring.FOLDER.resolve("collector/config.yaml"));
        Map<String, Object> pipelines = Monitoring.map(Monitoring.map(collector, "service"), "pipelines");
        assertThat(pipelines).containsOnlyKeys("traces", "logs");
        pipelines.keySet().forEach(name -> {
            Map<String, Object> pipeline = Monitoring.map(pipelines, name);
            assertThat(pipeline.get("processors")).isEqualTo(List.of("memory_limiter", "batch"));
            for (String part : List.of("receivers", "processors", "exporters")) {
                assertThat(Monitoring.map(collector, part).keySet()).containsAll(strings(pipeline.get(part)));
            }
        });
        assertThat(Monitoring.map(collector, "exporters").keySet()).allSatisfy(name -> {
            // Without the underscore these are names that go away.
            assertThat(name).startsWith("otlp_http/");
            assertThat(Monitoring.map(Monitoring.map(collector, "exporters"), name))
                    .containsKeys("retry_on_failure", "sending_queue");
        });
    }

    @Test
    void theGuideNamesEveryDashboardAndEveryAlert() {
        Path guide = Monitoring.ROOT.resolve("docs/observability.md");
        Set<String> links = PAGE_LINK
                .matcher(Monitoring.read(guide))
                .results()
                .map(link -> link.group(1))
                .collect(toSet());
        assertThat(links)
                .allSatisfy(link ->
                        assertThat(guide.resolveSibling(link).normalize()).exists());
        assertThat(links)
                .containsAll(Monitoring.alerts().stream()
                        .map(alert -> "runbooks/" + alert.name() + ".md")
                        .toList())
                .containsAll(Monitoring.dashboards().stream()
                        .map(dashboard -> "../infra/monitoring/grafana/dashboards/"
                                + dashboard.file().getFileName())
                        .toList());
    }

    private static String kind(JsonObject panel) {
        return panel.getString("type");
    }

    private static Stream<String> cells(JsonObject panel) {
        JsonObject at = panel.getJsonObject("gridPos");
        List<String> cells = new ArrayList<>();
        for (int x = at.getInt("x"); x < at.getInt("x") + at.getInt("w"); x++) {
            for (int y = at.getInt("y"); y < at.getInt("y") + at.getInt("h"); y++) {
                cells.add(x + "," + y);
            }
        }
        return cells.stream();
    }

    private static Map<String, Object> dataSources() {
        return Monitoring.yaml(Monitoring.FOLDER.resolve("grafana/provisioning/datasources/hexmart.yaml"));
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }

    private String promtool(String... arguments) {
        return run(
                Path.of("/dev/null"),
                Stream.concat(Stream.of(System.getenv("PROMTOOL")), Arrays.stream(arguments))
                        .toList());
    }

    /** What the command says; it is an error if it ends with one. */
    private String run(Path input, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(input.toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
