package dev.hexmart.adapter.http.api.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.application.cart.InMemoryCarts;
import dev.hexmart.application.cart.InMemoryOrderPlacement;
import dev.hexmart.application.cart.InMemoryProductDirectory;
import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Shortage;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CartApiTest {

    private final InMemoryCarts carts = new InMemoryCarts();
    private final InMemoryProductDirectory products = new InMemoryProductDirectory();
    private final InMemoryOrderPlacement orders = new InMemoryOrderPlacement();
    private final TestService service =
            TestService.of(new CartApi(new FillCart(carts, products), new CheckOutCart(carts, carts, orders)).routes());
    private final CustomerId alice = Callers.newCustomerId();
    private final Caller caller = Callers.customer(alice);
    private final ProductId kettle = offered();
    private final OrderId order = new OrderId(UUID.randomUUID());
    private final Money total = Money.of(3998, "EUR");

    @AfterEach
    void stop() {
        service.close();
    }

    private ProductId offered() {
        ProductId product = new ProductId(UUID.randomUUID());
        products.offer(product);
        return product;
    }

    private Answer add(ProductId product, int quantity) {
        return service.call("POST", "/cart/add")
                .by(caller)
                .json("{\"productId\": \"%s\", \"quantity\": %d}".formatted(product, quantity))
                .send();
    }

    private Answer cart() {
        return service.get("/cart", caller).hasStatus(200);
    }

    private TestService.Call checkout(String key, String body) {
        return service.call("POST", "/cart/checkout").by(caller).key(key).json(body);
    }

    @Test
    void aNewCartIsEmpty() {
        JsonObject cart = cart().json();
        assertThat(cart.getString("userId")).isEqualTo(alice.toString());
        assertThat(cart.getJsonArray("lines")).isEmpty();
        assertThat(cart.getInt("itemCount")).isZero();
    }

    @Test
    void addedProductIsInTheCart() {
        add(kettle, 2).hasStatus(200);
        Answer answer = add(kettle, 3).hasStatus(200);
        assertThat(answer.json()).isEqualTo(cart().json());
        assertThat(answer.header("ETag")).isEqualTo(cart().header("ETag"));
        JsonObject line = answer.json().getJsonArray("lines").getJsonObject(0);
        assertThat(line.getString("productId")).isEqualTo(kettle.toString());
        assertThat(line.getInt("quantity")).isEqualTo(5);
        assertThat(answer.json().getInt("itemCount")).isEqualTo(5);
        assertThat(products.lastCredential()).isPresent();
    }

    @Test
    void defaultQuantityIsOne() {
        service.call("POST", "/cart/add")
                .by(caller)
                .json("{\"productId\": \"%s\"}".formatted(kettle))
                .send()
                .hasStatus(200);
        assertThat(cart().json().getInt("itemCount")).isEqualTo(1);
    }

    @Test
    void userIdOtherThanTheCallersIsForbidden() {
        String body = "{\"productId\": \"%s\", \"userId\": \"%s\"}";
        for (String self : List.of(alice.toString(), alice.object().toString())) {
            service.call("POST", "/cart/add")
                    .by(caller)
                    .json(body.formatted(kettle, self))
                    .send()
                    .hasStatus(200);
            service.get("/cart?userId=" + self, caller).hasStatus(200);
        }
        for (String other : List.of(
                Callers.newCustomerId().toString(), "bob", "", alice.tenant().toString())) {
            service.call("POST", "/cart/add")
                    .by(caller)
                    .json(body.formatted(kettle, other))
                    .send()
                    .isProblem(403, "forbidden");
            service.get("/cart?userId=" + other, caller).isProblem(403, "forbidden");
            checkout("k", "{\"userId\": \"" + other + "\"}").send().isProblem(403, "forbidden");
        }
        assertThat(cart().json().getInt("itemCount")).isEqualTo(2);
    }

    @Test
    void cartsAreKeptApart() {
        add(kettle, 2);
        JsonObject other = service.get("/cart", Callers.customer(Callers.newCustomerId()))
                .hasStatus(200)
                .json();
        assertThat(other.getInt("itemCount")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                        | /productId
        {"productId": 7}                                                          | /productId
        {"productId": "7"}                                                        | /productId
        {"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "quantity": 0}      | /quantity
        {"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "quantity": -1}     | /quantity
        {"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "quantity": 100}    | /quantity
        {"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "quantity": 1.5}    | /quantity
        {"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "quantity": "1"}    | /quantity
        {"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "quantity": [1]}    | /quantity
        {"productId": "0d4c2d5e-8a53-4a0e-9d6f-2f6a3c1b7e10", "userId": 7}        | /userId
        """)
    void aBrokenAdditionIsRefusedWithThePlace(String body, String pointer) {
        var answer =
                service.call("POST", "/cart/add").by(caller).json(body).send().isProblem(400, "invalid-body");
        assertThat(answer.faults()).containsExactly(pointer);
    }

    @Test
    void unavailableProductCannotBeAdded() {
        var answer = add(new ProductId(UUID.randomUUID()), 1).isProblem(422, "unknown-products");
        assertThat(answer.faults()).containsExactly("/productId");
    }

    @Test
    void aProductInAnotherCurrencyIsRefusedAndBothAreNamed() {
        add(kettle, 1);
        ProductId fan = new ProductId(UUID.randomUUID());
        products.offer(fan, Currency.of("JPY"));
        var refused = add(fan, 1).isProblem(422, "mixed-currencies");
        assertThat(refused.json().getString("detail")).contains("JPY", "EUR");
        assertThat(refused.json().getJsonArray("currencies").getString(0)).isEqualTo("EUR");
        service.call("PUT", "/cart/items/" + fan)
                .by(caller)
                .json("{\"quantity\": 1}")
                .send()
                .isProblem(422, "mixed-currencies");
        assertThat(cart().json().getInt("itemCount")).isEqualTo(1);
    }

    @Test
    void aCartHasItsLimitsAndNamesThem() {
        add(kettle, 98).hasStatus(200);
        var pieces = add(kettle, 2).isProblem(422, "too-many-pieces");
        assertThat(pieces.json().getString("detail")).contains("99", "98");
        assertThat(pieces.faults()).containsExactly("/quantity");
        for (int i = 1; i < 100; i++) {
            add(offered(), 1).hasStatus(200);
        }
        var kinds = add(offered(), 1).isProblem(422, "too-many-products");
        assertThat(kinds.json().getString("detail")).contains("100");
    }

    @Test
    void aLineIsSetAndRemoved() {
        String line = "/cart/items/" + kettle;
        var set = service.call("PUT", line)
                .by(caller)
                .json("{\"quantity\": 7}")
                .send()
                .hasStatus(200);
        assertThat(set.json().getInt("itemCount")).isEqualTo(7);
        service.call("DELETE", line).by(caller).send().hasStatus(204);
        service.call("DELETE", line).by(caller).send().hasStatus(204);
        assertThat(cart().json().getInt("itemCount")).isZero();
    }

    @Test
    void aLineCannotBeSetToNothingOrForNothing() {
        var none = service.call("PUT", "/cart/items/" + kettle)
                .by(caller)
                .json("{\"quantity\": 0}")
                .send()
                .isProblem(400, "invalid-body");
        assertThat(none.faults()).containsExactly("/quantity");
        for (String id : List.of(UUID.randomUUID().toString(), "nonsense")) {
            service.call("PUT", "/cart/items/" + id)
                    .by(caller)
                    .json("{\"quantity\": 1}")
                    .send()
                    .isProblem(404, "not-found");
        }
        service.call("DELETE", "/cart/items/nonsense").by(caller).send().isProblem(404, "not-found");
    }

    @Test
    void aCartIsCleared() {
        add(kettle, 2);
        service.call("DELETE", "/cart").by(caller).send().hasStatus(204);
        assertThat(cart().json().getInt("itemCount")).isZero();
    }

    @Test
    void theTagChangesWithTheContentAlone() {
        String empty = cart().header("ETag");
        add(kettle, 2);
        String filled = cart().header("ETag");
        assertThat(filled).isNotEqualTo(empty);
        service.call("GET", "/cart")
                .by(caller)
                .header("If-None-Match", filled)
                .send()
                .hasStatus(304);
        service.call("DELETE", "/cart").by(caller).send();
        assertThat(cart().header("ETag")).isEqualTo(empty);
    }

    @Test
    void theSameContentInALaterCartHasAnotherTag() {
        add(kettle, 2);
        String first = cart().header("ETag");
        service.call("DELETE", "/cart").by(caller).send();
        add(kettle, 2);
        assertThat(cart().header("ETag")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"POST, /cart/add", "PUT, /cart/items/", "DELETE, /cart/items/", "DELETE, /cart"})
    void aChangeOfAnotherVersionThanItNamesIsRefused(String method, String path) {
        String first = add(kettle, 2).header("ETag");
        String second = add(kettle, 1).header("ETag");
        for (String stale : List.of(first, "\"0\"", "W/" + second, "\"other things\"")) {
            change(method, path).header("If-Match", stale).send().isProblem(412, "cart-changed");
            assertThat(cart().header("ETag")).as(stale).isEqualTo(second);
        }
        assertThat(change(method, path)
                        .header("If-Match", first + ", " + second)
                        .send()
                        .status())
                .isIn(200, 204);
        assertThat(cart().header("ETag")).isNotEqualTo(second);
        assertThat(change(method, path).header("If-Match", "*").send().status()).isIn(200, 204);
    }

    private TestService.Call change(String method, String path) {
        TestService.Call call =
                service.call(method, path.endsWith("/") ? path + kettle : path).by(caller);
        return switch (method) {
            case "POST" -> call.json("{\"productId\":\"%s\",\"quantity\":7}".formatted(kettle));
            case "PUT" -> call.json("{\"quantity\":7}");
            default -> call;
        };
    }

    @Test
    void aCheckoutBuysTheVersionThatItNames() {
        String tag = add(kettle, 2).header("ETag");
        orders.answer(new Placement.Accepted(order, total, false));
        checkout("k", "{}").header("If-Match", tag).send().hasStatus(202);
        assertThat(orders.requests().getFirst().cart().value()).isEqualTo(tag.replace("\"", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "\"1.7\"", "1.7", "W/\"1.7\"", "\"other things\"", "\"1.7\", \"1.8\""})
    void aCheckoutOfAnotherVersionIsRefusedAndTheCartKept(String tag) {
        add(kettle, 2);
        checkout("k", "{}").header("If-Match", tag).send().isProblem(412, "cart-changed");
        assertThat(orders.requests()).isEmpty();
        assertThat(cart().json().getInt("itemCount")).isEqualTo(2);
    }

    @Test
    void aCheckoutTakesAnyOfTheVersionsThatItNames() {
        String tag = add(kettle, 2).header("ETag");
        orders.answer(new Placement.Accepted(order, total, false));
        checkout("k", "{}").header("If-Match", "\"1.7\", " + tag).send().hasStatus(202);
        add(kettle, 2);
        checkout("l", "{}").header("If-Match", "*").send().hasStatus(202);
    }

    @Test
    void aCartThatWasOrderedAlreadyIsAnsweredWithItsOrder() {
        add(kettle, 2);
        orders.answer(new Placement.AlreadyOrdered(order));
        var answer = checkout("k", "{}").send().isProblem(409, "cart-already-ordered");
        assertThat(answer.json().getString("orderId")).isEqualTo(order.toString());
        assertThat(answer.json().getString("detail")).contains(order.toString());
        assertThat(answer.header("Location")).isEqualTo("/orders/" + order);
    }

    @Test
    void aCheckoutPlacesAnOrderAndEmptiesTheCart() {
        add(kettle, 2);
        orders.answer(new Placement.Accepted(order, total, false));
        var answer = checkout(
                        "k-1",
                        "{\"payment\": {\"method\": \"card-ok\"}, \"expectedTotal\": {\"amount\": 3998, \"currency\":"
                                + " \"EUR\"}}")
                .send()
                .hasStatus(202);
        assertThat(answer.header("Location")).isEqualTo("/orders/" + order);
        assertThat(answer.header("Idempotent-Replayed")).isEmpty();
        assertThat(answer.json().getString("orderId")).isEqualTo(order.toString());
        assertThat(answer.json().getString("status")).isEqualTo("PENDING");
        assertThat(answer.json().getJsonObject("total").getInt("amount")).isEqualTo(3998);
        var asked = orders.requests().getFirst();
        assertThat(asked.key().value()).isEqualTo("k-1");
        assertThat(asked.method()).isEqualTo(Optional.of(new PaymentMethod("card-ok")));
        assertThat(asked.expectedTotal()).isEqualTo(Optional.of(total));
        assertThat(cart().json().getInt("itemCount")).isZero();
    }

    @Test
    void aRepeatedCheckoutGetsTheFirstAnswerAgain() {
        add(kettle, 2);
        orders.answer(new Placement.Accepted(order, total, true));
        var answer = checkout("k-1", "{}").send().hasStatus(202);
        assertThat(answer.header("Idempotent-Replayed")).isEqualTo("true");
        checkout("k-1", "{\"payment\": {\"method\": \"card-slow\"}}").send().isProblem(422, "idempotency-key-reused");
    }

    @Test
    void aCheckoutNeedsNoBody() {
        add(kettle, 2);
        orders.answer(new Placement.Accepted(order, total, false));
        service.call("POST", "/cart/checkout").by(caller).key("k").send().hasStatus(202);
    }

    @Test
    void aCheckoutNeedsAKey() {
        service.call("POST", "/cart/checkout").by(caller).json("{}").send().isProblem(400, "idempotency-key-missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two words",
                "tab\tbed",
                "\"\"",
                "\"",
                "\"abc",
                "\"two words\"",
                "\"a\"b\"",
                "\"a\\b\"",
                "\"abc\\\"",
                "\"abc\";v=1"
            })
    void aKeyMustBeInForm(String key) {
        checkout(key, "{}").send().isProblem(400, "invalid-parameter");
    }

    @Test
    void aKeyMustNotBeTooLongOrDoubled() {
        checkout("x".repeat(256), "{}").send().isProblem(400, "invalid-parameter");
        checkout('"' + "x".repeat(256) + '"', "{}").send().isProblem(400, "invalid-parameter");
        checkout("one", "{}").key("two").send().isProblem(400, "invalid-parameter");
    }

    @Test
    void theQuotesOfAKeyDoNotCountTowardsItsLength() {
        add(kettle, 2);
        orders.answer(new Placement.Accepted(order, total, false));
        checkout('"' + "x".repeat(255) + '"', "{}").send().hasStatus(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\0',
            value = {"abc \"abc\"", "a\"b \"a\\\"b\"", "a\\b \"a\\\\b\""})
    void aQuotedKeyAndABareOneAreTheSameKey(String bare, String quoted) {
        add(kettle, 2);
        orders.answer(new Placement.Accepted(order, total, false));
        checkout(bare, "{}").send().hasStatus(202);
        checkout(quoted, "{\"payment\": {\"method\": \"card-slow\"}}").send().isProblem(422, "idempotency-key-reused");
    }

    @Test
    void anEmptyCartCannotBeCheckedOut() {
        checkout("k", "{}").send().isProblem(422, "empty-cart");
    }

    @Test
    void everyRefusalOfAnOrderIsPassedOn() {
        add(kettle, 2);

        orders.answer(new Placement.PriceChanged(Money.of(4200, "EUR")));
        var price = checkout("a", "{}").send().isProblem(409, "price-changed");
        assertThat(price.json().getJsonObject("actualTotal").getInt("amount")).isEqualTo(4200);

        orders.answer(new Placement.UnknownProducts(List.of(kettle)));
        var unknown = checkout("b", "{}").send().isProblem(422, "unknown-products");
        assertThat(unknown.json().getJsonArray("products").getString(0)).isEqualTo(kettle.toString());

        orders.answer(new Placement.NotEnoughStock(List.of(new Shortage(kettle, "Kettle", 2, 0))));
        var shortage = checkout("b1", "{}").send().isProblem(409, "not-enough-stock");
        assertThat(shortage.json().getString("detail")).contains("Kettle is sold out");

        orders.answer(new Placement.TooManyUnpaid("Pay first"));
        checkout("b2", "{}").send().isProblem(409, "too-many-unpaid-orders");

        orders.answer(new Placement.Refused("Pay by card"));
        checkout("c", "{}").send().isProblem(422, "order-refused");

        orders.answer(new Placement.InFlight());
        var inFlight = checkout("d", "{}").send().isProblem(409, "request-in-flight");
        assertThat(inFlight.header("Retry-After")).isEqualTo("1");

        orders.answer(new Placement.OtherRequest());
        checkout("e", "{}").send().isProblem(422, "idempotency-key-reused");

        orders.breakDown();
        checkout("f", "{}").send().isProblem(503, "unavailable");

        assertThat(cart().json().getInt("itemCount")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"payment": "card-ok"}                                          | /payment
        {"payment": {"method": "Card OK"}}                              | /payment/method
        {"payment": {"method": 7}}                                      | /payment/method
        {"expectedTotal": 3998}                                         | /expectedTotal
        {"expectedTotal": {"amount": 39.98, "currency": "EUR"}}         | /expectedTotal/amount
        {"expectedTotal": {"amount": 3998, "currency": "GOLD"}}         | /expectedTotal/currency
        """)
    void aBrokenCheckoutIsRefusedWithThePlace(String body, String pointer) {
        add(kettle, 2);
        var answer = checkout("k", body).send().isProblem(400, "invalid-body");
        assertThat(answer.faults()).containsExactly(pointer);
        assertThat(orders.requests()).isEmpty();
    }
}
