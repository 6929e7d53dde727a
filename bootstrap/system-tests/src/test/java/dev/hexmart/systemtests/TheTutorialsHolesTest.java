package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.bootstrap.cart.CartService;
import dev.hexmart.bootstrap.cart.CartSettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** The requests of the tutorial that Hexmart grew out of, each of which did there what it must not, as they fare here. */
@ExtendWith(SharedShop.Open.class)
class TheTutorialsHolesTest {

    private SharedShop open;
    private Shop shop;
    private Visitor alice;
    private Visitor bob;

    @BeforeEach
    void signIn(SharedShop sharedShop) {
        open = sharedShop;
        shop = open.shop();
        alice = shop.as("alice");
        bob = shop.as("bob");
        alice.delete("/cart");
        bob.delete("/cart");
    }

    /** There, the user named in the body was the one whose cart was filled and checked out. */
    @Test
    void aUserIdInTheBodyDoesNotMakeOneThatUser() {
        String product = open.product("Notebook", 500, 10);
        String bobsId = userId(bob);
        bob.post("/cart/add", "{\"productId\":\"" + product + "\"}");
        String bobsCart = bob.get("/cart").body();

        Answer added = alice.post("/cart/add", "{\"userId\":\"" + bobsId + "\",\"productId\":\"" + product + "\"}");
        assertThat(added.status()).isEqualTo(403);
        assertThat(alice.order("/cart/checkout", "{\"userId\":\"" + bobsId + "\"}")
                        .status())
                .isGreaterThanOrEqualTo(400);
        Answer ordered = alice.order(
                "/cartCheckout",
                "{\"userId\":\"" + bobsId + "\",\"lines\":[{\"productId\":\"" + product + "\",\"quantity\":1}]}");
        assertThat(ordered.status()).isEqualTo(403);

        assertThat(bob.get("/cart").body()).isEqualTo(bobsCart);
        assertThat(alice.get("/cart").json().getJsonArray("lines")).isEmpty();
    }

    /** There, GET /cart?userId= showed every cart to every caller. */
    @Test
    void userIdInTheQueryDoesNotShowAnotherCart() {
        bob.post("/cart/add", "{\"productId\":\"" + open.product("Diary", 500, 10) + "\"}");
        assertThat(alice.get("/cart?userId=" + userId(bob)).status()).isEqualTo(403);
        assertThat(alice.get("/cart?userId=" + userId(alice)).status()).isEqualTo(200);
    }

    /** There, only the gateway asked for a token, and only for the products. */
    @Test
    void theServicesBehindTheGatewayAskForATokenThemselves() {
        assertThat(behind("products").get("/products").status()).isEqualTo(401);
        assertThat(behind("products")
                        .post("/products", "{\"name\":\"x\",\"price\":1,\"stock\":1}")
                        .status())
                .isEqualTo(401);
        assertThat(behind("cart")
                        .post("/cart/add", "{\"userId\":\"u\",\"productId\":\"p\"}")
                        .status())
                .isEqualTo(401);
        assertThat(behind("cart").get("/cart?userId=u").status()).isEqualTo(401);
        assertThat(behind("cart").post("/cart/checkout", "{\"userId\":\"u\"}").status())
                .isEqualTo(401);
        assertThat(behind("orders").post("/cartCheckout", "{\"userId\":\"u\"}").status())
                .isEqualTo(401);
        assertThat(behind("payments").post("/pay", "{\"orderId\":\"1\"}").status())
                .isEqualTo(401);
    }

    /** There, POST /products was open to all. */
    @Test
    void productWithoutTheRoleIsRefused() {
        String name = "Gold bar " + UUID.randomUUID();
        String body = "{\"name\":\"" + name + "\",\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"stock\":999}";
        assertThat(shop.stranger().post("/products", body).status()).isEqualTo(401);
        assertThat(alice.post("/products", body).status()).isEqualTo(403);
        assertThat(alice.at(open.service("products").address())
                        .post("/products", body)
                        .status())
                .isEqualTo(403);
        assertThat(alice.get("/products?search=" + name.replace(" ", "%20"))
                        .value()
                        .asJsonArray())
                .isEmpty();
    }

    /** There, POST /pay answered PAID for any id, and nothing else happened. */
    @Test
    void paymentOfAnotherCustomersOrUnknownOrderIsRefused() {
        String order = open.order("bob", "");
        assertThat(alice.order("/pay", "{\"orderId\":\"" + order + "\"}").status())
                .isEqualTo(404);
        assertThat(alice.order("/pay", "{\"orderId\":\"" + UUID.randomUUID() + "\"}")
                        .status())
                .isEqualTo(404);
        assertThat(alice.order("/pay", "{\"orderId\":\"1\"}").status()).isEqualTo(400);
        assertThat(bob.get("/orders/" + order).json().getString("status")).isNotEqualTo("PAID");
    }

    @Test
    void payingChangesTheOrder() {
        String order = open.order("bob", "");
        Answer paid = bob.order("/pay", "{\"orderId\":\"" + order + "\"}");
        assertThat(paid.json().getString("status")).as(paid.body()).isEqualTo("PAID");
        await().atMost(ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(bob.get("/orders/" + order).json().getString("status"))
                                .isEqualTo("PAID"));
    }

    /** There, whatever stood before the token was as good as Bearer. */
    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "Token ", "Digest ", "x ", "Bearer x ", "Bearer,", "", "JWT "})
    void onlyBearerTokensAreAccepted(String scheme) {
        for (URI door : Stream.concat(
                        Stream.of(shop.addresses().gateway()),
                        Stream.of(open.service("products").address()))
                .toList()) {
            HttpRequest request = HttpRequest.newBuilder(door.resolve("/products"))
                    .header("Authorization", scheme + shop.token("alice"))
                    .build();
            assertThat(shop.send(request).status()).isEqualTo(401);
        }
    }

    /** There, a price was whatever a body said. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":-1,\"currency\":\"EUR\"}",
                "{\"amount\":19.99,\"currency\":\"EUR\"}",
                "{\"amount\":1e400,\"currency\":\"EUR\"}",
                "{\"amount\":\"1999\",\"currency\":\"EUR\"}",
                "{\"amount\":9223372036854775808,\"currency\":\"EUR\"}",
                "{\"amount\":null,\"currency\":\"EUR\"}",
                "{\"amount\":1}",
                "-5",
                "19.99",
                "\"free\"",
                "null"
            })
    void aPriceThatIsNoneIsRefused(String price) {
        Answer answer = shop.as("carol").post("/products", "{\"name\":\"x\",\"price\":" + price + ",\"stock\":1}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"pointer\":\"/price");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0.5", "\"1\"", "1e99", "null"})
    void invalidStockIsRefused(String stock) {
        Answer answer = shop.as("carol")
                .post(
                        "/products",
                        "{\"name\":\"x\",\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"stock\":" + stock + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"pointer\":\"/stock\"");
    }

    @Test
    void invalidNameIsRefused() {
        assertThat(newProduct("x".repeat(10_000)).status()).isEqualTo(400);
        assertThat(newProduct("x".repeat(1_000_000)).status()).isEqualTo(413);
        assertThat(newProduct("").status()).isEqualTo(400);
        assertThat(newProduct("a\\u0000b").status()).isEqualTo(400);
    }

    /** There, GET /products sent the whole table. */
    @Test
    void listLimitIsEnforced() {
        assertThat(alice.get("/products").value().asJsonArray().size()).isBetween(1, 100);
        assertThat(alice.get("/products?limit=1000000").status()).isEqualTo(400);
    }

    /** There, all callers without a user id shared the cart of null. */
    @Test
    void cartNeedsACustomer() {
        String product = open.product("Pen", 500, 10);
        assertThat(shop.stranger()
                        .post("/cart/add", "{\"productId\":\"" + product + "\"}")
                        .status())
                .isEqualTo(401);
        assertThat(alice.post("/cart/add", "{\"productId\":\"" + product + "\"}")
                        .status())
                .isEqualTo(200);
        for (String userId : List.of("null", "\"null\"", "\"undefined\"", "\"\"", "\"a:b\"", "\"*\"", "{}")) {
            Answer answer = alice.post("/cart/add", "{\"userId\":" + userId + ",\"productId\":\"" + product + "\"}");
            assertThat(answer.status()).as(userId + answer.body()).isIn(200, 400, 403);
        }
        try (RedisClient redis = RedisClient.create(open.stores().redis())) {
            assertThat(redis.keys("cart:*"))
                    .isNotEmpty()
                    .allMatch(key -> key.matches("cart:\\{[0-9a-f-]{36}\\.[0-9a-f-]{36}}"));
        }
    }

    /** There, a checkout was answered with 202 whatever had become of the order. */
    @Test
    void aCheckoutThatFailedSaysSoAndLosesNothing() {
        String product = open.product("Stapler", 700, 5);
        alice.post("/cart/add", "{\"productId\":\"" + product + "\",\"quantity\":2}");
        String key = UUID.randomUUID().toString();
        try (ServiceHost cart = cartWithoutOrders()) {
            Answer failed = alice.at(cart.address()).post("/cart/checkout", "{}", "Idempotency-Key", key);
            assertThat(failed.status()).as(failed.body()).isEqualTo(503);
            assertThat(failed.header("Retry-After")).isPresent();
        }
        assertThat(alice.get("/cart").json().getInt("itemCount")).isEqualTo(2);

        Answer again = alice.post("/cart/checkout", "{}", "Idempotency-Key", key);
        assertThat(again.status()).as(again.body()).isEqualTo(202);
        assertThat(again.json().getJsonObject("total").getInt("amount")).isEqualTo(1400);
        assertThat(alice.get("/cart").json().getJsonArray("lines")).isEmpty();
        assertThat(ordersOf(product)).isEqualTo(1);
    }

    /** There, each click made an order, none of them with anything in it. */
    @Test
    void twoClicksMakeOneOrderWithEverythingInIt() {
        String product = open.product("Lamp", 900, 10);
        alice.post("/cart/add", "{\"productId\":\"" + product + "\",\"quantity\":3}");
        assertThat(alice.post("/cart/checkout", "{}").status())
                .as("without a key")
                .isEqualTo(400);

        String key = UUID.randomUUID().toString();
        HttpRequest click = alice.request("/cart/checkout", "Idempotency-Key", key, "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        List<Answer> clicks =
                Stream.of(click, click)
                        .map(each -> CompletableFuture.supplyAsync(() -> shop.send(each)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        assertThat(clicks).extracting(Answer::status).contains(202).allMatch(status -> status == 202 || status == 409);
        assertThat(alice.order("/cart/checkout", "{}").status())
                .as("a third click, on what is an empty cart by now")
                .isEqualTo(422);

        assertThat(ordersOf(product)).isEqualTo(1);
        String order = clicks.stream()
                .filter(answer -> answer.status() == 202)
                .findFirst()
                .orElseThrow()
                .json()
                .getString("orderId");
        JsonObject placed = alice.get("/orders/" + order).json();
        assertThat(placed.getJsonObject("total").getInt("amount")).isEqualTo(2700);
        assertThat(placed.getJsonArray("lines")).hasSize(1);
    }

    /** There, a body that was no JSON was a crash. */
    @Test
    void malformedBodyIs400WithoutAStackTrace() {
        Answer answer = alice.post("/cart/add", "{\"productId\":");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception", "\tat ");
    }

    private Answer newProduct(String name) {
        return shop.as("carol")
                .post(
                        "/products",
                        "{\"name\":\"" + name + "\",\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"stock\":1}");
    }

    private Visitor behind(String service) {
        return shop.stranger().at(open.service(service).address());
    }

    private static String userId(Visitor visitor) {
        return visitor.get("/cart").json().getString("userId");
    }

    private int ordersOf(String product) {
        return open.stores()
                .rows("SELECT DISTINCT order_id FROM ordering.order_line WHERE product = CAST(? AS uuid)", product)
                .size();
    }

    /** A cart service to which the orders service is away. */
    private ServiceHost cartWithoutOrders() {
        Map<String, String> environment = open.environment("cart");
        environment.put("ORDERS_URL", "http://127.0.0.1:1");
        return CartService.start(CartSettings.from(new Environment(environment)));
    }
}
