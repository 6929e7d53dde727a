package dev.hexmart.adapter.http.api.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.ordering.CancelOrder;
import dev.hexmart.application.ordering.FollowOrder;
import dev.hexmart.application.ordering.InMemoryAcceptedPaymentMethods;
import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.ordering.InMemoryPriceList;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.application.ordering.PlaceOrder;
import dev.hexmart.application.ordering.PlaceOrder.Terms;
import dev.hexmart.application.ordering.PriceList.Offer;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.domain.messages.CheckoutEvent.StockRejected;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersApiTest {

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryOrdering ordering = InMemoryOrdering.create();
    private final InMemoryPriceList prices = new InMemoryPriceList();
    private final Map<OrderId, String> traces = new HashMap<>();
    private final TestService service = TestService.of(new OrdersApi(
                    new PlaceOrder(
                            ordering.transactor(),
                            prices,
                            InMemoryAcceptedPaymentMethods.of(new PaymentMethod("card-ok")),
                            new Terms(Duration.ofMinutes(15), Optional.empty(), 3),
                            () -> new OrderId(UUID.randomUUID()),
                            clock),
                    new FollowOrder(ordering.transactor(), ordering.changes()),
                    new CancelOrder(ordering.transactor(), clock),
                    order -> Optional.ofNullable(traces.get(order)),
                    clock)
            .routes());
    private final CustomerId alice = Callers.newCustomerId();
    private final Caller customer = Callers.customer(alice);
    private final ProductId kettle = offered("Kettle", "EUR");

    @AfterEach
    void stop() {
        service.close();
    }

    private ProductId offered(String name, String currency) {
        ProductId product = new ProductId(UUID.randomUUID());
        prices.offer(product, new Offer(name, Money.of(1999, currency), 5));
        return product;
    }

    private TestService.Call checkout(String key, String body) {
        return service.call("POST", "/cartCheckout").by(customer).key(key).json(body);
    }

    private String twoKettles(String more) {
        return "{\"lines\": [{\"productId\": \"%s\", \"quantity\": 2}]%s}".formatted(kettle, more);
    }

    private String save(Order order) {
        Orders.saveWithItsPast(ordering.transactor(), order);
        return "/orders/" + order.id();
    }

    private Purchase hers() {
        return Purchases.by(alice, Purchases.PLACED_AT);
    }

    @Test
    void anOrderIsPlacedAtTheCatalogsPricesAndFoundWhereTheAnswerSays() {
        var placed = checkout("k", twoKettles(", \"payment\": {\"method\": \"card-ok\"}"))
                .send()
                .hasStatus(201);
        assertThat(placed.json().getString("status")).isEqualTo("PENDING");
        assertThat(placed.json().getJsonObject("total").getInt("amount")).isEqualTo(3998);
        assertThat(placed.header("Location"))
                .isEqualTo("/orders/" + placed.json().getString("orderId"));

        JsonObject order =
                service.get(placed.header("Location"), customer).hasStatus(200).json();
        assertThat(order.getString("orderId")).isEqualTo(placed.json().getString("orderId"));
        assertThat(order.getString("userId")).isEqualTo(alice.toString());
        assertThat(order.getString("status")).isEqualTo("PENDING");
        assertThat(order.getString("placedAt")).isEqualTo("2026-03-02T12:00:00Z");
        assertThat(order.getString("payBy")).isEqualTo("2026-03-02T12:15:00Z");
        assertThat(order.getJsonObject("payment").getString("method")).isEqualTo("card-ok");
        JsonObject line = order.getJsonArray("lines").getJsonObject(0);
        assertThat(line.getString("productId")).isEqualTo(kettle.toString());
        assertThat(line.getString("name")).isEqualTo("Kettle");
        assertThat(line.getInt("quantity")).isEqualTo(2);
        assertThat(line.getJsonObject("unitPrice").getInt("amount")).isEqualTo(1999);
        assertThat(line.getJsonObject("total").getInt("amount")).isEqualTo(3998);
        assertThat(order.getJsonObject("total")).isEqualTo(placed.json().getJsonObject("total"));
        JsonObject entry = order.getJsonArray("history").getJsonObject(0);
        assertThat(entry.getInt("version")).isEqualTo(1);
        assertThat(entry.getString("status")).isEqualTo("PENDING");
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAgain() {
        var first = checkout("k", twoKettles("")).send().hasStatus(201);
        var again = checkout("k", twoKettles("")).send().hasStatus(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(service.get("/orders", customer).array()).hasSize(1);
    }

    @Test
    void theSameKeyForSomethingElseIsRefused() {
        checkout("k", twoKettles("")).send().hasStatus(201);
        checkout("k", twoKettles(", \"payment\": {\"method\": \"card-ok\"}"))
                .send()
                .isProblem(422, "idempotency-key-reused");
    }

    @Test
    void cartVersionIsOrderedOnce() {
        String body = twoKettles(", \"cartVersion\": \"6f.1c\"");
        var first = checkout("k", body).send().hasStatus(201);
        var second = checkout("l", body).send().isProblem(409, "cart-already-ordered");
        assertThat(second.json().getString("orderId")).isEqualTo(first.json().getString("orderId"));
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(service.get("/orders", customer).array()).hasSize(1);
        checkout("m", twoKettles(", \"cartVersion\": \"two words\"")).send().isProblem(400, "invalid-body");
    }

    @Test
    void aCartThatCannotBeFilledIsRefusedWithItsLines() {
        String body =
                "{\"lines\": [{\"productId\": \"%s\", \"quantity\": 6}], \"cartVersion\": \"1\"}".formatted(kettle);
        var refused = checkout("k", body).send().isProblem(409, "not-enough-stock");
        assertThat(refused.json().getString("detail")).contains("Kettle", "5 are left, not 6");
        JsonObject shortage = refused.json().getJsonArray("shortages").getJsonObject(0);
        assertThat(shortage.getString("productId")).isEqualTo(kettle.toString());
        assertThat(shortage.getInt("wanted")).isEqualTo(6);
        assertThat(shortage.getInt("available")).isEqualTo(5);
    }

    @Test
    void aCustomerWithTooManyUnpaidOrdersIsToldToPayOrCancelOne() {
        for (int i = 0; i < 3; i++) {
            checkout("k" + i, twoKettles("")).send().hasStatus(201);
        }
        var refused = checkout("l", twoKettles("")).send().isProblem(409, "too-many-unpaid-orders");
        assertThat(refused.json().getString("detail")).contains("3 orders", "pay or cancel");
    }

    @Test
    void aKeyThatIsNeededIsAskedFor() {
        service.call("POST", "/cartCheckout")
                .by(customer)
                .json(twoKettles(""))
                .send()
                .isProblem(400, "idempotency-key-missing");
    }

    @Test
    void aPriceThatIsNotTheExpectedOneStopsTheOrder() {
        var answer = checkout("k", twoKettles(", \"expectedTotal\": {\"amount\": 1, \"currency\": \"EUR\"}"))
                .send()
                .isProblem(409, "price-changed");
        assertThat(answer.json().getJsonObject("actualTotal").getInt("amount")).isEqualTo(3998);
        assertThat(service.get("/orders", customer).array()).isEmpty();
        checkout("k2", twoKettles(", \"expectedTotal\": {\"amount\": 3998, \"currency\": \"EUR\"}"))
                .send()
                .hasStatus(201);
    }

    @Test
    void unavailableProductsAreNamed() {
        ProductId unknown = new ProductId(UUID.randomUUID());
        var gone = checkout("a", "{\"lines\": [{\"productId\": \"%s\", \"quantity\": 1}]}".formatted(unknown))
                .send()
                .isProblem(422, "unknown-products");
        assertThat(gone.json().getJsonArray("products").getString(0)).isEqualTo(unknown.toString());

        checkout(
                        "b",
                        "{\"lines\": [{\"productId\": \"%s\", \"quantity\": 1}, {\"productId\": \"%s\", \"quantity\": 1}]}"
                                .formatted(kettle, offered("Import", "USD")))
                .send()
                .isProblem(422, "mixed-currencies");

        var method = checkout("c", twoKettles(", \"payment\": {\"method\": \"cheque\"}"))
                .send()
                .isProblem(422, "unknown-payment-method");
        assertThat(method.faults()).containsExactly("/payment/method");
        assertThat(method.json().getString("detail")).contains("card-ok");

        prices.breakDown();
        checkout("d", twoKettles("")).send().isProblem(503, "unavailable");
    }

    @Test
    void orderForAnotherUserIsForbidden() {
        checkout("k", twoKettles(", \"userId\": \"" + Callers.newCustomerId() + "\""))
                .send()
                .isProblem(403, "forbidden");
        checkout("k", twoKettles(", \"userId\": \"" + alice + "\"")).send().hasStatus(201);
    }

    @Test
    void anOrderAboveTheHighestTotalIsRefusedInItsCurrency() {
        ProductId yacht = new ProductId(UUID.randomUUID());
        prices.offer(yacht, new Offer("Yacht", Money.of(Money.MAX_PAYABLE, "KWD"), 5));
        var refused = checkout("k", "{\"lines\": [{\"productId\": \"%s\", \"quantity\": 2}]}".formatted(yacht))
                .send()
                .isProblem(422, "total-too-high");
        assertThat(refused.json().getString("detail")).contains("KWD").contains("9007199254740991");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                                         | /lines
            {"lines": []}                                                                              | /lines
            {"lines": {}}                                                                              | /lines
            {"lines": [7]}                                                                             | /lines/0
            {"lines": [{"quantity": 1}]}                                                               | /lines/0/productId
            {"lines": [{"productId": "x", "quantity": 1}]}                                             | /lines/0/productId
            {"lines": [{"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10"}]}                         | /lines/0/quantity
            {"lines": [{"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "quantity": 0}]}          | /lines/0/quantity
            {"lines": [{"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "quantity": 1}], "payment": 1} | /payment
            """)
    void aBrokenOrderIsRefusedWithThePlace(String body, String pointer) {
        var answer = checkout("k", body).send().isProblem(400, "invalid-body");
        assertThat(answer.faults()).containsExactly(pointer);
    }

    @Test
    void aProductOnTwoLinesOrTooManyLinesAreRefused() {
        String line = "{\"productId\": \"%s\", \"quantity\": 1}";
        String twice = line.formatted(kettle) + "," + line.formatted(kettle);
        checkout("k", "{\"lines\": [" + twice + "]}").send().isProblem(400, "invalid-body");
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(line.formatted(UUID.randomUUID()));
        }
        checkout("k", "{\"lines\": [" + String.join(",", many) + "]}").send().isProblem(400, "invalid-body");
    }

    @Test
    void anOrderIsItsCustomersAndTheManagersBusiness() {
        String path = save(Orders.paid(hers()));
        service.get(path, customer).hasStatus(200);
        service.get(path, Callers.employee()).hasStatus(200);
        Caller bob = Callers.customer(Callers.newCustomerId());
        Answer strange = service.get(path, bob).isProblem(404, "not-found");
        String unknownPath = "/orders/" + UUID.randomUUID();
        Answer unknown = service.get(unknownPath, bob).isProblem(404, "not-found");
        assertThat(strange.text().replace(path, "")).isEqualTo(unknown.text().replace(unknownPath, ""));
        service.get(path + "/events", bob).isProblem(404, "not-found");
        service.call("POST", path + "/cancel").by(bob).send().isProblem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "nonsense", "1-1-1-1-1"})
    void anImpossibleIdIsNotFound(String id) {
        service.get("/orders/" + id, customer).isProblem(404, "not-found");
        service.get("/orders/" + id + "/events", customer).isProblem(404, "not-found");
        service.call("POST", "/orders/" + id + "/cancel").by(customer).send().isProblem(404, "not-found");
    }

    @Test
    void aCancelledOrderSaysWhyAndAnOpenOneHasNoReason() {
        Purchase purchase = hers();
        Order rejected = Orders.on(
                Orders.placed(purchase),
                new StockRejected(
                        purchase.id(), List.of(purchase.items().getFirst().product())));
        JsonObject order = service.get(save(rejected), customer).hasStatus(200).json();
        assertThat(order.getString("status")).isEqualTo("CANCELLED");
        assertThat(order.getString("reason")).isEqualTo("SOLD_OUT");
        assertThat(order.getJsonArray("history")).hasSize(2);
        JsonObject open = service.get(save(Orders.placed(hers())), customer).json();
        assertThat(open).doesNotContainKey("reason");
    }

    @Test
    void anOrderNamesTheTraceThatItWasPlacedInWhereThatIsKnown() {
        Order order = Order.Placed.of(hers());
        String path = save(order);
        assertThat(service.get(path, customer).json()).doesNotContainKey("traceId");
        traces.put(order.id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(service.get(path, customer).json().getString("traceId"))
                .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void anOrderThatNamesNoMethodHasNoPayment() {
        String location = checkout("k", twoKettles("")).send().header("Location");
        assertThat(service.get(location, customer).json()).doesNotContainKey("payment");
    }

    @Test
    void customersListTheirOwnOrdersAndManagersAll() {
        List<String> ofAlice = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Purchase purchase = Purchases.by(alice, Purchases.PLACED_AT.plusSeconds(i));
            save(Orders.placed(purchase));
            ofAlice.addFirst(purchase.id().toString());
        }
        save(Orders.placed(Purchases.by(Callers.newCustomerId(), Purchases.PLACED_AT.plusSeconds(9))));

        assertThat(service.get("/orders", customer).strings("orderId")).isEqualTo(ofAlice);
        assertThat(service.get("/orders", Callers.employee()).array()).hasSize(6);
        assertThat(service.get("/orders?mine=false", Callers.employee()).array())
                .hasSize(6);
        assertThat(service.get("/orders?mine=true", Callers.employee()).array()).isEmpty();
        assertThat(service.get("/orders?mine=true", customer).array()).hasSize(5);
        service.get("/orders?mine=perhaps", customer).isProblem(400, "invalid-parameter");
        assertThat(service.get("/orders?status=PENDING", Callers.employee()).array())
                .hasSize(6);
        assertThat(service.get("/orders?status=PAID", Callers.employee()).array())
                .isEmpty();
        service.get("/orders?status=paid", customer).isProblem(400, "invalid-parameter");

        List<String> paged = new ArrayList<>();
        String next = "/orders?limit=2";
        for (int pages = 0; !next.isEmpty(); pages++) {
            assertThat(pages).isLessThan(3);
            Answer page = service.get(next, customer).hasStatus(200);
            paged.addAll(page.strings("orderId"));
            String link = page.header("Link");
            next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        }
        assertThat(paged).isEqualTo(ofAlice);
    }

    @Test
    void aManagerFindsAnOrderByTheNumberThatItsCustomerReadsOut() {
        String path = save(Orders.paid(hers()));
        save(Orders.paid());
        String id = path.substring(path.lastIndexOf('/') + 1);
        String number = service.get(path, customer).json().getString("number");
        assertThat(number.replace("-", "").toLowerCase(Locale.ROOT)).isEqualTo(id.substring(28));
        for (String typed : List.of(number, number.replace("-", "").toLowerCase(Locale.ROOT), id)) {
            assertThat(service.get("/orders?number=" + typed, Callers.employee())
                            .hasStatus(200)
                            .strings("orderId"))
                    .containsExactly(id);
        }
        assertThat(service.get("/orders?number=" + number, Callers.customer(Callers.newCustomerId()))
                        .hasStatus(200)
                        .strings("orderId"))
                .isEmpty();
        service.get("/orders?number=kettle", Callers.employee()).isProblem(400, "invalid-parameter");
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=101, limit", "cursor=AAAA, cursor", "cursor=eA, cursor", "cursor=, cursor"})
    void aBadParameterIsNamed(String query, String parameter) {
        var answer = service.get("/orders?" + query, customer).isProblem(400, "invalid-parameter");
        assertThat(answer.faults()).containsExactly(parameter);
    }

    @Test
    void anOrderIsCancelledWhileThereIsTime() {
        String path = save(Orders.reserved(hers()));
        for (int i = 0; i < 2; i++) {
            var answer =
                    service.call("POST", path + "/cancel").by(customer).send().hasStatus(202);
            assertThat(answer.json().getString("status")).isEqualTo("CANCELLED");
        }
        assertThat(service.get(path, customer).json().getString("reason")).isEqualTo("ON_REQUEST");
    }

    @Test
    void aManagerMayCancelForACustomer() {
        String path = save(Orders.placed(hers()));
        service.call("POST", path + "/cancel").by(Callers.employee()).send().hasStatus(202);
        assertThat(service.get(path, customer).json().getString("reason")).isEqualTo("BY_SHOP");
    }

    @Test
    void afterItHasBeenPaidItIsTooLateToCancel() {
        String path = save(Orders.paid(hers()));
        service.call("POST", path + "/cancel").by(customer).send().isProblem(409, "too-late");
    }
}
