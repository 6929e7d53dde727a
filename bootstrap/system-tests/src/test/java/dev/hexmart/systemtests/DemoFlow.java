package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The tutorial's demo flow and what goes with it, over HTTP through the gateway and all five services.
 *
 * <p>Extended by a class for each way to run the shop. Every test makes its own products, so that none minds the others.
 */
abstract class DemoFlow {

    /** The shop under test, started once for all tests of a class. */
    abstract Shop shop();

    /** What its services store. */
    abstract Stores stores();

    @Test
    void aCustomerSignsInFillsACartChecksOutAndTheOrderIsPaid() {
        String product = product("Kettle", 4900, 10);
        Visitor alice = shop().as("alice");
        String key = cartKey(alice);
        alice.delete("/cart");

        assertThat(alice.post("/cart/add", line(product, 2)).status()).isEqualTo(200);
        assertThat(stores().hash(key)).containsExactlyEntriesOf(Map.of(product, "2"));

        Answer checkout = alice.order("/cart/checkout", "{\"payment\":{\"method\":\"card-ok\"}}");
        assertThat(checkout.status()).as(checkout.body()).isEqualTo(202);
        assertThat(checkout.json().getString("status")).isEqualTo("PENDING");
        assertThat(checkout.json().getJsonObject("total").getInt("amount")).isEqualTo(9800);
        String order = checkout.json().getString("orderId");
        assertThat(checkout.header("Location")).contains("/orders/" + order);

        assertThat(awaitStatus(alice, order, "PAID")).containsExactly("PENDING", "RESERVED", "PAID");
        assertThat(stores().hash(key)).isEmpty();
        assertThat(stock(product)).isEqualTo(8);
        assertThat(alice.get("/payments/" + order).json().getString("status")).isEqualTo("PAID");

        await().atMost(ofSeconds(10))
                .untilAsserted(() -> assertThat(
                                stores().rows("SELECT kind FROM catalog.stock_movement WHERE reason = ?", order))
                        .extracting(row -> row.get("kind"))
                        .containsExactlyInAnyOrder("RESERVED", "SOLD"));
        assertThat(stores().rows("SELECT 1 FROM ordering.orders WHERE id = CAST(? AS uuid) AND status = 'PAID'", order))
                .hasSize(1);
        await().atMost(ofSeconds(10)).untilAsserted(() -> {
            assertThat(stores().rows("SELECT sent_at FROM ordering.outbox WHERE order_id = CAST(? AS uuid)", order))
                    .hasSize(3)
                    .allSatisfy(row -> assertThat(row.get("sent_at")).isNotNull());
        });
    }

    @Test
    void anOrderWithoutAPaymentMethodWaitsUntilItIsPaid() {
        Visitor alice = shop().as("alice");
        String order = checkOut(alice, product("Teapot", 2500, 3), 1, "{}");
        awaitStatus(alice, order, "RESERVED");

        Answer paid = alice.order("/pay", "{\"orderId\":\"" + order + "\"}");
        assertThat(paid.status()).as(paid.body()).isEqualTo(200);
        assertThat(paid.json().getString("orderId")).isEqualTo(order);
        assertThat(paid.json().getString("status")).isEqualTo("PAID");
        assertThat(awaitStatus(alice, order, "PAID")).containsExactly("PENDING", "RESERVED", "PAID");
    }

    @Test
    void immediatePaymentWaitsForTheReservation() {
        Visitor bob = shop().as("bob");
        String order = checkOut(bob, product("Mug", 900, 3), 1, "{}");
        assertThat(bob.order("/pay", "{\"orderId\":\"" + order + "\"}").json().getString("status"))
                .isEqualTo("PAID");
        awaitStatus(bob, order, "PAID");
    }

    @Test
    void anotherCardIsTriedAfterADeclinedOne() {
        String product = product("Lamp", 7900, 5);
        Visitor bob = shop().as("bob");
        String order = checkOut(bob, product, 3, "{\"payment\":{\"method\":\"card-declined\"}}");

        await().atMost(ofSeconds(20))
                .until(() -> bob.get("/orders/" + order).json().getInt("declined", 0) == 1);
        assertThat(stock(product)).isEqualTo(2);
        Answer again = bob.order("/pay", "{\"orderId\":\"" + order + "\",\"method\":\"card-declined\"}");
        assertThat(again.json().getString("status")).isEqualTo("DECLINED");
        Answer paid = bob.order("/pay", "{\"orderId\":\"" + order + "\",\"method\":\"card-ok\"}");
        assertThat(paid.json().getString("status")).isEqualTo("PAID");
        assertThat(awaitStatus(bob, order, "PAID"))
                .containsExactly("PENDING", "RESERVED", "RESERVED", "RESERVED", "PAID");
        assertThat(stock(product)).isEqualTo(2);
    }

    @Test
    void cancellationAfterADeclineReleasesTheStockWithoutACharge() {
        String product = product("Lantern", 7900, 5);
        Visitor bob = shop().as("bob");
        String order = checkOut(bob, product, 3, "{\"payment\":{\"method\":\"card-declined\"}}");
        await().atMost(ofSeconds(20))
                .until(() -> bob.get("/orders/" + order).json().getInt("declined", 0) == 1);
        assertThat(bob.post("/orders/" + order + "/cancel", "").status()).isEqualTo(202);
        awaitStock(product, 5);
        await().atMost(ofSeconds(20))
                .until(() ->
                        bob.get("/payments/" + order).json().getString("status").equals("VOIDED"));
        assertThat(bob.order("/pay", "{\"orderId\":\"" + order + "\"}").status())
                .isEqualTo(409);
    }

    @Test
    void aCartThatCannotBeFilledIsRefusedAndKept() {
        String product = product("Last one", 1500, 1);
        Visitor bob = shop().as("bob");
        bob.delete("/cart");
        bob.post("/cart/add", line(product, 2));
        Answer refused = bob.order("/cart/checkout", "{\"payment\":{\"method\":\"card-ok\"}}");
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.json().getString("code")).isEqualTo("not-enough-stock");
        assertThat(bob.get("/cart").json().getInt("itemCount")).isEqualTo(2);
    }

    @Test
    void soldOutProductCancelsTheOrder() {
        String product = product("Last one", 1500, 1);
        Visitor bob = shop().as("bob");
        Answer placed = bob.order(
                "/cartCheckout", "{\"lines\":[" + line(product, 2) + "],\"payment\":{\"method\":\"card-ok\"}}");
        String order = placed.json().getString("orderId");

        assertThat(awaitStatus(bob, order, "CANCELLED")).containsExactly("PENDING", "CANCELLED");
        assertThat(bob.get("/orders/" + order).json().getString("reason")).isEqualTo("SOLD_OUT");
        assertThat(stock(product)).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsAskedForAgainAndTheOrderIsPaidOnce() {
        Visitor bob = shop().as("bob");
        String order = checkOut(bob, product("Radio", 12900, 2), 1, "{\"payment\":{\"method\":\"card-lost\"}}");
        assertThat(awaitStatus(bob, order, "PAID")).containsExactly("PENDING", "RESERVED", "PAID");
    }

    @Test
    void aCancelledOrderGivesItsStockBackAndAPaidOneCannotBeCancelled() {
        String product = product("Vase", 3900, 4);
        Visitor alice = shop().as("alice");
        String order = checkOut(alice, product, 4, "{}");
        awaitStatus(alice, order, "RESERVED");
        assertThat(stock(product)).isZero();
        assertThat(alice.post("/orders/" + order + "/cancel", "").status()).isEqualTo(202);
        awaitStatus(alice, order, "CANCELLED");
        awaitStock(product, 4);

        String paid = checkOut(alice, product, 1, "{\"payment\":{\"method\":\"card-ok\"}}");
        awaitStatus(alice, paid, "PAID");
        assertThat(alice.post("/orders/" + paid + "/cancel", "").status()).isEqualTo(409);
    }

    @Test
    void aRefundGivesMoneyAndStockBack() {
        String product = product("Globe", 8900, 2);
        Visitor alice = shop().as("alice");
        String order = checkOut(alice, product, 1, "{\"payment\":{\"method\":\"card-ok\"}}");
        awaitStatus(alice, order, "PAID");

        assertThat(alice.order("/payments/" + order + "/refund", "").status()).isEqualTo(403);
        assertThat(shop().as("carol")
                        .order("/payments/" + order + "/refund", "")
                        .status())
                .isEqualTo(202);
        assertThat(awaitStatus(alice, order, "REFUNDED")).endsWith("REFUNDED");
        awaitStock(product, 2);
    }

    @Test
    void unauthorizedRequestsAreRefused() {
        String product = product("Diary", 1900, 5);
        Visitor alice = shop().as("alice");
        Visitor bob = shop().as("bob");
        String order = checkOut(alice, product, 1, "{}");

        assertThat(shop().stranger().get("/products").status()).isEqualTo(401);
        assertThat(shop().stranger().get("/products").header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        shop().addresses()
                .services()
                .values()
                .forEach(service -> assertThat(
                                shop().stranger().at(service).get("/orders").status())
                        .isIn(401, 404));
        assertThat(bob.get("/orders/" + order).status()).isEqualTo(404);
        assertThat(bob.get("/orders/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(bob.post("/orders/" + order + "/cancel", "").status()).isEqualTo(404);
        assertThat(bob.order("/pay", "{\"orderId\":\"" + order + "\"}").status())
                .isEqualTo(404);
        assertThat(bob.get("/payments/" + order).status()).isEqualTo(404);
        assertThat(bob.post("/products", "{}").status()).isEqualTo(403);
        assertThat(bob.post(
                                "/cart/add",
                                "{\"productId\":\"" + product + "\",\"userId\":\"" + Shop.TENANT + "."
                                        + UUID.randomUUID() + "\"}")
                        .status())
                .isEqualTo(403);
        alice.post("/orders/" + order + "/cancel", "");
    }

    @Test
    void fourHundredBuyersOfAHundredPiecesBuyExactlyAHundred() throws Exception {
        String product = product("Concert ticket", 5000, 100);
        Visitor alice = shop().as("alice");
        String body =
                "{\"lines\":[{\"productId\":\"" + product + "\",\"quantity\":1}],\"payment\":{\"method\":\"card-ok\"}}";

        List<String> orders = atOnce(400, () -> {
            Answer answer = alice.order("/cartCheckout", body);
            // Who is turned away for the moment tries again, as the answer says.
            while (answer.status() == 503 || answer.status() == 429) {
                answer = alice.order("/cartCheckout", body);
            }
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            return answer.json().getString("orderId");
        });
        assertThat(orders).doesNotHaveDuplicates().hasSize(400);

        await().atMost(ofSeconds(120)).pollInterval(ofSeconds(1)).untilAsserted(() -> {
            List<Map<String, Object>> states = stores().rows("""
                    SELECT o.status AS status, count(*) AS orders FROM ordering.orders o
                    JOIN ordering.order_line l ON l.order_id = o.id
                    WHERE l.product = CAST(? AS uuid) GROUP BY o.status ORDER BY o.status
                    """, product);
            assertThat(states)
                    .containsExactly(
                            Map.of("status", "CANCELLED", "orders", 300L), Map.of("status", "PAID", "orders", 100L));
        });
        assertThat(stock(product)).isZero();
    }

    @Test
    void eightCheckoutsOfOneCartUnderEightKeysMakeOneOrder() throws Exception {
        String product = product("Print", 1200, 100);
        Visitor bob = shop().as("bob");
        for (int round = 0; round < 5; round++) {
            bob.delete("/cart");
            String tag = bob.post("/cart/add", line(product, 2)).header("ETag").orElseThrow();
            List<Answer> answers = atOnce(
                    8,
                    () -> bob.post(
                            "/cart/checkout",
                            "{\"payment\":{\"method\":\"card-ok\"}}",
                            "Idempotency-Key",
                            UUID.randomUUID().toString(),
                            "If-Match",
                            tag));
            assertThat(answers).extracting(Answer::status).containsOnlyOnce(202).containsOnly(202, 409);
            assertThat(answers.stream()
                            .map(answer -> answer.json().getString("orderId"))
                            .distinct())
                    .hasSize(1);
            assertThat(bob.get("/cart").json().getInt("itemCount")).isZero();
        }
        assertThat(stores().rows(
                                "SELECT DISTINCT order_id FROM ordering.order_line WHERE product = CAST(? AS uuid)",
                                product))
                .hasSize(5);
    }

    @Test
    void aHundredCheckoutsWithOneKeyMakeOneOrder() throws Exception {
        String product = product("Poster", 1200, 100);
        Visitor bob = shop().as("bob");
        bob.delete("/cart");
        assertThat(bob.post("/cart/add", line(product, 1)).status()).isEqualTo(200);
        String key = UUID.randomUUID().toString();

        List<Answer> answers = atOnce(
                100,
                () -> bob.post("/cart/checkout", "{\"payment\":{\"method\":\"card-ok\"}}", "Idempotency-Key", key));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(202, 409, 503));
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 202)
                        .map(answer -> answer.json().getString("orderId"))
                        .distinct())
                .hasSize(1);
        Answer again = bob.post("/cart/checkout", "{\"payment\":{\"method\":\"card-ok\"}}", "Idempotency-Key", key);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(bob.post("/cart/checkout", "{}", "Idempotency-Key", key).status())
                .isEqualTo(422);
        assertThat(stores().rows(
                                "SELECT DISTINCT order_id FROM ordering.order_line WHERE product = CAST(? AS uuid)",
                                product))
                .hasSize(1);
    }

    @Test
    void anOrdersLifeCanBeFollowedAsItHappens() throws Exception {
        Visitor alice = shop().as("alice");
        String order = checkOut(alice, product("Kite", 3300, 1), 1, "{\"payment\":{\"method\":\"card-ok\"}}");
        List<String> seen = EventStream.read(
                alice.request("/orders/" + order + "/events").build(), events -> events.contains("PAID"));
        assertThat(seen).containsExactly("PENDING", "RESERVED", "PAID");
        assertThat(EventStream.read(
                        alice.request("/orders/" + order + "/events", "Last-Event-ID", "2")
                                .build(),
                        events -> events.contains("PAID")))
                .containsExactly("PAID");
    }

    @Test
    void everyServiceIsHealthyOnItsManagementPortAndOnlyThere() {
        shop().addresses().management().forEach((name, uri) -> {
            assertThat(shop().stranger().at(uri).get("/health/live").status())
                    .as(name)
                    .isEqualTo(200);
            assertThat(shop().stranger().at(uri).get("/health/ready").status())
                    .as(name)
                    .isEqualTo(200);
            assertThat(shop().stranger().at(uri).get("/metrics").body())
                    .as(name)
                    .contains("jvm_memory_used_bytes");
        });
        shop().addresses()
                .services()
                .values()
                .forEach(uri -> assertThat(
                                shop().as("carol").at(uri).get("/metrics").status())
                        .isEqualTo(404));
    }

    private String product(String name, int price, int stock) {
        Answer added = shop().as("carol")
                .post(
                        "/products",
                        "{\"name\":\"" + name + "\",\"price\":{\"amount\":" + price
                                + ",\"currency\":\"EUR\"},\"stock\":" + stock + "}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        return added.json().getString("id");
    }

    private String checkOut(Visitor customer, String product, int quantity, String body) {
        customer.delete("/cart");
        assertThat(customer.post("/cart/add", line(product, quantity)).status()).isEqualTo(200);
        Answer checkout = customer.order("/cart/checkout", body);
        assertThat(checkout.status()).as(checkout.body()).isEqualTo(202);
        return checkout.json().getString("orderId");
    }

    private static String line(String product, int quantity) {
        return "{\"productId\":\"" + product + "\",\"quantity\":" + quantity + "}";
    }

    private String cartKey(Visitor customer) {
        return "cart:{" + customer.get("/cart").json().getString("userId") + "}";
    }

    private int stock(String product) {
        return shop().as("alice").get("/products/" + product).json().getInt("stock");
    }

    private void awaitStock(String product, int pieces) {
        await().atMost(ofSeconds(15))
                .untilAsserted(() -> assertThat(stock(product)).isEqualTo(pieces));
    }

    /** Waits for the status and gives all that the order has gone through. */
    private static List<String> awaitStatus(Visitor customer, String order, String status) {
        await().atMost(ofSeconds(30)).untilAsserted(() -> {
            Answer answer = customer.get("/orders/" + order);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().getString("status")).isEqualTo(status);
        });
        return customer.get("/orders/" + order).json().getJsonArray("history").getValuesAs(JsonObject.class).stream()
                .map(entry -> entry.getString("status"))
                .toList();
    }

    private static <T> List<T> atOnce(int times, Callable<T> task) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> results = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                results.add(threads.submit(task));
            }
            List<T> values = new ArrayList<>();
            for (Future<T> result : results) {
                values.add(result.get());
            }
            return values;
        }
    }
}
