package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.bootstrap.demo.DemoSettings;
import dev.hexmart.bootstrap.demo.DemoShop;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import dev.hexmart.systemtests.TelemetryReader.SentSpan;
import dev.hexmart.systemtests.TelemetryReader.Use;
import dev.hexmart.systemtests.signin.Chromium;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A checkout as telemetry tells of it: one trace from the click to the ledger. */
@TestInstance(Lifecycle.PER_CLASS)
class OneTraceTest {

    private static final List<String> SERVICES = List.of("gateway", "products", "cart", "orders", "payments");
    private static final String STRANGERS = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String EVENTS = "hexmart.events:dev.hexmart.";
    private static final Path DOCUMENT = Path.of("../../docs/telemetry.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|(?: ([A-Z]+) \\|)?.*", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) ", Pattern.MULTILINE);

    @TempDir
    private static Path data;

    private DemoShop demo;
    private Shop shop;
    private TelemetryReader viewer;
    private String order;
    private String trace;
    private List<SentSpan> told = List.of();

    @BeforeAll
    void makeACheckout() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "IDENTITY_PORT", "0",
                "DESK_PORT", "0",
                "OTEL_BSP_SCHEDULE_DELAY", "100",
                "OTEL_BLRP_SCHEDULE_DELAY", "100"));
        for (String service : SERVICES) {
            environment.put(service.toUpperCase(Locale.ROOT) + "_PORT", "0");
            environment.put(service.toUpperCase(Locale.ROOT) + "_MANAGEMENT_PORT", "0");
        }
        demo = DemoShop.start(
                new DemoSettings(data, true, WantedPorts.ANY, new Environment(environment)), System.out::println);
        shop = new Shop(new Addresses(
                demo.service("gateway").address(),
                demo.identity(),
                addresses(name -> demo.service(name).address()),
                addresses(name -> demo.service(name).managementAddress())));
        viewer = new TelemetryReader(shop, demo.viewer().orElseThrow());
        Visitor alice = shop.as("alice");
        String product = alice.get("/products?limit=1")
                .value()
                .asJsonArray()
                .getJsonObject(0)
                .getString("id");
        alice.post("/cart/add", "{\"productId\":\"" + product + "\",\"quantity\":1}");
        Answer checkout = alice.post(
                "/cart/checkout",
                "{\"payment\":{\"method\":\"card-ok\"}}",
                "Idempotency-Key",
                UUID.randomUUID().toString(),
                "traceparent",
                "00-" + STRANGERS + "-00f067aa0ba902b7-01",
                "tracestate",
                "stranger=1",
                "baggage",
                "stranger=1");
        assertThat(checkout.status()).as(checkout.body()).isEqualTo(202);
        order = checkout.json().getString("orderId");
        await().atMost(ofSeconds(30))
                .until(() ->
                        alice.get("/orders/" + order).json().getString("status").equals("PAID"));
        trace = alice.get("/orders/" + order).json().getString("traceId");
        await().atMost(ofSeconds(30)).until(this::isTold);
    }

    @AfterAll
    void stop() {
        shop.close();
        demo.close();
    }

    @Test
    void everyHopIsThereInItsPlace() {
        SentSpan gateway = root();
        assertIs(gateway, "gateway", "SERVER", "POST /cart/{+rest}");
        SentSpan cart = child(child(gateway, "gateway", "CLIENT", "POST"), "cart", "SERVER", "POST /cart/checkout");
        SentSpan checkOut = child(cart, "cart", "INTERNAL", "CheckOutCart");
        assertThat(child(checkOut, "cart", "CLIENT", "EVAL read-cart").attributes())
                .containsEntry("db.system.name", "redis");
        child(checkOut, "cart", "CLIENT", "EVAL begin-attempt");
        SentSpan orders = child(child(checkOut, "cart", "CLIENT", "POST"), "orders", "SERVER", "POST /cartCheckout");
        SentSpan place = child(orders, "orders", "INTERNAL", "PlaceOrder");
        assertThat(called(place, "orders")).contains("products SERVER get /products");
        assertThat(child(place, "orders", "CLIENT", "INSERT orders").attributes())
                .containsEntry("db.system.name", "postgresql")
                .containsEntry("db.namespace", "ecommerce|ordering");
        child(place, "orders", "CLIENT", "INSERT outbox");

        SentSpan reserve =
                message(place, "orders", "stock.reserve.v1", "products", "hexmart.catalog", "HandleStockCommands");
        child(reserve, "products", "CLIENT", "INSERT reservation");
        SentSpan reserved =
                message(reserve, "products", "stock.reserved.v1", "orders", "hexmart.ordering", "AdvanceOrder");
        SentSpan take = message(
                reserved, "orders", "payment.capture.v1", "payments", "hexmart.payment", "HandlePaymentCommands");
        SentSpan settle = child(take, "payments", "INTERNAL", "SettlePayment");
        assertThat(child(settle, "payments", "CLIENT", "capture payment").attributes())
                .containsEntry("hexmart.payment.outcome", "captured");
        SentSpan paid =
                message(settle, "payments", "payment.captured.v1", "orders", "hexmart.ordering", "AdvanceOrder");
        SentSpan commit =
                message(paid, "orders", "stock.commit.v1", "products", "hexmart.catalog", "HandleStockCommands");
        // The same statement writes the ledger.
        child(commit, "products", "CLIENT", "UPDATE stock");
    }

    @Test
    void thereIsOneRootAndNoOrphan() {
        Set<String> ids = told.stream().map(SentSpan::id).collect(Collectors.toSet());
        assertThat(told.stream().filter(span -> !ids.contains(span.parent())))
                .singleElement()
                .satisfies(root -> assertThat(root.parent()).isEmpty());
    }

    @Test
    void incomingTraceHeadersAreIgnored() {
        assertThat(trace).isNotEqualTo(STRANGERS);
        assertThat(viewer.trace(STRANGERS)).isEmpty();
    }

    @Test
    void theRelaysBatchesLinkToWhereTheirMessagesWereMade() {
        Set<String> made = told.stream()
                .filter(span -> span.kind().equals("PRODUCER"))
                .map(SentSpan::id)
                .collect(Collectors.toSet());
        assertThat(made).hasSize(5);
        Set<String> linked = viewer.spans().stream()
                .filter(span -> span.name().equals("send hexmart.events"))
                .filter(span -> !span.trace().equals(trace))
                .flatMap(span -> span.links().stream())
                .collect(Collectors.toSet());
        assertThat(linked).containsAll(made);
    }

    @Test
    void theLogTellsOfItUnderTheSameTrace() {
        assertThat(viewer.lines(trace))
                .allSatisfy(line -> assertThat(line.trace()).isEqualTo(trace))
                .allSatisfy(line -> assertThat(line.service()).isEqualTo("orders"))
                .extracting(TelemetryReader.SentLine::text)
                .contains(
                        "Order " + order + " is placed",
                        "Order " + order + " is reserved",
                        "Order " + order + " is paid");
    }

    @Test
    void theNumbersNameItAsAnExample() {
        assertThat(metrics("orders", "application/openmetrics-text"))
                .containsPattern(
                        "hexmart_checkout_duration_seconds_bucket\\{le=\"[^\"]+\"} 1 # \\{[^}]*trace_id=\"" + trace)
                .containsPattern("hexmart_revenue_minor_total\\{currency=\"EUR\"} [1-9]");
        assertThat(metrics("gateway", "application/openmetrics-text"))
                .containsPattern("http_server_request_duration_seconds_bucket\\{[^}]*} \\d+ # \\{[^}]*trace_id=");
    }

    @Test
    void viewerDrawsTheServiceDependencies() {
        assertThat(viewer.uses())
                .contains(
                        new Use("gateway", "cart"),
                        new Use("cart", "redis"),
                        new Use("cart", "orders"),
                        new Use("orders", "products"),
                        new Use("orders", "postgresql"),
                        new Use("orders", "rabbitmq"),
                        new Use("rabbitmq", "products"),
                        new Use("rabbitmq", "payments"),
                        new Use("payments", "payment-provider"));
    }

    @Test
    void theDesksFrontPageLeadsToIt() {
        assertThat(viewer.get("/").body()).contains("/traces/" + trace, "Order " + order + " is paid");
        assertThat(viewer.get("/traces/" + trace).header("Location")).hasValue("/zipkin/traces/" + trace);
        assertThat(SERVICES)
                .allSatisfy(service ->
                        assertThat(viewer.get("/metrics/" + service).body()).contains("jvm_memory_used_bytes"));
    }

    @Test
    @Needs(Needs.CHROMIUM)
    void aBrowserShowsItWithoutComplaint() {
        ChromeDriver browser = Chromium.open();
        try {
            browser.get(demo.viewer().orElseThrow() + "/");
            awaitText(browser, "Order " + order + " is paid");
            Chromium.keep(browser, "viewer");
            browser.findElement(By.linkText("trace")).click();
            awaitText(browser, "placeorder");
            Chromium.keep(browser, "viewer-trace");
            assertThat(browser.getCurrentUrl()).endsWith("/zipkin/traces/" + trace);
            browser.get(demo.viewer().orElseThrow() + "/dependencies");
            await().atMost(ofSeconds(20))
                    .until(() -> !browser.findElements(By.tagName("canvas")).isEmpty());
            browser.get(demo.viewer().orElseThrow() + "/logs?traceId=" + trace);
            awaitText(browser, "Order " + order + " is reserved");
            Chromium.keep(browser, "viewer-log");
            browser.get(demo.viewer().orElseThrow() + "/metrics");
            awaitText(browser, "Oldest message in an outbox");
            await().atMost(ofSeconds(20))
                    .until(() -> !browser.findElements(By.cssSelector("#services tr:nth-child(5)"))
                            .isEmpty());
            assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                    .filteredOn(entry -> entry.getLevel().equals(Level.SEVERE))
                    .extracting(LogEntry::getMessage)
                    .isEmpty();
        } finally {
            browser.quit();
        }
    }

    private static void awaitText(ChromeDriver browser, String text) {
        await().atMost(ofSeconds(20))
                .ignoreExceptions()
                .until(() -> browser.findElement(By.tagName("body")).getText().contains(text));
    }

    @Test
    void aProblemNamesItsTrace() {
        String traceId =
                shop.as("alice").get("/orders/" + UUID.randomUUID()).json().getString("traceId");
        await().atMost(ofSeconds(10))
                .untilAsserted(() -> assertThat(viewer.trace(traceId))
                        .extracting(SentSpan::service)
                        .contains("gateway", "orders"));
    }

    @Test
    void everyMetricIsDocumentedAndEveryDocumentedMetricIsThere() throws IOException {
        // Money is counted by currency, so there is no number before there was any.
        shop.as("carol").order("/payments/" + order + "/refund", "{}");
        await().atMost(ofSeconds(30))
                .until(() -> metrics("orders", "text/plain").contains("hexmart_refunded_minor_total{"));
        Set<String> there = SERVICES.stream()
                .map(service -> metrics(service, "text/plain"))
                .flatMap(text -> TYPE.matcher(text).results().map(match -> match.group(1)))
                .filter(name -> !name.startsWith("jvm_") && !name.startsWith("process_"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(there).isEqualTo(new TreeSet<>(documented("Metrics").keySet()));
    }

    @Test
    void everySpanIsDocumented() throws IOException {
        Map<String, String> documented = documented("Spans");
        assertThat(documented).isNotEmpty();
        assertThat(viewer.spans())
                .isNotEmpty()
                .allSatisfy(span -> assertThat(documented)
                        .as(span.kind() + " " + span.name())
                        .anySatisfy((pattern, kind) -> {
                            assertThat(span.kind()).isEqualTo(kind);
                            assertThat(span.name())
                                    .matches(pattern.toLowerCase(Locale.ROOT)
                                            .replaceAll("[.+?]", "\\\\$0")
                                            .replaceAll("\\{[^}]+}", ".+"));
                        }));
    }

    private boolean isTold() {
        told = viewer.trace(trace);
        Set<String> ids = told.stream().map(SentSpan::id).collect(Collectors.toSet());
        return told.stream()
                        .anyMatch(span -> span.name().equals("process " + EVENTS + "stock.commit.v1:hexmart.catalog"))
                && told.stream().allMatch(span -> span.parent().isEmpty() || ids.contains(span.parent()))
                && viewer.lines(trace).stream().anyMatch(line -> line.text().equals("Order " + order + " is paid"));
    }

    private SentSpan root() {
        return told.stream().filter(span -> span.parent().isEmpty()).findFirst().orElseThrow();
    }

    /** The use case that handles a message, found by way of the making and the receiving of the message. */
    private SentSpan message(SentSpan maker, String from, String type, String to, String queue, String useCase) {
        SentSpan create = child(maker, from, "PRODUCER", "create " + EVENTS + type);
        SentSpan process = child(create, to, "CONSUMER", "process " + EVENTS + type + ":" + queue);
        assertThat(process.links()).containsExactly(create.id());
        return child(process, to, "INTERNAL", useCase);
    }

    private SentSpan child(SentSpan parent, String service, String kind, String name) {
        List<SentSpan> children =
                told.stream().filter(span -> span.parent().equals(parent.id())).toList();
        assertThat(children).as("below " + parent.name()).anySatisfy(span -> assertIs(span, service, kind, name));
        return children.stream()
                .filter(span -> span.service().equals(service)
                        && span.kind().equals(kind)
                        && span.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    /** What answered the requests below a span: the first order after a start asks for the payment methods, too. */
    private List<String> called(SentSpan parent, String service) {
        Set<String> requests = told.stream()
                .filter(span -> span.parent().equals(parent.id())
                        && span.service().equals(service)
                        && span.kind().equals("CLIENT"))
                .map(SentSpan::id)
                .collect(Collectors.toSet());
        return told.stream()
                .filter(span -> requests.contains(span.parent()))
                .map(span -> span.service() + " " + span.kind() + " " + span.name())
                .toList();
    }

    private static void assertIs(SentSpan span, String service, String kind, String name) {
        assertThat(span.service() + " " + span.kind() + " " + span.name())
                .isEqualTo(service + " " + kind + " " + name.toLowerCase(Locale.ROOT));
    }

    private String metrics(String service, String accept) {
        URI address = demo.service(service).managementAddress().resolve("/metrics");
        return shop.send(
                        HttpRequest.newBuilder(address).header("Accept", accept).build())
                .body();
    }

    /** What a section's tables have in their first columns, and the kind in the second, if there is one. */
    private static Map<String, String> documented(String section) throws IOException {
        String text =
                Files.readString(DOCUMENT).split("\n## " + section + "\n", 2)[1].split("\n## ", 2)[0];
        return ROW.matcher(text)
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> Optional.ofNullable(row.group(2)).orElse("")));
    }

    private static Map<String, URI> addresses(Function<String, URI> address) {
        return SERVICES.stream().collect(Collectors.toMap(Function.identity(), address));
    }
}
