package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its user starts and stops it, and as a power cut stops it. */
class DemoProcessTest {

    private static final String MAIN = "dev.hexmart.bootstrap.demo.Demo";
    private static final List<String> SETTINGS = List.of(
            "IDENTITY_PORT",
            "DESK_PORT",
            "GATEWAY_PORT",
            "GATEWAY_MANAGEMENT_PORT",
            "PRODUCTS_PORT",
            "PRODUCTS_MANAGEMENT_PORT",
            "CART_PORT",
            "CART_MANAGEMENT_PORT",
            "ORDERS_PORT",
            "ORDERS_MANAGEMENT_PORT",
            "PAYMENTS_PORT",
            "PAYMENTS_MANAGEMENT_PORT");

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Shop shop;
    private int starts;

    @BeforeEach
    void choosePorts() {
        List<Integer> ports = FreePorts.find(SETTINGS.size());
        for (int i = 0; i < SETTINGS.size(); i++) {
            environment.put(SETTINGS.get(i), Integer.toString(ports.get(i)));
        }
        shop = new Shop(new Addresses(address("GATEWAY_PORT"), address("IDENTITY_PORT"), Map.of(), Map.of()));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void ordersAndCartsOutliveAStopAndAPowerCutAndNothingIsLeftBehind() {
        String order;
        String paid;
        JavaProcess first = startUntilReady();
        try (first) {
            Visitor alice = shop.as("alice");
            paid = checkOut(alice, "{\"payment\":{\"method\":\"card-ok\"}}");
            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(status(alice, paid)).isEqualTo("PAID"));
            order = checkOut(alice, "{}");
            fillCart(alice);
            assertThat(first.terminate()).isZero();
            assertThat(first.output()).contains("hexmart is ready in");
        }
        assertNothingRuns();

        JavaProcess second = startUntilReady();
        try (second) {
            Visitor alice = shop.as("alice");
            assertThat(status(alice, paid)).isEqualTo("PAID");
            assertThat(alice.get("/cart").json().getJsonArray("lines")).hasSize(1);
            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(status(alice, order)).isEqualTo("RESERVED"));
            second.kill();
        }
        assertNothingRuns();

        try (JavaProcess third = startUntilReady()) {
            Visitor alice = shop.as("alice");
            assertThat(status(alice, paid)).isEqualTo("PAID");
            assertThat(alice.get("/cart").json().getJsonArray("lines")).hasSize(1);
            Answer late = alice.order("/pay", "{\"orderId\":\"" + order + "\"}");
            assertThat(late.json().getString("status")).as(late.body()).isEqualTo("PAID");
            assertThat(third.isAlive()).isTrue();
        }
    }

    @Test
    void aTakenPortIsNamedInOneLineWithTheSettingThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            environment.put("ORDERS_PORT", Integer.toString(taken.getLocalPort()));
            JavaProcess demo = start();
            assertThat(demo.awaitExit()).isEqualTo(1);
            assertThat(demo.output().lines())
                    .filteredOn(line -> line.contains(Integer.toString(taken.getLocalPort())))
                    .singleElement()
                    .asString()
                    .startsWith("hexmart cannot start")
                    .contains("ORDERS_PORT");
        }
        assertNothingRuns();
    }

    private void assertNothingRuns() {
        String data = folder.resolve("data").toString();
        await().atMost(ofSeconds(10))
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                .filter(process -> process.info()
                                        .commandLine()
                                        .filter(line -> line.contains(data))
                                        .isPresent()))
                        .isEmpty());
    }

    private JavaProcess start() {
        starts++;
        return JavaProcess.start(
                "demo",
                MAIN,
                environment,
                folder.resolve("demo-" + starts + ".log"),
                "--data",
                folder.resolve("data").toString());
    }

    private JavaProcess startUntilReady() {
        JavaProcess demo = start();
        await().atMost(ofSeconds(90)).untilAsserted(() -> {
            assertThat(demo.isAlive()).as(demo.output()).isTrue();
            assertThat(demo.output()).contains("hexmart is ready in");
        });
        return demo;
    }

    private URI address(String setting) {
        return URI.create("http://localhost:" + environment.get(setting));
    }

    private static void fillCart(Visitor customer) {
        String product = customer.get("/products?limit=1&sort=-price")
                .value()
                .asJsonArray()
                .getJsonObject(0)
                .getString("id");
        assertThat(customer.post("/cart/add", "{\"productId\":\"" + product + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private static String checkOut(Visitor customer, String body) {
        fillCart(customer);
        Answer answer = customer.post(
                "/cart/checkout", body, "Idempotency-Key", UUID.randomUUID().toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json().getString("orderId");
    }

    private static String status(Visitor customer, String order) {
        JsonObject found = customer.get("/orders/" + order).json();
        return found.getString("status");
    }
}
