package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.systemtests.Monitoring.Query;
import dev.hexmart.systemtests.Monitoring.Rule;
import dev.hexmart.systemtests.PromQlNames.Matching;
import dev.hexmart.systemtests.PromQlNames.Selector;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What dashboards, rules and runbooks ask for is what a shop tells, and every panel has something to show. */
@ExtendWith(SharedShop.Open.class)
class DashboardsOnTheShopTest {

    private static final List<String> SERVICES = List.of("gateway", "products", "cart", "orders", "payments");
    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What Prometheus itself adds to what it fetches. */
    private static final Map<String, Set<String>> TARGET =
            Map.of("service", Set.copyOf(SERVICES), "job", Set.of("hexmart"), "instance", Set.of());

    /** Labels with values that a shop without failures does not show. */
    private static final Set<String> RARE = Set.of("http_response_status_code", "error_type");

    /** What is not the shop's to tell, and who tells it. */
    private static final Map<String, String> FOREIGN = Map.of(
            "up", "Prometheus, of whatever it asks",
            "rabbitmq_queue_messages_ready", "RabbitMQ's own plugin; the embedded broker has none",
            "rabbitmq_queue_messages_unacked", "the same");

    private final SharedShop shop;

    @TempDir
    private Path folder;

    DashboardsOnTheShopTest(SharedShop shop) {
        this.shop = shop;
    }

    @Test
    void everyMetricAndLabelThatIsAskedForIsThere() {
        goShopping();
        Map<String, Map<String, Set<String>>> told = told();
        Map<String, Set<String>> recorded = Monitoring.rules().stream()
                .filter(rule -> !rule.isAlert())
                .collect(Collectors.toMap(
                        Rule::name, rule -> PromQlNames.of(rule.text()).grouping()));
        List<String> missing = new ArrayList<>();
        Set<String> foreign = new TreeSet<>();
        for (Query query : Monitoring.promQl()) {
            PromQlNames names = PromQlNames.of(query.during("1m", "1h"));
            Set<String> labels = new TreeSet<>(TARGET.keySet());
            for (Selector selector : names.selectors()) {
                String metric = selector.metric();
                if (FOREIGN.containsKey(metric)) {
                    foreign.add(metric);
                } else if (recorded.containsKey(metric)) {
                    labels.addAll(labelsOf(metric, recorded));
                    missing.addAll(missing(query, selector, Map.of(), labelsOf(metric, recorded)));
                } else if (told.containsKey(metric)) {
                    labels.addAll(told.get(metric).keySet());
                    missing.addAll(missing(
                            query, selector, told.get(metric), told.get(metric).keySet()));
                } else {
                    missing.add(query.where() + ": " + metric);
                }
            }
            names.grouping().stream()
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> missing.add(query.where() + ": grouped by " + label));
        }
        assertThat(missing).isEmpty();
        assertThat(foreign).as("no exception that nobody needs").isEqualTo(FOREIGN.keySet());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "PROMETHEUS", matches = ".+")
    void everyPanelAndEveryRecordingRuleHasData() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + FreePorts.find(1).getFirst());
        Process prometheus = start(address);
        try {
            // What runbooks ask may well have no answer while all is well.
            List<Query> expected = Monitoring.promQl().stream()
                    .filter(query -> isPanels(query) || isRecorded(query))
                    .filter(query -> PromQlNames.of(query.text()).selectors().stream()
                            .noneMatch(selector -> selector.metric().startsWith("rabbitmq_")))
                    .toList();
            await().atMost(ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> numbers(address, "sum(up)").contains("5"));
            // A rate wants something to happen between two looks.
            await().atMost(ofSeconds(90))
                    .pollDelay(ofSeconds(1))
                    .pollInterval(ofSeconds(1))
                    .untilAsserted(() -> {
                        goShopping();
                        assertThat(expected.stream().filter(query -> !hasData(address, query)))
                                .isEmpty();
                    });
            assertThat(Monitoring.panelQueries().stream().filter(Query::isExemplary))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(query ->
                            assertThat(traces(address, query)).as(query.where()).isNotEmpty());
        } finally {
            prometheus.destroy();
            prometheus.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Every way to pay, a refund, and what is not to be had. */
    private void goShopping() {
        Shop.Visitor alice = shop.shop().as("alice");
        String product = shop.product("Something to look at", 1999, 10);
        alice.get("/products?limit=5");
        alice.get("/products/" + product);
        alice.get("/orders/" + UUID.randomUUID());
        alice.get("/nowhere");
        alice.post("/cart/add", "{\"productId\":\"" + product + "\",\"quantity\":1}");
        alice.order("/cart/checkout", "{\"payment\":{\"method\":\"card-ok\"}}");
        String byHand = shop.order("alice", "");
        String paid = shop.order("alice", ",\"payment\":{\"method\":\"card-ok\"}");
        List<String> others = List.of("card-declined", "card-slow", "card-lost").stream()
                .map(method -> shop.order("alice", ",\"payment\":{\"method\":\"" + method + "\"}"))
                .toList();
        awaitStatus(byHand, "RESERVED");
        alice.order("/pay", "{\"orderId\":\"" + byHand + "\"}");
        awaitStatus(paid, "PAID");
        shop.shop().as("carol").order("/payments/" + paid + "/refund", "{}");
        awaitStatus(paid, "REFUNDED");
        awaitStatus(others.getFirst(), "CANCELLED");
        awaitStatus(others.get(1), "PAID");
        awaitStatus(others.getLast(), "PAID");
    }

    private void awaitStatus(String order, String status) {
        await().atMost(ofSeconds(30))
                .until(() -> shop.shop()
                        .as("alice")
                        .get("/orders/" + order)
                        .json()
                        .getString("status")
                        .equals(status));
    }

    /** Of each metric the labels, and of each label the values. */
    private Map<String, Map<String, Set<String>>> told() {
        Map<String, Map<String, Set<String>>> told = new HashMap<>();
        for (String service : SERVICES) {
            URI address = shop.service(service).managementAddress().resolve("/metrics");
            String text =
                    shop.shop().send(HttpRequest.newBuilder(address).build()).body();
            SAMPLE.matcher(text).results().forEach(sample -> {
                Map<String, Set<String>> labels = told.computeIfAbsent(sample.group(1), _ -> new HashMap<>());
                if (sample.group(2) != null) {
                    LABEL.matcher(sample.group(2))
                            .results()
                            .forEach(label -> labels.computeIfAbsent(label.group(1), _ -> new TreeSet<>())
                                    .add(label.group(2)));
                }
            });
        }
        return told;
    }

    /** What a recording rule groups by, or what those group by that it is made of. */
    private static Set<String> labelsOf(String recorded, Map<String, Set<String>> rules) {
        Set<String> labels = new TreeSet<>(rules.get(recorded));
        Monitoring.rules().stream()
                .filter(rule -> rule.name().equals(recorded))
                .flatMap(rule -> PromQlNames.of(rule.text()).selectors().stream())
                .filter(selector -> rules.containsKey(selector.metric()))
                .forEach(selector -> labels.addAll(labelsOf(selector.metric(), rules)));
        return labels;
    }

    private static List<String> missing(
            Query query, Selector selector, Map<String, Set<String>> values, Set<String> labels) {
        List<String> missing = new ArrayList<>();
        for (Matching matching : selector.matchings()) {
            String label = matching.label();
            boolean there = TARGET.containsKey(label)
                    ? PromQlNames.isMet(matching, TARGET.get(label))
                    : labels.contains(label)
                            && (RARE.contains(label)
                                    || !values.containsKey(label)
                                    || PromQlNames.isMet(matching, values.get(label)));
            if (!there) {
                missing.add(query.where() + ": " + selector.metric() + " with " + matching);
            }
        }
        return missing;
    }

    private static boolean isPanels(Query query) {
        return query.where().contains(".json / ");
    }

    private static boolean isRecorded(Query query) {
        return Monitoring.rules().stream()
                .anyMatch(rule -> !rule.isAlert() && query.where().equals("rule " + rule.name()));
    }

    private Process start(URI address) throws IOException {
        String targets = SERVICES.stream()
                .map(service -> "{targets: ['%s'], labels: {service: %s}}"
                        .formatted(shop.service(service).managementAddress().getAuthority(), service))
                .collect(Collectors.joining(", "));
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s/*.yml']
                scrape_configs: [{job_name: hexmart, static_configs: [%s]}]
                """.formatted(Monitoring.RULES, targets));
        return new ProcessBuilder(
                        System.getenv("PROMETHEUS"),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + address.getAuthority(),
                        "--enable-feature=exemplar-storage")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private boolean hasData(URI prometheus, Query query) {
        return numbers(prometheus, query.during("30s", "5m")).stream().anyMatch(value -> !value.equals("NaN"));
    }

    private List<String> numbers(URI prometheus, String expression) {
        return ask(prometheus, "query?query=" + encoded(expression))
                .getJsonObject("data")
                .getJsonArray("result")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(result -> result.getJsonArray("value").getString(1))
                .toList();
    }

    private Set<String> traces(URI prometheus, Query query) {
        long now = Instant.now().getEpochSecond();
        return ask(
                        prometheus,
                        "query_exemplars?query=%s&start=%d&end=%d"
                                .formatted(encoded(query.during("30s", "5m")), now - 600, now + 1))
                .getJsonArray("data")
                .getValuesAs(JsonObject.class)
                .stream()
                .flatMap(series -> series.getJsonArray("exemplars").getValuesAs(JsonObject.class).stream())
                .map(exemplar -> exemplar.getJsonObject("labels").getString("trace_id"))
                .collect(Collectors.toSet());
    }

    private JsonObject ask(URI prometheus, String question) {
        return shop.shop()
                .send(HttpRequest.newBuilder(prometheus.resolve("/api/v1/" + question))
                        .build())
                .json();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
