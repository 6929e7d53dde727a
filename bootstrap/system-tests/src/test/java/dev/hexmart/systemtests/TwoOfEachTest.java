package dev.hexmart.systemtests;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.bootstrap.cart.CartService;
import dev.hexmart.bootstrap.cart.CartSettings;
import dev.hexmart.bootstrap.demo.DemoSettings;
import dev.hexmart.bootstrap.demo.DemoShop;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.bootstrap.gateway.GatewayService;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.orders.OrdersService;
import dev.hexmart.bootstrap.orders.OrdersSettings;
import dev.hexmart.bootstrap.payments.PaymentsService;
import dev.hexmart.bootstrap.payments.PaymentsSettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.bootstrap.products.ProductsService;
import dev.hexmart.bootstrap.products.ProductsSettings;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two of each service on the same stores, told apart by their ports alone: the demo's, and a second of each that calls the other
 * seconds. Requests go to the first gateway and to the second one by turns.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TwoOfEachTest extends DemoFlow {

    private static final Map<String, Function<Environment, ServiceHost>> STARTS = Map.of(
            "gateway", environment -> GatewayService.start(GatewaySettings.from(environment)),
            "products", environment -> ProductsService.start(ProductsSettings.from(environment)),
            "cart", environment -> CartService.start(CartSettings.from(environment)),
            "orders", environment -> OrdersService.start(OrdersSettings.from(environment)),
            "payments", environment -> PaymentsService.start(PaymentsSettings.from(environment)));

    /** Each before what it calls. */
    private static final List<String> SERVICES = List.of("gateway", "cart", "payments", "orders", "products");

    @TempDir
    private static Path data;

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, ServiceHost> seconds = new LinkedHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private DemoShop demo;
    private Shop first;
    private Shop second;

    @BeforeAll
    void start() {
        Map<String, String> environment = new HashMap<>(Map.of("IDENTITY_PORT", "0", "RATE_LIMIT_CUSTOMER", "off"));
        List<Integer> ports = FreePorts.find(2 * SERVICES.size());
        for (int i = 0; i < SERVICES.size(); i++) {
            String name = SERVICES.get(i).toUpperCase(Locale.ROOT);
            environment.put(name + "_PORT", "0");
            environment.put(name + "_MANAGEMENT_PORT", "0");
            addresses.put(name + "_PORT", String.valueOf(ports.get(2 * i)));
            addresses.put(name + "_MANAGEMENT_PORT", String.valueOf(ports.get(2 * i + 1)));
            addresses.put(name + "_URL", "http://localhost:" + ports.get(2 * i));
        }
        // Two of each service in one process.
        environment.put("DATABASE_POOL", "4");
        demo = DemoShop.start(
                new DemoSettings(data, true, WantedPorts.ANY, new Environment(environment)), System.out::println);
        SERVICES.forEach(this::startSecond);
        first = shop(demo::service);
        second = shop(this::second);
    }

    @AfterAll
    void stop() {
        first.close();
        second.close();
        seconds.values().forEach(ServiceHost::close);
        demo.close();
    }

    @Override
    Shop shop() {
        return turn.getAndIncrement() % 2 == 0 ? first : second;
    }

    @Override
    Stores stores() {
        return Stores.of(demo.parts());
    }

    @Test
    void cartAndCheckoutOfOneGatewayAreKnownAtTheOther() {
        String product = product(first);
        Visitor here = first.as("alice");
        Visitor there = second.as("alice");
        here.delete("/cart");
        assertThat(here.post("/cart/add", line(product)).status()).isEqualTo(200);
        assertThat(there.post("/cart/add", line(product)).status()).isEqualTo(200);
        assertThat(here.get("/cart").json().getInt("itemCount")).isEqualTo(2);
        String key = UUID.randomUUID().toString();
        String body = "{\"payment\":{\"method\":\"card-ok\"}}";
        Answer placed = here.post("/cart/checkout", body, "Idempotency-Key", key);
        assertThat(placed.status()).as(placed.body()).isEqualTo(202);
        Answer again = there.post("/cart/checkout", body, "Idempotency-Key", key);
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(again.json().getString("orderId")).isEqualTo(placed.json().getString("orderId"));
    }

    @Test
    void changeOfTheCatalogIsSeenAtTheOtherGateway() {
        String product = product(first);
        Visitor there = second.as("bob");
        assertThat(there.get("/products/" + product).json().getInt("stock")).isEqualTo(100);
        first.as("carol").post("/products/" + product + "/stock", "{\"delta\":-1,\"reason\":\"broken\"}");
        await().atMost(ofSeconds(10))
                .until(() -> there.get("/products/" + product).json().getInt("stock") == 99);
    }

    @Test
    void orderIsFollowedAndRefundedAtTheOtherGateway() throws Exception {
        String order = order(first);
        List<String> seen = EventStream.read(
                second.as("alice").request("/orders/" + order + "/events").build(), events -> events.contains("PAID"));
        assertThat(seen).last().isEqualTo("PAID");
        // By whichever payments service gets the message: the provider's books are the same.
        for (Shop shop : List.of(first, second, first, second)) {
            String next = order(shop);
            await().atMost(ofSeconds(30)).until(() -> status(next).equals("PAID"));
            Answer refund = (shop == first ? second : first).as("carol").order("/payments/" + next + "/refund", "");
            assertThat(refund.status()).as(refund.body()).isEqualTo(202);
            await().atMost(ofSeconds(30)).until(() -> status(next).equals("REFUNDED"));
        }
    }

    @Test
    void servicesThatStopAreNotReadyFirstAndTheOthersGoOn() {
        for (String name : SERVICES.reversed()) {
            ServiceHost stopping = second(name);
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::close);
            await().atMost(ofSeconds(10))
                    .pollInterval(ofMillis(20))
                    .until(() -> first.stranger()
                                    .at(stopping.managementAddress())
                                    .get("/health/ready")
                                    .status()
                            == 503);
            stopped.join();
        }
        String order = order(first);
        await().atMost(ofSeconds(30)).until(() -> status(order).equals("PAID"));
        SERVICES.reversed().forEach(this::startSecond);
        String after = order(second);
        await().atMost(ofSeconds(30)).until(() -> status(after).equals("PAID"));
    }

    private void startSecond(String name) {
        Map<String, String> environment = new HashMap<>(demo.environment(name).variables());
        environment.putAll(addresses);
        environment.put("SHUTDOWN_DRAIN", "PT1S");
        seconds.put(name, Optional.ofNullable(STARTS.get(name)).orElseThrow().apply(new Environment(environment)));
    }

    private ServiceHost second(String name) {
        return Optional.ofNullable(seconds.get(name)).orElseThrow();
    }

    private Shop shop(Function<String, ServiceHost> services) {
        Map<String, URI> behind = SERVICES.stream()
                .filter(name -> !name.equals("gateway"))
                .collect(Collectors.toMap(
                        Function.identity(), name -> services.apply(name).address()));
        Map<String, URI> management = SERVICES.stream()
                .collect(Collectors.toMap(
                        Function.identity(), name -> services.apply(name).managementAddress()));
        return new Shop(new Addresses(services.apply("gateway").address(), demo.identity(), behind, management));
    }

    private static String product(Shop shop) {
        return shop.as("carol")
                .post("/products", "{\"name\":\"Twin\",\"price\":{\"amount\":1000,\"currency\":\"EUR\"},\"stock\":100}")
                .json()
                .getString("id");
    }

    private static String line(String product) {
        return "{\"productId\":\"" + product + "\",\"quantity\":1}";
    }

    private static String order(Shop shop) {
        Answer placed = shop.as("alice")
                .order(
                        "/cartCheckout",
                        "{\"lines\":[" + line(product(shop)) + "],\"payment\":{\"method\":\"card-ok\"}}");
        assertThat(placed.status()).as(placed.body()).isEqualTo(201);
        return placed.json().getString("orderId");
    }

    private String status(String order) {
        return first.as("alice").get("/orders/" + order).json().getString("status");
    }
}
