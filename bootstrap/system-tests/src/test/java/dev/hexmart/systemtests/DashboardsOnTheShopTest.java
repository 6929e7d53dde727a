package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.Monitoring.Query;
import dev.hexmart.systemtests.Monitoring.Rule;
import dev.hexmart.systemtests.PromQlNames.Matching;
import dev.hexmart.systemtests.PromQlNames.Selector;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
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
        assertThat(foreign).as("no exception without a use").isEqualTo(FOREIGN.keySet());
    }

    @Test
    @Needs(Needs.PROMETHEUS)
    void everyPanelAndEveryRecordingRuleHasData() throws Exception {
        Map<String, ServiceHost> services =
                SERVICES.stream().collect(Collectors.toMap(Function.identity(), shop::service));
        try (Prometheus prometheus = Prometheus.start(folder, Monitoring.RULES, services)) {
            // What runbooks ask may well have no answer while all is well.
            List<Query> expected = Monitoring.promQl().stream()
                    .filter(query -> isPanels(query) || isRecorded(query))
                    .filter(query -> PromQlNames.of(query.text()).selectors().stream()
                            .noneMatch(selector -> selector.metric().startsWith("rabbitmq_")))
                    .toList();
            await().atMost(ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> prometheus.numbers("sum(up)").contains("5"));
            // A rate wants something to happen between two looks.
            await().atMost(ofSeconds(90))
                    .pollDelay(ofSeconds(1))
                    .pollInterval(ofSeconds(1))
                    .untilAsserted(() -> {
                        goShopping();
                        assertThat(expected.stream().filter(query -> !hasData(prometheus, query)))
                                .isEmpty();
                    });
            assertThat(Monitoring.panelQueries().stream().filter(Query::isExemplary))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(query -> assertThat(traces(prometheus, query))
                            .as(query.where())
                            .isNotEmpty());
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
        awaitStatus(others.getFirst(), "RESERVED");
        alice.post("/orders/" + others.getFirst() + "/cancel", "");
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

    private static boolean hasData(Prometheus prometheus, Query query) {
        return prometheus.numbers(query.during("30s", "5m")).stream().anyMatch(value -> !value.equals("NaN"));
    }

    private static Set<String> traces(Prometheus prometheus, Query query) {
        long now = Instant.now().getEpochSecond();
        return prometheus
                .ask("query_exemplars?query=%s&start=%d&end=%d"
                        .formatted(Prometheus.encoded(query.during("30s", "5m")), now - 600, now + 1))
                .getJsonArray("data")
                .getValuesAs(JsonObject.class)
                .stream()
                .flatMap(series -> series.getJsonArray("exemplars").getValuesAs(JsonObject.class).stream())
                .map(exemplar -> exemplar.getJsonObject("labels").getString("trace_id"))
                .collect(Collectors.toSet());
    }
}
