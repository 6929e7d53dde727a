package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.hexmart.bootstrap.gateway.GatewayService;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.ApiDocument.Operation;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/** A walk through the whole API of a running shop, on which every answer is compared with the document. */
final class ApiWalk {

    /** A session id of the right form: only for such a one is Redis asked. */
    private static final String SESSION_COOKIE = "__Host-session=" + "a".repeat(43);

    private static final String CARD = "\"payment\":{\"method\":\"card-ok\"}";
    private static final int TOO_LARGE = 65 * 1024;

    private final SharedShop open;
    private final Shop shop;
    private final ApiDocument api;
    private final List<String> breaches = new ArrayList<>();
    private final Set<String> answers = new TreeSet<>();
    private final Set<String> codes = new TreeSet<>();

    ApiWalk(SharedShop open, ApiDocument api) {
        this.open = open;
        this.shop = open.shop();
        this.api = api;
    }

    /** What was not as it is written. */
    List<String> breaches() {
        return breaches;
    }

    /** The operations and statuses that were met, such as {@code GET /orders 200}. */
    Set<String> answers() {
        return answers;
    }

    /** The codes of the refusals that were met. */
    Set<String> codes() {
        return codes;
    }

    void everything() {
        signingIn();
        products();
        cart();
        orders();
        payments();
        messages();
        whateverIsAsked();
        atAGatewayThatHasLostEverything();
        atAGatewayThatIsAskedTooOften();
    }

    // --- One operation after the other ---

    private void signingIn() {
        call("GET /login").by(shop.stranger()).gives(302);
        call("GET /login")
                .by(shop.stranger())
                .query("returnTo=https://evil.example")
                .refused(400, "invalid-parameter");
        call("GET /me").gives(200);
        call("GET /me").by(application()).gives(200);
        Call signOut = call("POST /logout").by(shop.stranger());
        signOut.refused(403, "cross-site");
        Call own = signOut.with("X-Requested-By", "test").with("Sec-Fetch-Site", "same-origin");
        own.with("Accept", "application/json").gives(200);
        own.with("Accept", "text/html").gives(303);
    }

    private void products() {
        String body = "{\"name\":\"Any\",\"price\":{\"amount\":100,\"currency\":\"EUR\"},\"stock\":3}";
        String product = call("POST /products")
                .by(carol())
                .saying(body)
                .gives(201)
                .json()
                .getString("id");
        call("POST /products").by(carol()).saying("{}").refused(400, "invalid-body");
        call("POST /products").by(carol()).saying("{").refused(400, "malformed-request");
        call("POST /products").by(carol()).saying(body.replace("EUR", "CHF")).refused(422, "currency-not-sold");

        String next = call("GET /products")
                .query("limit=1&sort=-price")
                .gives(200)
                .header("Link")
                .orElseThrow();
        call("GET /products").query(next.replaceAll("^.*\\?|>.*$", "")).gives(200);
        call("GET /products").query("search=any&category=other").gives(200);
        call("GET /products").query("ids=" + product + "," + UUID.randomUUID()).gives(200);
        call("GET /products").query("limit=0&sort=size").refused(400, "invalid-parameter");
        call("GET /products").query("search=" + "a".repeat(20_000)).refused(414, "uri-too-long");
        call("GET /products").with("X-Any", "a".repeat(20_000)).refused(431, "headers-too-large");

        String categories = call("GET /categories").gives(200).header("ETag").orElseThrow();
        call("GET /categories").with("If-None-Match", categories).gives(304);
        String list = call("GET /products")
                .query("sort=-price")
                .gives(200)
                .header("ETag")
                .orElseThrow();
        call("GET /products").query("sort=-price").with("If-None-Match", list).gives(304);
        Call name = call("PUT /categories/{slug}").by(carol()).at("slug", "other");
        name.saying("{\"name\":\"Odds & ends\"}").gives(200);
        name.saying("{\"name\":\"\"}").refused(400, "invalid-body");

        String tag = call("GET /products/{id}")
                .at("id", product)
                .gives(200)
                .header("ETag")
                .orElseThrow();
        call("GET /products/{id}").at("id", product).with("If-None-Match", tag).gives(304);

        Call revise = call("PUT /products/{id}").by(carol()).at("id", product).saying(body.replace("Any", "Other"));
        revise.refused(428, "precondition-required");
        revise.with("If-Match", tag).gives(200);
        revise.with("If-Match", tag).refused(412, "stale");
        revise.with("If-Match", "*").saying("{}").refused(400, "invalid-body");
        revise.with("If-Match", "*").saying(body.replace("EUR", "CHF")).refused(422, "currency-not-sold");

        Call adjust = call("POST /products/{id}/stock").by(carol()).at("id", product);
        adjust.saying("{\"delta\":2,\"reason\":\"found\"}").gives(200);
        adjust.saying("{\"delta\":-9,\"reason\":\"lost\"}").refused(409, "out-of-stock-bounds");
        call("GET /products/{id}/stock").by(carol()).at("id", product).gives(200);

        Call remove = call("DELETE /products/{id}").by(carol()).at("id", product);
        remove.refused(428, "precondition-required");
        remove.with("If-Match", tag).refused(412, "stale");
        remove.with("If-Match", "*").gives(204);
    }

    private void cart() {
        String product = open.product("Bag", 1000, 10);
        call("DELETE /cart").gives(204);
        Call add = call("POST /cart/add");
        add.saying("{\"productId\":\"%s\",\"quantity\":98}".formatted(product)).gives(200);
        add.saying("{\"productId\":\"%s\",\"quantity\":2}".formatted(product)).refused(422, "too-many-pieces");
        add.saying("{\"productId\":\"%s\"}".formatted(UUID.randomUUID())).refused(422, "unknown-products");
        add.saying("{\"productId\":\"%s\",\"userId\":\"bob\"}".formatted(product))
                .refused(403, "forbidden");
        add.saying("{\"quantity\":0}").refused(400, "invalid-body");
        String tag = call("GET /cart").gives(200).header("ETag").orElseThrow();
        call("GET /cart").with("If-None-Match", tag).gives(304);
        call("GET /cart").query("userId=bob").refused(403, "forbidden");
        Call set = call("PUT /cart/items/{productId}").at("productId", product);
        set.saying("{\"quantity\":1}").gives(200);
        set.saying("{}").refused(400, "invalid-body");
        set.at("productId", UUID.randomUUID().toString())
                .saying("{\"quantity\":1}")
                .refused(404, "not-found");
        Call takeOut = call("DELETE /cart/items/{productId}").at("productId", product);
        for (Call stale : List.of(
                add.saying("{\"productId\":\"%s\"}".formatted(product)),
                set.saying("{\"quantity\":1}"),
                takeOut,
                call("DELETE /cart"))) {
            stale.with("If-Match", tag).refused(412, "cart-changed");
        }
        takeOut.gives(204);
        call("DELETE /cart/items/{productId}").at("productId", "none").refused(404, "not-found");

        Call checkOut = call("POST /cart/checkout");
        checkOut.refused(400, "idempotency-key-missing");
        checkOut.withKey().refused(422, "empty-cart");
        full(100);
        add.saying("{\"productId\":\"%s\"}".formatted(product)).refused(422, "too-many-products");
        set.saying("{\"quantity\":1}").refused(422, "too-many-products");
        checkOut.withKey().refused(422, "unknown-products");
        call("DELETE /cart").gives(204);
        add.saying("{\"productId\":\"%s\"}".formatted(product)).gives(200);
        checkOut.withKey()
                .saying("{\"expectedTotal\":{\"amount\":1,\"currency\":\"EUR\"}}")
                .refused(409, "price-changed");
        checkOut.withKey().saying("{\"payment\":{\"method\":\"card-none\"}}").refused(422, "order-refused");
        checkOut.withKey().saying("{\"expectedTotal\":1}").refused(400, "invalid-body");
        checkOut.withKey().with("If-Match", tag).refused(412, "cart-changed");
        Call once = checkOut.withKey().saying("{" + CARD + "}");
        once.gives(202);
        once.gives(202);
        once.saying("{}").refused(422, "idempotency-key-reused");
        String added = add.saying("{\"productId\":\"%s\"}".formatted(product))
                .gives(200)
                .header("ETag")
                .orElseThrow();
        checkOut.withKey().with("If-Match", added).gives(202);
        checkOut.withKey().with("If-Match", added).refused(409, "cart-already-ordered");
        add.saying("{\"productId\":\"%s\",\"quantity\":2}".formatted(open.product("Few", 1000, 1)))
                .gives(200);
        checkOut.withKey().refused(409, "not-enough-stock");
        String yen = shop.as("carol")
                .post("/products", "{\"name\":\"Note\",\"price\":{\"amount\":1000,\"currency\":\"JPY\"},\"stock\":1}")
                .json()
                .getString("id");
        add.saying("{\"productId\":\"%s\"}".formatted(yen)).refused(422, "mixed-currencies");
        call("PUT /cart/items/{productId}")
                .at("productId", yen)
                .saying("{\"quantity\":1}")
                .refused(422, "mixed-currencies");
        call("DELETE /cart").gives(204);
    }

    /** As no customer could fill a cart within a second. */
    private void full(int products) {
        String cart = "cart:{" + shop.as("alice").get("/me").json().getString("userId") + "}";
        try (RedisClient redis = RedisClient.create(open.stores().redis())) {
            redis.hset(
                    cart,
                    Stream.generate(() -> UUID.randomUUID().toString())
                            .limit(products)
                            .collect(Collectors.toMap(id -> id, _ -> "1")));
        }
    }

    private void orders() {
        String product = open.product("Lamp", 1000, 10);
        String dollars = shop.as("carol")
                .post("/products", "{\"name\":\"Bill\",\"price\":{\"amount\":1,\"currency\":\"USD\"},\"stock\":1}")
                .json()
                .getString("id");
        Call place = call("POST /cartCheckout").withKey();
        place.saying("{" + lines(product) + "," + CARD + "}").gives(201);
        place.saying("{" + lines(product) + "," + CARD + "}").gives(201);
        place.saying("{" + lines(product) + "}").refused(422, "idempotency-key-reused");
        String version = UUID.randomUUID().toString().replace("-", "");
        String ofCart = "{" + lines(product) + ",\"cartVersion\":\"" + version + "\"," + CARD + "}";
        call("POST /cartCheckout").withKey().saying(ofCart).gives(201);
        call("POST /cartCheckout").withKey().saying(ofCart).refused(409, "cart-already-ordered");
        Call another = call("POST /cartCheckout");
        another.saying("{" + lines(product) + "}").refused(400, "idempotency-key-missing");
        another.withKey().saying("{}").refused(400, "invalid-body");
        another.withKey()
                .saying("{" + lines(UUID.randomUUID().toString()) + "}")
                .refused(422, "unknown-products");
        another.withKey()
                .saying("{" + lines(product) + ",\"payment\":{\"method\":\"card-none\"}}")
                .refused(422, "unknown-payment-method");
        another.withKey().saying("{" + lines(product, dollars) + "}").refused(422, "mixed-currencies");
        another.withKey()
                .saying("{" + lines(product) + ",\"expectedTotal\":{\"amount\":1,\"currency\":\"EUR\"}}")
                .refused(409, "price-changed");
        another.withKey().saying("{" + lines(product) + ",\"userId\":\"bob\"}").refused(403, "forbidden");

        String paid = open.order("alice", "," + CARD);
        follow(paid);
        followTooOften(paid);
        call("GET /orders/{id}/events")
                .at("id", paid)
                .with("Last-Event-ID", "last")
                .refused(400, "invalid-parameter");
        call("GET /orders/{id}").at("id", paid).gives(200);
        call("POST /orders/{id}/cancel").at("id", paid).refused(409, "too-late");
        String waiting = open.order("alice", "");
        call("POST /orders/{id}/cancel").at("id", waiting).gives(202);
        call("GET /orders/{id}").at("id", waiting).gives(200);
        String next =
                call("GET /orders").query("limit=1").gives(200).header("Link").orElseThrow();
        call("GET /orders").query(next.replaceAll("^.*\\?|>.*$", "")).gives(200);
        call("GET /orders").by(carol()).query("status=CANCELLED&mine=false").gives(200);
        call("GET /orders").query("status=LOST").refused(400, "invalid-parameter");
        soldOut();
        tooManyUnpaid();
        totalTooHigh();
    }

    /** Ten lines at the highest price of a currency with three decimals are more than 2^53 - 1 minor units. */
    private void totalTooHigh() {
        String lines = Stream.generate(this::dearest)
                .limit(10)
                .map("{\"productId\":\"%s\",\"quantity\":99}"::formatted)
                .collect(Collectors.joining(",", "{\"lines\":[", "]}"));
        call("POST /cartCheckout").withKey().saying(lines).refused(422, "total-too-high");
    }

    private String dearest() {
        return shop.as("carol")
                .post(
                        "/products",
                        "{\"name\":\"Palace\",\"price\":{\"amount\":10000000000000,\"currency\":\"KWD\"},\"stock\":99}")
                .json()
                .getString("id");
    }

    private void tooManyUnpaid() {
        String body = "{" + lines(open.product("Held back", 1000, 100)) + "}";
        List<String> waiting = new ArrayList<>();
        Answer placed = alice().order("/cartCheckout", body);
        while (placed.status() == 201) {
            waiting.add(placed.json().getString("orderId"));
            placed = alice().order("/cartCheckout", body);
        }
        call("POST /cartCheckout").withKey().saying(body).refused(409, "too-many-unpaid-orders");
        waiting.forEach(order -> alice().post("/orders/" + order + "/cancel", ""));
    }

    /** So that the products service says once that there is not enough. */
    private void soldOut() {
        String product = open.product("Last", 1000, 0);
        String order = call("POST /cartCheckout")
                .withKey()
                .saying("{" + lines(product) + "}")
                .gives(201)
                .json()
                .getString("orderId");
        awaitStatus(order, "CANCELLED");
        call("GET /orders/{id}").at("id", order).gives(200);
        call("POST /pay")
                .withKey()
                .saying("{\"orderId\":\"%s\"}".formatted(order))
                .refused(409, "order-not-payable");
    }

    private static String lines(String... products) {
        return Stream.of(products)
                .map("{\"productId\":\"%s\",\"quantity\":1}"::formatted)
                .collect(Collectors.joining(",", "\"lines\":[", "]"));
    }

    private void follow(String order) {
        Operation operation = api.operation("GET /orders/{id}/events");
        HttpRequest request = alice().request("/orders/" + order + "/events", "Last-Event-ID", "0")
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
            StringBuilder body = new StringBuilder();
            try (Stream<String> lines = response.body()) {
                Iterator<String> each = lines.iterator();
                while (each.hasNext() && !(body.indexOf("\"PAID\"") >= 0 && body.indexOf("data: {}\n") >= 0)) {
                    body.append(each.next()).append('\n');
                }
            }
            http.shutdownNow();
            met(operation, new Answer(response.statusCode(), response.headers().map(), body.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One stream is open while another is asked for, at a gateway that allows one. */
    private void followTooOften(String order) {
        Operation operation = api.operation("GET /orders/{id}/events");
        try (ServiceHost gateway = gateway(Map.of("STREAM_LIMIT_CUSTOMER", "1", "RATE_LIMIT_ADDRESS", "off"));
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = alice().at(gateway.address())
                    .request("/orders/" + order + "/events")
                    .build();
            HttpResponse<Stream<String>> first = http.send(request, BodyHandlers.ofLines());
            HttpResponse<String> second = http.send(request, BodyHandlers.ofString());
            met(operation, new Answer(second.statusCode(), second.headers().map(), second.body()));
            first.body().close();
            http.shutdownNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void payments() {
        String order = open.order("alice", "");
        awaitStatus(order, "RESERVED");
        Call pay = call("POST /pay").withKey();
        pay.saying("{\"orderId\":\"%s\"}".formatted(order)).gives(200);
        pay.saying("{\"orderId\":\"%s\"}".formatted(order)).gives(200);
        pay.saying("{\"orderId\":\"%s\",\"method\":\"card-slow\"}".formatted(order))
                .refused(422, "idempotency-key-reused");
        pay.withKey()
                .saying("{\"orderId\":\"%s\",\"method\":\"card-none\"}".formatted(order))
                .refused(422, "unknown-payment-method");
        pay.withKey().saying("{}").refused(400, "invalid-body");
        call("POST /pay").saying("{\"orderId\":\"%s\"}".formatted(order)).refused(400, "idempotency-key-missing");
        pay.withKey()
                .saying("{\"orderId\":\"%s\",\"userId\":\"bob\"}".formatted(order))
                .refused(403, "forbidden");
        pay.withKey()
                .saying("{\"orderId\":\"%s\"}".formatted(UUID.randomUUID()))
                .refused(404, "not-found");
        call("GET /payments/{orderId}").at("orderId", order).gives(200);
        call("GET /payments/methods").gives(200);

        String declined = open.order("alice", ",\"payment\":{\"method\":\"card-declined\"}");
        await().atMost(ofSeconds(20))
                .until(() -> shop.as("alice").get("/orders/" + declined).json().containsKey("declined"));
        call("GET /orders/{id}").at("id", declined).gives(200);
        awaitStatus(order, "PAID");
        Call refund = call("POST /payments/{orderId}/refund").by(carol()).at("orderId", order);
        refund.refused(400, "idempotency-key-missing");
        refund.withKey()
                .saying("{\"amount\":{\"amount\":0,\"currency\":\"EUR\"}}")
                .refused(422, "refund-amount");
        refund.withKey()
                .saying("{\"amount\":{\"amount\":1,\"currency\":\"EUR\"},\"goods\":\"returned\"}")
                .refused(422, "refund-goods");
        refund.withKey().saying("{\"portion\":1}").refused(400, "invalid-body");
        refund.withKey()
                .saying("{\"amount\":{\"amount\":1,\"currency\":\"EUR\"}}")
                .gives(202);
        await().atMost(ofSeconds(20))
                .until(() -> shop.as("alice").get("/orders/" + order).json().containsKey("refunded"));
        call("GET /orders/{id}").at("id", order).gives(200);
        call("GET /payments/{orderId}").at("orderId", order).gives(200);
        Call once = refund.withKey();
        once.gives(202);
        once.gives(202);
        once.at("orderId", declined).refused(422, "idempotency-key-reused");
        refund.withKey().at("orderId", declined).refused(409, "nothing-paid");
        refund.withKey().at("orderId", UUID.randomUUID().toString()).refused(404, "not-found");
        awaitStatus(order, "REFUNDED");
        refund.withKey().saying("{\"goods\":\"outstanding\"}").refused(409, "goods-decided");
        String voided = voided();
        call("GET /payments/{orderId}").by(carol()).at("orderId", voided).gives(200);
    }

    /** An order that was cancelled before any charge. */
    private String voided() {
        String order = open.order("alice", "");
        awaitStatus(order, "RESERVED");
        Call cancel = call("POST /orders/{id}/cancel").at("id", order);
        cancel.saying("{\"reason\":\"any\"}").refused(400, "invalid-body");
        cancel.saying("{}").with("Content-Type", "text/plain").refused(415, "unsupported-media-type");
        cancel.gives(202);
        await().atMost(ofSeconds(20))
                .until(() -> shop.as("carol").get("/payments/" + order).status() == 200);
        return order;
    }

    private void messages() {
        String nonsense = parked("payment", "payment.refund.v1", "{");
        Call resend = call("POST /messages/parked/{id}/resend").by(carol()).door("payments");
        call("GET /messages/parked")
                .by(carol())
                .door("payments")
                .query("limit=5")
                .gives(200);
        call("GET /messages/parked")
                .by(carol())
                .door("payments")
                .query("limit=0")
                .refused(400, "invalid-parameter");
        resend.at("id", nonsense).refused(409, "message-failed-again");
        Call fromTheOffice =
                call("POST /office/messages/{service}/{id}/resend").by(carol()).at("service", "payments");
        fromTheOffice.at("id", nonsense).refused(409, "message-failed-again");
        fromTheOffice.at("id", UUID.randomUUID().toString()).refused(404, "not-found");
        open.stores().execute("DELETE FROM payment.parked_message WHERE id = '%s'".formatted(nonsense));
        resend.at("id", parkedRelease()).door("products").gives(204);
        fromTheOffice.at("service", "products").at("id", parkedRelease()).gives(204);
        deadLetters();
    }

    private void deadLetters() {
        String homeless = dead("no.type.of.ours");
        Call list = call("GET /messages/dead").by(carol()).door("orders");
        list.query("limit=5").gives(200);
        list.query("limit=0").refused(400, "invalid-parameter");
        Call resend = call("POST /messages/dead/{id}/resend").by(carol()).door("orders");
        resend.at("id", homeless).refused(409, "message-failed-again");
        resend.at("id", UUID.randomUUID().toString()).refused(404, "not-found");
        resend.at("id", dead("dev.hexmart.stock.release.v1")).gives(204);
        call("POST /office/messages/{service}/{id}/resend")
                .by(carol())
                .at("service", "dead-letters")
                .at("id", dead("dev.hexmart.stock.release.v1"))
                .gives(204);
    }

    /** A message that the broker has given up on. */
    private String dead(String type) {
        UUID id = UUID.randomUUID();
        DeadMessages.add(open.parts().broker().amqpUrl(), id, type, release(id));
        return id.toString();
    }

    /** A message of an unknown type. */
    private String parkedRelease() {
        return parked("catalog", "stock.release.v1", release(UUID.randomUUID()));
    }

    private static String release(UUID id) {
        return """
            {"specversion":"1.0","id":"%s","source":"urn:hexmart:ordering","type":"dev.hexmart.stock.release.v1",
             "data":{"orderId":"%s"}}\
            """.formatted(id, UUID.randomUUID());
    }

    private String parked(String context, String type, String body) {
        String id = UUID.randomUUID().toString();
        open.stores()
                .execute(
                        "INSERT INTO %s.parked_message VALUES ('%s', 'dev.hexmart.%s', '%s', '{}', 'on purpose', now())"
                                .formatted(context, id, type, body));
        return id;
    }

    private void awaitStatus(String order, String status) {
        await().atMost(ofSeconds(30))
                .until(() -> shop.as("alice")
                        .get("/orders/" + order)
                        .json()
                        .getString("status")
                        .equals(status));
    }

    // --- What every operation answers ---

    /** To those who may not ask, or ask in a way in which nothing may be asked. */
    private void whateverIsAsked() {
        String product = open.product("Thing", 1000, 1);
        for (Operation operation : api.operations()) {
            for (String door : doors(operation)) {
                Call call = call(operation.name())
                        .door(door)
                        .withKey()
                        .with("If-Match", "*")
                        .anywhere(product);
                boolean gateway = door.equals("gateway");
                if (!operation.security().isEmpty()) {
                    call.by(shop.stranger()).refused(401, "unauthenticated");
                    call.by(shop.bearing("bad")).refused(401, "unauthenticated");
                }
                Optional<Visitor> unfit = unfit(operation);
                unfit.ifPresent(visitor -> call.by(visitor).refused(403, "forbidden"));
                Visitor fit = operation.security().contains("bearer [access_as_user]") ? alice() : carol();
                if (gateway && !operation.security().isEmpty()) {
                    call.by(fit).with("Cookie", SESSION_COOKIE).refused(400, "two-credentials");
                }
                if (gateway
                        && !operation.security().isEmpty()
                        && !operation.method().equals("GET")) {
                    call.by(shop.stranger()).with("Cookie", SESSION_COOKIE).refused(403, "cross-site");
                }
                if (operation.body().isPresent()) {
                    call.by(fit).saying("{}").with("Content-Type", "text/plain").refused(415, "unsupported-media-type");
                    call.by(fit).saying(" ".repeat(TOO_LARGE)).refused(413, "body-too-large");
                }
                if (operation.statuses().contains("404") && operation.template().contains("{")) {
                    call.by(fit)
                            .nowhere()
                            .saying(anything(operation.template()))
                            .refused(404, "not-found");
                }
            }
        }
        Answer patch = shop.send(alice().request("/cart")
                .method("PATCH", BodyPublishers.noBody())
                .build());
        met(api.operation("GET /cart"), patch);
    }

    /** A body that can be taken at the address. */
    private static String anything(String template) {
        return switch (template) {
            case "/cart/items/{productId}" -> "{\"quantity\":1}";
            case "/products/{id}/stock" -> "{\"delta\":1,\"reason\":\"any\"}";
            case "/products/{id}" -> "{\"name\":\"any\",\"price\":{\"amount\":1,\"currency\":\"EUR\"}}";
            default -> "{}";
        };
    }

    /** A caller with a valid token and without the right. */
    private Optional<Visitor> unfit(Operation operation) {
        Set<String> names = operation.security();
        if (names.contains("bearer []") || names.isEmpty()) {
            return Optional.empty();
        }
        if (!names.contains("bearer [access_as_user]")) {
            return Optional.of(alice());
        }
        return names.contains("bearer [Orders.Manage]") ? Optional.empty() : Optional.of(application());
    }

    private void atAGatewayThatHasLostEverything() {
        Map<String, String> away =
                new HashMap<>(Map.of("REDIS_URL", "redis://127.0.0.1:1", "RATE_LIMIT_ADDRESS", "off"));
        SharedShop.SERVICES.forEach(
                service -> away.put(service.toUpperCase(Locale.ROOT) + "_URL", "http://127.0.0.1:1"));
        try (ServiceHost gateway = gateway(away)) {
            for (Operation operation : api.operations()) {
                if (operation.isAtTheGateway()) {
                    Call call = call(operation.name())
                            .by(carol())
                            .at(gateway.address())
                            .withKey()
                            .anywhere(UUID.randomUUID().toString());
                    (operation.services(api).contains("gateway")
                                            && !operation.template().startsWith("/office")
                                    ? call.by(shop.stranger())
                                            .with("Cookie", SESSION_COOKIE)
                                            .with("X-Requested-By", "test")
                                            .with("Sec-Fetch-Site", "same-origin")
                                    : call)
                            .refused(503, "unavailable");
                }
            }
        }
    }

    private void atAGatewayThatIsAskedTooOften() {
        open.forgetAllowances();
        try (ServiceHost gateway = gateway(Map.of("RATE_LIMIT_ADDRESS", "1/PT1H"))) {
            shop.send(shop.stranger().at(gateway.address()).request("/me").build());
            api.operations().stream()
                    .filter(Operation::isAtTheGateway)
                    .forEach(operation -> call(operation.name())
                            .at(gateway.address())
                            .anywhere(UUID.randomUUID().toString())
                            .refused(429, "too-many-requests"));
        } finally {
            open.forgetAllowances();
        }
    }

    private ServiceHost gateway(Map<String, String> variables) {
        Map<String, String> environment = open.environment("gateway");
        environment.putAll(variables);
        return GatewayService.start(GatewaySettings.from(new Environment(environment)));
    }

    private List<String> doors(Operation operation) {
        return Stream.concat(
                        operation.isAtTheGateway() ? Stream.of("gateway") : Stream.empty(),
                        operation.services(api).stream().filter(service -> !service.equals("gateway")))
                .toList();
    }

    private Visitor alice() {
        return shop.as("alice");
    }

    private Visitor carol() {
        return shop.as("carol");
    }

    private Visitor application() {
        return shop.bearing(shop.applicationToken());
    }

    // --- Asking ---

    private Call call(String operation) {
        return new Call(
                api.operation(operation),
                alice(),
                shop.addresses().gateway(),
                Map.of(),
                "",
                Map.of(),
                Optional.empty());
    }

    /** A request, yet to be sent. */
    private final class Call {

        private final Operation operation;
        private final Visitor visitor;
        private final URI door;
        private final Map<String, String> path;
        private final String query;
        private final Map<String, String> headers;
        private final Optional<String> body;

        private Call(
                Operation operation,
                Visitor visitor,
                URI door,
                Map<String, String> path,
                String query,
                Map<String, String> headers,
                Optional<String> body) {
            this.operation = operation;
            this.visitor = visitor;
            this.door = door;
            this.path = path;
            this.query = query;
            this.headers = headers;
            this.body = body;
        }

        Call by(Visitor other) {
            return new Call(operation, other, door, path, query, headers, body);
        }

        Call at(URI other) {
            return new Call(operation, visitor, other, path, query, headers, body);
        }

        Call door(String service) {
            return at(open.service(service).address());
        }

        Call at(String parameter, String value) {
            return new Call(operation, visitor, door, and(path, parameter, value), query, headers, body);
        }

        /** With any path at all, the product's where it is one of products. */
        Call anywhere(String product) {
            Call call = at("service", "orders")
                    .at("slug", "other")
                    .at("productId", product)
                    .at("orderId", UUID.randomUUID().toString());
            return call.at(
                    "id",
                    operation.template().startsWith("/products")
                            ? product
                            : UUID.randomUUID().toString());
        }

        Call nowhere() {
            return at("slug", "No-category")
                    .at("id", UUID.randomUUID().toString())
                    .at("productId", "none");
        }

        Call query(String other) {
            return new Call(operation, visitor, door, path, other, headers, body);
        }

        Call with(String header, String value) {
            return new Call(operation, visitor, door, path, query, and(headers, header, value), body);
        }

        Call withKey() {
            return operation.parameters("header").contains("Idempotency-Key")
                    ? with("Idempotency-Key", UUID.randomUUID().toString())
                    : this;
        }

        Call saying(String json) {
            return new Call(operation, visitor, door, path, query, headers, Optional.of(json));
        }

        Answer gives(int status) {
            Answer answer = sent();
            if (answer.status() != status) {
                breaches.add("%s gave %d instead of %d: %s"
                        .formatted(operation.name(), answer.status(), status, answer.body()));
            }
            breaches.addAll(undocumented());
            return answer;
        }

        void refused(int status, String code) {
            Answer answer = sent();
            if (answer.status() != status || !answer.body().contains("\"code\":\"" + code + "\"")) {
                breaches.add("%s gave %d instead of %d %s: %s"
                        .formatted(operation.name(), answer.status(), status, code, answer.body()));
            }
        }

        /** What there is about a request that was accepted, and not in the document. */
        private List<String> undocumented() {
            List<String> found = new ArrayList<>();
            Stream.of(query.split("&"))
                    .map(pair -> pair.replaceFirst("=.*", ""))
                    .filter(name ->
                            !name.isEmpty() && !operation.parameters("query").contains(name))
                    .forEach(found::add);
            body.ifPresent(json -> operation
                    .body()
                    .ifPresentOrElse(schema -> found.addAll(schema.violations(json)), () -> found.add("a body")));
            return found.stream()
                    .map(each -> operation.name() + " took, undocumented: " + each)
                    .toList();
        }

        private Answer sent() {
            String address = operation.template();
            for (Map.Entry<String, String> parameter : path.entrySet()) {
                address = address.replace("{" + parameter.getKey() + "}", parameter.getValue());
            }
            Map<String, String> all = new HashMap<>(headers);
            body.ifPresent(_ -> all.putIfAbsent("Content-Type", "application/json"));
            HttpRequest.Builder request = visitor.at(door).request(query.isEmpty() ? address : address + "?" + query);
            all.forEach(request::header);
            Answer answer = shop.send(request.method(
                            operation.method(),
                            body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody))
                    .build());
            met(operation, answer);
            return answer;
        }

        private static Map<String, String> and(Map<String, String> map, String name, String value) {
            Map<String, String> more = new HashMap<>(map);
            more.put(name, value);
            return more;
        }
    }

    private void met(Operation operation, Answer answer) {
        breaches.addAll(operation.breaches(answer));
        answers.add(operation.name() + " " + answer.status());
        if (answer.status() >= 400 && !answer.body().isEmpty()) {
            codes.add(answer.json().getString("code"));
        }
    }
}
