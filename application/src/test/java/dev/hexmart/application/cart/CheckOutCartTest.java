package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.cart.CheckOutCart.Command;
import dev.hexmart.application.cart.CheckOutCart.Outcome;
import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.cart.OrderPlacement.PlacementRequest;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import dev.hexmart.domain.shared.Shortage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CheckOutCartTest {

    private static final Money TOTAL = Money.of(3998, "EUR");

    private final InMemoryCarts carts = new InMemoryCarts();
    private final InMemoryOrderPlacement orders = new InMemoryOrderPlacement();
    private final CheckOutCart checkout = new CheckOutCart(carts, carts, orders);
    private final CustomerId customer = Callers.newCustomerId();
    private final Credential credential = new Credential("token");
    private final ProductId kettle = Products.newProduct();
    private final OrderId order = Purchases.newOrder();
    private final Cart empty = Cart.empty(customer);
    private final Cart full = with(kettle, 2);

    @Test
    void checkoutBuysAndEmptiesTheCart() {
        StoredCart stored = put(full);
        orders.answer(new Placement.Accepted(order, TOTAL, false));
        assertThat(checkOut("key")).isEqualTo(new Placement.Accepted(order, TOTAL, false));
        assertThat(orders.requests())
                .containsExactly(new PlacementRequest(
                        new IdempotencyKey("key"),
                        stored.version(),
                        full.lines(),
                        Optional.of(new PaymentMethod("card-ok")),
                        Optional.of(TOTAL)));
        assertThat(orders.lastCredential()).contains(credential);
        assertThat(carts.find(customer).cart()).isEqualTo(empty);
    }

    @Test
    void anEmptyCartBuysNothingAndItsKeyStaysFree() {
        assertThat(checkOut("key")).isEqualTo(new Outcome.EmptyCart());
        assertThat(orders.requests()).isEmpty();
        put(full);
        orders.answer(new Placement.Accepted(order, TOTAL, false));
        assertThat(checkOut("key")).isEqualTo(new Placement.Accepted(order, TOTAL, false));
    }

    @Test
    void repeatedCheckoutGetsTheSameOrderAndKeepsTheCart() {
        put(full);
        orders.answer(new Placement.Accepted(order, TOTAL, false));
        checkOut("key");
        put(with(kettle, 1));
        orders.answer(new Placement.Accepted(order, TOTAL, true));
        assertThat(checkOut("key")).isEqualTo(new Placement.Accepted(order, TOTAL, true));
        assertThat(orders.requests())
                .hasSize(2)
                .allMatch(request -> request.lines().equals(full.lines()));
        assertThat(carts.find(customer).cart()).isEqualTo(with(kettle, 1));
    }

    @Test
    void retriedCheckoutGetsItsOrderEvenIfTheCartChanged() {
        put(full);
        assertThatThrownBy(() -> checkOut("key")).isInstanceOf(TemporaryFailure.class);
        assertThat(carts.find(customer).cart()).isEqualTo(full);
        ProductId toaster = Products.newProduct();
        Cart more = new Cart(customer, new TreeMap<>(Map.of(kettle, Quantity.of(5), toaster, Quantity.of(1))));
        put(more);
        orders.answer(new Placement.Accepted(order, TOTAL, true));
        assertThat(checkOut("key")).isEqualTo(new Placement.Accepted(order, TOTAL, true));
        assertThat(orders.requests())
                .hasSize(2)
                .allMatch(request -> request.lines().equals(full.lines()));
        assertThat(carts.find(customer).cart()).isEqualTo(more.minus(full.lines()));
    }

    @Test
    void linesAddedDuringTheCheckoutStay() {
        ProductId toaster = Products.newProduct();
        Cart more = new Cart(customer, new TreeMap<>(Map.of(kettle, Quantity.of(2), toaster, Quantity.of(1))));
        put(full);
        CheckOutCart interrupted = new CheckOutCart(carts, carts, (_, _) -> {
            put(more);
            return new Placement.Accepted(order, TOTAL, false);
        });
        assertThat(interrupted.checkOut(command("key"), credential)).isInstanceOf(Placement.Accepted.class);
        assertThat(carts.find(customer).cart()).isEqualTo(with(toaster, 1));
    }

    @Test
    void anOrderThatIsRefusedLeavesTheCartAndFreesTheKey() {
        ProductId gone = Products.newProduct();
        put(full);
        Money actual = Money.of(4998, "EUR");
        assertRefused(new Placement.PriceChanged(actual));
        assertRefused(new Placement.UnknownProducts(List.of(gone)));
        assertRefused(new Placement.Refused("Seashells are no means of payment"));
        List<Shortage> shortages = List.of(new Shortage(kettle, "Kettle", 2, 1));
        assertRefused(new Placement.NotEnoughStock(shortages));
        assertRefused(new Placement.TooManyUnpaid("Pay first"));
        orders.answer(new Placement.Accepted(order, TOTAL, false));
        Command another =
                new Command(customer, new IdempotencyKey("key"), Set.of(), Optional.empty(), Optional.empty());
        assertThat(checkout.checkOut(another, credential)).isInstanceOf(Placement.Accepted.class);
    }

    @Test
    void aTwinThatIsStillBeingServedIsWaitedFor() {
        put(full);
        orders.answer(new Placement.InFlight());
        assertThat(checkOut("key")).isEqualTo(new Placement.InFlight());
        assertThat(carts.find(customer).cart()).isEqualTo(full);
    }

    @Test
    void aKeyThatWasUsedForAnotherOrderElsewhereSaysSo() {
        put(full);
        orders.answer(new Placement.OtherRequest());
        assertThat(checkOut("key")).isEqualTo(new Placement.OtherRequest());
        assertThat(carts.find(customer).cart()).isEqualTo(full);
    }

    @Test
    void keyIsForOneRequest() {
        put(full);
        orders.answer(new Placement.Accepted(order, TOTAL, false));
        checkOut("key");
        Optional<Money> total = Optional.of(TOTAL);
        Optional<PaymentMethod> method = Optional.of(new PaymentMethod("card-ok"));
        for (Command other : List.of(
                new Command(customer, new IdempotencyKey("key"), Set.of(), Optional.empty(), total),
                new Command(
                        customer,
                        new IdempotencyKey("key"),
                        Set.of(),
                        Optional.of(new PaymentMethod("card-other")),
                        total),
                new Command(customer, new IdempotencyKey("key"), Set.of(), method, Optional.empty()),
                new Command(customer, new IdempotencyKey("key"), Set.of(new CartVersion("a")), method, total),
                new Command(customer, new IdempotencyKey("key"), Set.of(), method, Optional.of(Money.of(1, "EUR"))))) {
            assertThat(checkout.checkOut(other, credential)).isEqualTo(new Placement.OtherRequest());
        }
        assertThat(orders.requests()).hasSize(1);
    }

    @Test
    void concurrentCheckoutEmptiesTheCartOfAnAbandonedAttempt() {
        put(full);
        CheckOutCart twin = new CheckOutCart(carts, carts, (_, _) -> {
            orders.answer(new Placement.PriceChanged(TOTAL));
            checkOut("key");
            return new Placement.Accepted(order, TOTAL, false);
        });
        assertThat(twin.checkOut(command("key"), credential)).isInstanceOf(Placement.Accepted.class);
        assertThat(carts.find(customer).cart()).isEqualTo(empty);
    }

    @Test
    void aVersionThatTheCustomerHasSeenIsBought() {
        CartVersion seen = put(full).version();
        orders.answer(new Placement.Accepted(order, TOTAL, false));
        assertThat(checkOut("key", seen)).isEqualTo(new Placement.Accepted(order, TOTAL, false));
    }

    @Test
    void aCartThatChangedSinceTheCustomerSawItIsNotBought() {
        CartVersion seen = put(full).version();
        put(with(kettle, 1));
        Cart present = with(Products.newProduct(), 2);
        put(present);
        orders.answer(new Placement.Accepted(order, TOTAL, false));
        assertThat(checkOut("key", seen)).isEqualTo(new Outcome.CartChanged());
        assertThat(orders.requests()).isEmpty();
        assertThat(carts.find(customer).cart()).isEqualTo(present);
        CartVersion now = carts.find(customer).version();
        assertThat(checkOut("key", now)).isEqualTo(new Placement.Accepted(order, TOTAL, false));
    }

    @Test
    void aCartWithItsEarlierContentInANewVersionIsNotBoughtUnseen() {
        CartVersion seen = put(full).version();
        put(empty);
        put(full);
        assertThat(checkOut("key", seen)).isEqualTo(new Outcome.CartChanged());
    }

    @Test
    void aVersionThatWasBoughtMeanwhileIsAnsweredWithItsOrder() {
        CartVersion seen = put(full).version();
        orders.answer(new Placement.Accepted(order, TOTAL, false));
        checkOut("key", seen);
        assertThat(checkOut("other", seen)).isEqualTo(new Placement.AlreadyOrdered(order));
        put(full);
        assertThat(checkOut("third", seen)).isEqualTo(new Placement.AlreadyOrdered(order));
        assertThat(orders.requests()).hasSize(1);
        assertThat(carts.find(customer).cart()).isEqualTo(full);
    }

    @Test
    void aReplayOfAVersionThatWasBoughtGetsTheFirstAnswer() {
        CartVersion seen = put(full).version();
        orders.answer(new Placement.Accepted(order, TOTAL, false));
        checkOut("key", seen);
        orders.answer(new Placement.Accepted(order, TOTAL, true));
        assertThat(checkOut("key", seen)).isEqualTo(new Placement.Accepted(order, TOTAL, true));
    }

    /** The other attempt's process has died between the order and the cart. */
    @Test
    void aCartThatOrdersHaveSeenBeforeIsEmptiedOnce() {
        put(full);
        orders.answer(new Placement.AlreadyOrdered(order));
        assertThat(checkOut("key")).isEqualTo(new Placement.AlreadyOrdered(order));
        assertThat(carts.find(customer).cart()).isEqualTo(empty);
        put(with(kettle, 1));
        assertThat(checkOut("key")).isEqualTo(new Placement.AlreadyOrdered(order));
        assertThat(carts.find(customer).cart()).isEqualTo(with(kettle, 1));
    }

    @Test
    void aTwinUnderAnotherKeyTakesNothingOutThatWasAddedAfterwards() {
        put(full);
        CheckOutCart twin = new CheckOutCart(carts, carts, (_, _) -> {
            orders.answer(new Placement.Accepted(order, TOTAL, false));
            checkOut("other");
            put(with(kettle, 5));
            return new Placement.AlreadyOrdered(order);
        });
        assertThat(twin.checkOut(command("key"), credential)).isEqualTo(new Placement.AlreadyOrdered(order));
        assertThat(carts.find(customer).cart()).isEqualTo(with(kettle, 5));
    }

    private StoredCart put(Cart cart) {
        return carts.replace(carts.find(customer), cart).orElseThrow();
    }

    private Outcome checkOut(String key, CartVersion seen) {
        Command command = new Command(
                customer,
                new IdempotencyKey(key),
                Set.of(seen),
                Optional.of(new PaymentMethod("card-ok")),
                Optional.of(TOTAL));
        return checkout.checkOut(command, credential);
    }

    private void assertRefused(Placement answer) {
        orders.answer(answer);
        assertThat(checkOut("key")).isEqualTo(answer);
        assertThat(carts.find(customer).cart()).isEqualTo(full);
    }

    private Outcome checkOut(String key) {
        return checkout.checkOut(command(key), credential);
    }

    private Command command(String key) {
        return new Command(
                customer,
                new IdempotencyKey(key),
                Set.of(),
                Optional.of(new PaymentMethod("card-ok")),
                Optional.of(TOTAL));
    }

    private Cart with(ProductId product, int quantity) {
        return new Cart(customer, new TreeMap<>(Map.of(product, Quantity.of(quantity))));
    }
}
