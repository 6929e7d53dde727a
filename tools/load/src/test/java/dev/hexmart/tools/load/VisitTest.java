package dev.hexmart.tools.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hexmart.tools.load.Checkout.Outcome;
import dev.hexmart.tools.load.client.Identity;
import dev.hexmart.tools.load.client.ShopClient;
import dev.hexmart.tools.load.client.Shopper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shopper at a shop that answers as it is told. */
@Timeout(60)
class VisitTest {

    private static final Pattern LINE = Pattern.compile("\"productId\":\"([^\"]+)\",\"quantity\":(\\d+)");
    private static final String PROBLEM = "application/problem+json";
    private static final Said ACCEPTED = new Said(
            202, "application/json", "{\"orderId\":\"order-1\",\"total\":{\"amount\":995,\"currency\":\"EUR\"}}");
    private static final Said BUSY = new Said(503, PROBLEM, "{\"detail\":\"Busy\",\"code\":\"unavailable\"}");

    private record Said(int status, String type, String body) {}

    private final Map<String, Integer> cart = new LinkedHashMap<>();
    private final Deque<Said> checkouts = new ArrayDeque<>();
    private final Deque<String> states = new ArrayDeque<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final Measurements measurements = new Measurements();
    private HttpServer server;
    private Identity identity;
    private ShopClient shop;
    private int products;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        identity = new Identity(address);
        shop = new ShopClient(address);
    }

    @AfterEach
    void stop() {
        shop.close();
        identity.close();
        server.stop(0);
    }

    @Test
    void acceptedCheckoutEndsWithTheOrder() {
        checkouts.add(ACCEPTED);
        states.add("{\"status\":\"PAID\"}");

        Checkout checkout = visit(2, "card-ok");

        assertThat(checkout.outcome()).isEqualTo(new Outcome.Ended("PAID"));
        assertThat(checkout.orders()).containsExactly("order-1");
        assertThat(checkout.total()).hasValue(new Money(995, "EUR"));
        assertThat(checkout.customer()).hasValue("alice-id");
        assertThat(checkout.lines()).isEqualTo(cart);
        assertThat(measurements.summary(Step.CHECKOUT).count()).isOne();
    }

    @Test
    void refusedCheckoutIsRetriedUnderTheSameKey() {
        checkouts.addAll(List.of(BUSY, ACCEPTED));
        states.add("{\"status\":\"PAID\"}");

        assertThat(visit(2, "card-ok").outcome()).isEqualTo(new Outcome.Ended("PAID"));

        assertThat(keys).hasSize(2);
        assertThat(keys.stream().distinct()).hasSize(1);
    }

    @Test
    void everyTenthShopperSendsTheCheckoutAgainForTheSameOrder() {
        checkouts.addAll(List.of(ACCEPTED, ACCEPTED));
        states.add("{\"status\":\"PAID\"}");

        Checkout checkout = visit(3, "card-ok");

        assertThat(checkout.orders()).containsExactly("order-1");
        assertThat(keys.stream().distinct()).hasSize(1);
        assertThat(measurements.summary(Step.AGAIN).count()).isOne();
    }

    @Test
    void shortageIsReadFromTheAnswerAndTheCartIsEmptied() {
        checkouts.add(new Said(409, PROBLEM, """
                {"code":"not-enough-stock","detail":"Not enough",
                 "shortages":[{"productId":"product-2","wanted":1,"available":0}]}"""));

        Checkout checkout = visit(2, "card-ok");

        assertThat(checkout.outcome()).isEqualTo(new Outcome.SoldOut(Map.of("product-2", 0)));
        assertThat(checkout.orders()).isEmpty();
        assertThat(cart).isEmpty();
    }

    @Test
    void cartOfAnInterruptedVisitIsEmptiedFirst() {
        cart.put("left-behind", 1);
        checkouts.add(ACCEPTED);
        states.add("{\"status\":\"PAID\"}");

        Checkout checkout = visit(2, "card-ok");

        assertThat(checkout.outcome()).isEqualTo(new Outcome.Ended("PAID"));
        assertThat(cart).doesNotContainKey("left-behind").isEqualTo(checkout.lines());
    }

    @Test
    void declinedPaymentIsRepeatedOrTheOrderCancelled() {
        for (int number : List.of(2, 5)) {
            checkouts.add(ACCEPTED);
            states.addAll(List.of("{\"status\":\"RESERVED\",\"declined\":{}}", "{\"status\":\"CANCELLED\"}"));
            visit(number, "card-declined");
            cart.clear();
        }
        assertThat(changes).containsExactly("/pay", "/orders/order-1/cancel");
        assertThat(measurements.summary(Step.SETTLED_LATE).count()).isEqualTo(2);
    }

    @Test
    void unexpectedStatusFailsTheVisit() {
        checkouts.add(new Said(500, "text/plain", "Broken"));

        assertThat(visit(2, "card-ok").outcome()).isEqualTo(new Outcome.Failed("POST /cart/checkout: 500"));
    }

    private Checkout visit(int number, String method) {
        Shopper shopper = new Shopper(identity, "alice");
        Offer offer = Offer.open(shop, shopper, "test", 200);
        return new Visit(
                        shop,
                        measurements,
                        Duration.ofSeconds(10),
                        shopper,
                        number,
                        System.nanoTime(),
                        method,
                        offer,
                        new AtomicLong())
                .run();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Said said = said(exchange, body);
            byte[] bytes = said.body().getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", said.type());
            exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Said said(HttpExchange exchange, String body) {
        String path = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod() + " " + path) {
            case "POST /products" -> new Said(201, "application/json", "{\"id\":\"product-" + products++ + "\"}");
            case "POST /cart/add" -> {
                Matcher line = LINE.matcher(body);
                assertThat(line.find()).as(body).isTrue();
                cart.merge(line.group(1), Integer.parseInt(line.group(2)), Integer::sum);
                yield json("{}");
            }
            case "GET /cart" -> json(cartAsJson());
            case "DELETE /cart" -> {
                cart.clear();
                yield new Said(204, "application/json", "");
            }
            case "POST /cart/checkout" -> {
                keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                yield checkouts.remove();
            }
            case "GET /orders/order-1" -> json(states.remove());
            case "GET /orders/order-1/events" -> new Said(200, "text/event-stream", "");
            case "POST /pay" -> {
                changes.add(path);
                yield json("{}");
            }
            case "POST /orders/order-1/cancel" -> {
                changes.add(path);
                yield new Said(202, "application/json", "{}");
            }
            default -> json("{\"access_token\":\"token\",\"expires_in\":3600}");
        };
    }

    private String cartAsJson() {
        return cart.entrySet().stream()
                .map(line -> "{\"productId\":\"%s\",\"quantity\":%d}".formatted(line.getKey(), line.getValue()))
                .collect(Collectors.joining(",", "{\"userId\":\"alice-id\",\"lines\":[", "]}"));
    }

    private static Said json(String body) {
        return new Said(200, "application/json", body);
    }
}
