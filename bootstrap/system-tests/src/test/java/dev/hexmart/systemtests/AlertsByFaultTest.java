package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.hexmart.bootstrap.demo.DemoSettings;
import dev.hexmart.bootstrap.demo.DemoShop;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.Shop.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults that happen, and who is told: a real shop, a real Prometheus, and the rules as they are, except that a minute of
 * theirs is a second here.
 */
@Needs(Needs.PROMETHEUS)
class AlertsByFaultTest {

    private static final List<String> SERVICES = List.of("gateway", "products", "cart", "orders", "payments");

    /** A time in a rule, as in {@code [5m]} or {@code for: 2m}; not one in a series' name or in a label. */
    private static final Pattern TIME = Pattern.compile("(?<![\\w.]|window: )(\\d+)([mhd])\\b");

    private static final Pattern SECONDS_OF_A_WINDOW = Pattern.compile("\\* (3600|21600|259200)\\b");

    @TempDir
    private Path folder;

    private OtlpReceiver collector;
    private DemoShop demo;
    private Shop shop;
    private Prometheus prometheus;

    @BeforeEach
    void open() throws IOException {
        collector = new OtlpReceiver();
        Map<String, String> environment = new HashMap<>(Map.of(
                "IDENTITY_PORT", "0",
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.address().toString(),
                "OTEL_BSP_SCHEDULE_DELAY", "200"));
        for (String service : SERVICES) {
            environment.put(service.toUpperCase(Locale.ROOT) + "_PORT", "0");
            environment.put(service.toUpperCase(Locale.ROOT) + "_MANAGEMENT_PORT", "0");
        }
        demo = DemoShop.start(
                new DemoSettings(folder.resolve("data"), true, WantedPorts.ANY, new Environment(environment)),
                System.out::println);
        Map<String, ServiceHost> services =
                SERVICES.stream().collect(Collectors.toMap(Function.identity(), demo::service));
        shop = new Shop(new Addresses(
                demo.service("gateway").address(),
                demo.identity(),
                services.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, service -> service.getValue().address())),
                Map.of()));
        Path rules = Files.createDirectory(folder.resolve("rules"));
        for (Path file : Monitoring.files(Monitoring.RULES, ".yml")) {
            Files.writeString(rules.resolve(file.getFileName()), hastened(Monitoring.read(file)));
        }
        prometheus = Prometheus.start(Files.createDirectory(folder.resolve("prometheus")), rules, services);
    }

    @AfterEach
    void close() {
        prometheus.close();
        shop.close();
        demo.close();
        collector.close();
    }

    private static String hastened(String rules) {
        String shorter = TIME.matcher(rules).replaceAll(time -> switch (time.group(2)) {
            case "m" -> time.group(1) + "s";
            case "h" -> time.group(1) + "m";
            default -> Integer.parseInt(time.group(1)) * 24 + "m";
        });
        return SECONDS_OF_A_WINDOW
                .matcher(shorter)
                .replaceAll(window -> "* " + Integer.parseInt(window.group(1)) / 60)
                .replace("hexmart_outbox_oldest_seconds > 60", "hexmart_outbox_oldest_seconds > 1")
                .replace("undecided_oldest_seconds) > 300", "undecided_oldest_seconds) > 5");
    }

    @Test
    void faultsFireTheirAlerts() throws Exception {
        String product = product();
        await().atMost(ofSeconds(30))
                .ignoreExceptions()
                .until(() -> prometheus.numbers("sum(up)").contains("5"));
        awaitPaid(order(product, "card-ok"));
        awaitPaid(order(product, "card-ok"));
        assertThat(firing()).as("while all is well").isEmpty();

        // What customers, providers and strangers do.
        sendNonsense();
        await("a message that cannot be read, and a provider that says nothing")
                .atMost(ofSeconds(60))
                .pollInterval(ofSeconds(1))
                .until(() -> {
                    order(product, "card-lost");
                    return firing().containsAll(Set.of("MessagesParked", "PaymentsFailing"));
                });

        collector.close();
        await("the collector is away")
                .atMost(ofSeconds(60))
                .pollInterval(ofSeconds(1))
                .until(() -> {
                    shop.as("alice").get("/products/" + product);
                    return firing().contains("TelemetryDropped");
                });

        demo.parts().broker().close();
        await("the broker is away")
                .atMost(ofSeconds(60))
                .pollInterval(ofSeconds(1))
                .until(() -> {
                    order(product, "card-ok");
                    return firing().contains("OutboxStuck")
                            && severities("OrdersStuck").equals(Set.of("page", "ticket"));
                });

        demo.service("orders").close();
        demo.service("products").close();
        await("two services are away")
                .atMost(ofSeconds(60))
                .pollInterval(ofSeconds(1))
                .until(() -> {
                    assertThat(tryToOrder(product, "card-ok").status()).isEqualTo(503);
                    shop.as("alice").get("/products/" + product);
                    return firing().containsAll(Set.of("TargetDown", "CheckoutFailing", "CatalogUnavailable"));
                });
        // A service that is down has no metrics, which must not look like a recovery.
        await("they are still away")
                .during(ofSeconds(10))
                .atMost(ofSeconds(30))
                .pollInterval(ofSeconds(1))
                .until(() -> {
                    tryToOrder(product, "card-ok");
                    shop.as("alice").get("/products/" + product);
                    return !prometheus
                            .series("ALERTS{alertname='CheckoutFailing',window='1h',alertstate='firing'}")
                            .isEmpty();
                });
    }

    private Set<String> firing() {
        return labels("ALERTS{alertstate='firing'}", "alertname");
    }

    private Set<String> severities(String alert) {
        return labels("ALERTS{alertstate='firing',alertname='" + alert + "'}", "severity");
    }

    private Set<String> labels(String alerts, String label) {
        return prometheus.series(alerts).stream()
                .map(alert -> alert.getJsonObject("metric").getString(label))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String product() {
        return shop.as("carol")
                .post(
                        "/products",
                        "{\"name\":\"Something\",\"price\":{\"amount\":100,\"currency\":\"EUR\"},\"stock\":100000}")
                .json()
                .getString("id");
    }

    private Answer tryToOrder(String product, String method) {
        return shop.as("alice")
                .order(
                        "/cartCheckout",
                        "{\"lines\":[{\"productId\":\"%s\",\"quantity\":1}],\"payment\":{\"method\":\"%s\"}}"
                                .formatted(product, method));
    }

    private String order(String product, String method) {
        Answer placed = tryToOrder(product, method);
        assertThat(placed.status()).as(placed.body()).isEqualTo(201);
        return placed.json().getString("orderId");
    }

    private void awaitPaid(String order) {
        await().atMost(ofSeconds(30))
                .until(() -> shop.as("alice")
                        .get("/orders/" + order)
                        .json()
                        .getString("status")
                        .equals("PAID"));
    }

    private void sendNonsense() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(demo.parts().broker().amqpUrl());
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.basicPublish(
                    "hexmart.events",
                    "dev.hexmart.stock.reserve.v1",
                    null,
                    "nonsense".getBytes(StandardCharsets.UTF_8));
        }
    }
}
