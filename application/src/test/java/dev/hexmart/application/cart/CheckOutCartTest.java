package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.cart.CheckOutCart.Outcome;
import dev.hexmart.application.cart.CheckOutCart.Wish;
import dev.hexmart.application.cart.OrderPlacement.Placement;
import dev.hexmart.application.cart.OrderPlacement.Request;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CheckOutCartTest {

    private static final Money TOTAL = Money.of(3998, "EUR");

    private final InMemoryCarts carts = new InMemoryCarts();
    private final InMemoryOrderPlacement orders = new InMemoryOrderPlacement();
    private final CheckOutCart checkout = new CheckOutCart(carts, carts, orders);
    private final CustomerId customer = Callers.somebody();
    private final Credential credential = new Credential("token");
    private final ProductId kettle = Products.newProduct();
    private final OrderId order = Purchases.newOrder();
    private final Cart empty = Cart.empty(customer);
    private final Cart full = with(kettle, 2);

    @Test
    void whatIsInTheCartIsBoughtAndTakenOut() {
        carts.replace(empty, full);
        orders.answer(new Placement.Placed(order, TOTAL, false));
        assertThat(checkOut("key")).isEqualTo(new Outcome.Accepted(order, TOTAL, false));
        assertThat(orders.requests())
                .containsExactly(new Request(
                        "key", full.lines(), Optional.of(new PaymentMethod("card-ok")), Optional.of(TOTAL)));
        assertThat(orders.lastCredential()).contains(credential);
        assertThat(carts.find(customer)).isEqualTo(empty);
    }

    @Test
    void anEmptyCartBuysNothingAndItsKeyStaysFree() {
        assertThat(checkOut("key")).isEqualTo(new Outcome.EmptyCart());
        assertThat(orders.requests()).isEmpty();
        carts.replace(empty, full);
        orders.answer(new Placement.Placed(order, TOTAL, false));
        assertThat(checkOut("key")).isEqualTo(new Outcome.Accepted(order, TOTAL, false));
    }

    @Test
    void whoeverAsksAgainGetsTheSameOrderAndTheCartIsLeftAlone() {
        carts.replace(empty, full);
        orders.answer(new Placement.Placed(order, TOTAL, false));
        checkOut("key");
        carts.replace(empty, with(kettle, 1));
        orders.answer(new Placement.Placed(order, TOTAL, true));
        assertThat(checkOut("key")).isEqualTo(new Outcome.Accepted(order, TOTAL, true));
        assertThat(orders.requests())
                .hasSize(2)
                .allMatch(request -> request.lines().equals(full.lines()));
        assertThat(carts.find(customer)).isEqualTo(with(kettle, 1));
    }

    @Test
    void whoeverGotNoAnswerGetsTheVeryOrderThatTheyAskedForWhateverBecameOfTheCart() {
        carts.replace(empty, full);
        assertThatThrownBy(() -> checkOut("key")).isInstanceOf(TemporaryFailure.class);
        assertThat(carts.find(customer)).isEqualTo(full);
        ProductId toaster = Products.newProduct();
        Cart more = new Cart(customer, new TreeMap<>(Map.of(kettle, Quantity.of(5), toaster, Quantity.of(1))));
        carts.replace(full, more);
        orders.answer(new Placement.Placed(order, TOTAL, true));
        assertThat(checkOut("key")).isEqualTo(new Outcome.Accepted(order, TOTAL, true));
        assertThat(orders.requests()).allMatch(request -> request.lines().equals(full.lines()));
        assertThat(carts.find(customer)).isEqualTo(more.minus(full.lines()));
    }

    @Test
    void whatWasPutIntoTheCartWhileItWasBoughtStays() {
        ProductId toaster = Products.newProduct();
        Cart more = new Cart(customer, new TreeMap<>(Map.of(kettle, Quantity.of(2), toaster, Quantity.of(1))));
        carts.replace(empty, full);
        CheckOutCart interrupted = new CheckOutCart(carts, carts, (_, _) -> {
            carts.replace(full, more);
            return new Placement.Placed(order, TOTAL, false);
        });
        assertThat(interrupted.checkOut(wish("key"), credential)).isInstanceOf(Outcome.Accepted.class);
        assertThat(carts.find(customer)).isEqualTo(with(toaster, 1));
    }

    @Test
    void anOrderThatIsRefusedLeavesTheCartAndFreesTheKey() {
        ProductId gone = Products.newProduct();
        carts.replace(empty, full);
        Money actual = Money.of(4998, "EUR");
        assertRefused(new Placement.PriceChanged(actual), new Outcome.PriceChanged(actual));
        assertRefused(new Placement.UnknownProducts(List.of(gone)), new Outcome.UnknownProducts(List.of(gone)));
        assertRefused(new Placement.Refused("Nobody takes seashells"), new Outcome.Refused("Nobody takes seashells"));
        orders.answer(new Placement.Placed(order, TOTAL, false));
        Wish another = new Wish(customer, "key", Optional.empty(), Optional.empty());
        assertThat(checkout.checkOut(another, credential)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aTwinThatIsStillBeingServedIsWaitedFor() {
        carts.replace(empty, full);
        orders.answer(new Placement.InFlight());
        assertThat(checkOut("key")).isEqualTo(new Outcome.InFlight());
        assertThat(carts.find(customer)).isEqualTo(full);
    }

    @Test
    void aKeyThatWasUsedForAnotherOrderElsewhereSaysSo() {
        carts.replace(empty, full);
        orders.answer(new Placement.OtherRequest());
        assertThat(checkOut("key")).isEqualTo(new Outcome.OtherRequest());
        assertThat(carts.find(customer)).isEqualTo(full);
    }

    @Test
    void oneKeyIsForOneWish() {
        carts.replace(empty, full);
        orders.answer(new Placement.Placed(order, TOTAL, false));
        checkOut("key");
        Optional<Money> total = Optional.of(TOTAL);
        Optional<PaymentMethod> method = Optional.of(new PaymentMethod("card-ok"));
        for (Wish other : List.of(
                new Wish(customer, "key", Optional.empty(), total),
                new Wish(customer, "key", Optional.of(new PaymentMethod("card-other")), total),
                new Wish(customer, "key", method, Optional.empty()),
                new Wish(customer, "key", method, Optional.of(Money.of(1, "EUR"))))) {
            assertThat(checkout.checkOut(other, credential)).isEqualTo(new Outcome.OtherRequest());
        }
        assertThat(orders.requests()).hasSize(1);
    }

    @Test
    void aTwinWhoseAttemptWasAbandonedByTheOtherStillEmptiesTheCart() {
        carts.replace(empty, full);
        CheckOutCart twin = new CheckOutCart(carts, carts, (_, _) -> {
            orders.answer(new Placement.PriceChanged(TOTAL));
            checkOut("key");
            return new Placement.Placed(order, TOTAL, false);
        });
        assertThat(twin.checkOut(wish("key"), credential)).isInstanceOf(Outcome.Accepted.class);
        assertThat(carts.find(customer)).isEqualTo(empty);
    }

    private void assertRefused(Placement answer, Outcome outcome) {
        orders.answer(answer);
        assertThat(checkOut("key")).isEqualTo(outcome);
        assertThat(carts.find(customer)).isEqualTo(full);
    }

    private Outcome checkOut(String key) {
        return checkout.checkOut(wish(key), credential);
    }

    private Wish wish(String key) {
        return new Wish(customer, key, Optional.of(new PaymentMethod("card-ok")), Optional.of(TOTAL));
    }

    private Cart with(ProductId product, int quantity) {
        return new Cart(customer, new TreeMap<>(Map.of(product, Quantity.of(quantity))));
    }
}
