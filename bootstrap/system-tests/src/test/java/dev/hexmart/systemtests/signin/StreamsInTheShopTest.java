package dev.hexmart.systemtests.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.systemtests.Shop;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.Shop.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many event streams there may be, and how long they last, through the gateway and the orders service. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class StreamsInTheShopTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private static Path data;

    private final List<InputStream> open = new ArrayList<>();
    private DemoWithSignIn demo;
    private Shop shop;
    private String order;

    @BeforeAll
    void start() {
        demo = new DemoWithSignIn(
                data, Map.of("DESK_PORT", "0", "STREAM_LIMIT_CUSTOMER", "3", "STREAM_LIMIT_ADDRESS", "4"));
        shop = new Shop(new Addresses(demo.shop(), demo.demo().identity(), Map.of(), Map.of()));
        order = order("alice");
    }

    @AfterAll
    void stop() {
        shop.close();
        demo.close();
    }

    @AfterEach
    void closeStreams() throws IOException {
        for (InputStream stream : open) {
            stream.close();
        }
        open.clear();
    }

    private String order(String customer) {
        String product =
                shop.as("carol").get("/products?limit=1").body().replaceFirst("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
        Answer placed = shop.as(customer)
                .order("/cartCheckout", "{\"lines\":[{\"productId\":\"%s\",\"quantity\":1}]}".formatted(product));
        assertThat(placed.status()).as(placed.body()).isEqualTo(201);
        return placed.json().getString("orderId");
    }

    private HttpResponse<InputStream> stream(HttpRequest request) throws Exception {
        HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
        open.add(response.body());
        return response;
    }

    private HttpResponse<InputStream> stream(String customer, String id) throws Exception {
        return stream(shop.as(customer).request("/orders/" + id + "/events").build());
    }

    private static JsonObject refused(HttpResponse<InputStream> response) {
        assertThat(response.statusCode()).isEqualTo(429);
        JsonObject problem = Json.createReader(response.body()).readObject();
        assertThat(problem.getString("code")).isEqualTo("too-many-streams");
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        return problem;
    }

    @Test
    void aCustomerAtTheLimitIsRefusedAndAClosedStreamIsFreeAtOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(stream("alice", order).statusCode()).isEqualTo(200);
        }
        assertThat(refused(stream("alice", order)).getString("limit")).isEqualTo("customer");
        open.removeLast().close();
        for (int i = 0; i < 5; i++) {
            open.removeFirst().close();
            assertThat(stream("alice", order).statusCode()).as("after %s", i).isEqualTo(200);
        }
    }

    @Test
    void theOrdersServiceKeepsTheCustomersLimitByItself() throws Exception {
        URI orders = demo.demo().service("orders").address();
        for (int i = 0; i < 3; i++) {
            assertThat(stream(atOrders(orders)).statusCode()).isEqualTo(200);
        }
        assertThat(refused(stream(atOrders(orders))).getString("limit")).isEqualTo("customer");
        assertThat(refused(stream("alice", order)).getString("limit"))
                .as("through the gateway")
                .isEqualTo("customer");
    }

    private HttpRequest atOrders(URI orders) {
        return shop.as("alice")
                .at(orders)
                .request("/orders/" + order + "/events")
                .build();
    }

    @Test
    void anAddressAtTheLimitIsRefused() throws Exception {
        String his = order("bob");
        for (int i = 0; i < 2; i++) {
            assertThat(stream("alice", order).statusCode()).isEqualTo(200);
            assertThat(stream("bob", his).statusCode()).isEqualTo(200);
        }
        assertThat(refused(stream("bob", his)).getString("limit")).isEqualTo("address");
        assertThat(shop.as("bob").get("/orders?limit=1").status()).isEqualTo(200);
    }

    @Test
    void aStreamEndsSoonAfterItsSession() throws Exception {
        Browser browser = new Browser(demo.shop());
        browser.signIn("alice");
        HttpResponse<InputStream> stream =
                stream(HttpRequest.newBuilder(demo.shop().resolve("/orders/" + order + "/events"))
                        .header("Cookie", "__Host-session=" + browser.cookie("__Host-session"))
                        .timeout(Duration.ofSeconds(30))
                        .build());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(browser.post("/logout", "").statusCode()).isLessThan(400);
        assertThat(new String(stream.body().readAllBytes(), UTF_8)).contains("event: status");
    }

    @Test
    void openAndRefusedStreamsAreMeasured() throws Exception {
        assertThat(stream("alice", order).statusCode()).isEqualTo(200);
        String numbers = HTTP.send(
                        HttpRequest.newBuilder(demo.demo()
                                        .service("gateway")
                                        .managementAddress()
                                        .resolve("/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(numbers).containsPattern("(?m)^hexmart_http_streams_open [1-9]");
    }
}
