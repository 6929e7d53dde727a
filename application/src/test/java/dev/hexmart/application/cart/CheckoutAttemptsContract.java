package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.cart.CartRepository.StoredCart;
import dev.hexmart.application.cart.CheckoutAttempts.CheckoutAttempt;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link CheckoutAttempts} keeps, seen together with the carts beside it. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CheckoutAttemptsContract {

    private static final Fingerprint REQUEST = Fingerprint.of("card-ok");

    private final CustomerId customer = Callers.newCustomerId();
    private final ProductId kettle = Products.newProduct();
    private final ProductId toaster = Products.newProduct();
    private final Cart empty = Cart.empty(customer);
    private final Cart full = new Cart(customer, new TreeMap<>(Map.of(kettle, Quantity.of(2))));
    private final CartVersion version = new CartVersion("f1");
    private final OrderId order = Purchases.newOrder();
    private final CheckoutAttempt attempt = new CheckoutAttempt(
            customer, new IdempotencyKey(UUID.randomUUID().toString()), REQUEST, version, full.lines());

    protected abstract CheckoutAttempts attempts();

    /** The carts that {@link #attempts} settles. */
    protected abstract CartRepository carts();

    /** One whose store cannot be reached. */
    protected abstract CheckoutAttempts unreachable();

    @Test
    void theFirstAttemptUnderAKeyIsStored() {
        assertThat(attempts().begin(attempt)).isEqualTo(attempt);
        assertThat(attempts().begin(attempt)).isEqualTo(attempt);
    }

    @Test
    void laterAttemptUnderTheKeyGetsTheFirst() {
        attempts().begin(attempt);
        CheckoutAttempt other = new CheckoutAttempt(
                customer,
                attempt.key(),
                Fingerprint.of("card-declined"),
                new CartVersion("f2"),
                List.of(new LineItem(toaster, Quantity.of(1))));
        assertThat(attempts().begin(other)).isEqualTo(attempt);
        assertThat(attempts().begin(withoutLines(attempt.key()))).isEqualTo(attempt);
    }

    @Test
    void anAttemptWithoutLinesIsStoredAsWell() {
        CheckoutAttempt nothing = withoutLines(attempt.key());
        assertThat(attempts().begin(nothing)).isEqualTo(nothing);
        assertThat(attempts().begin(attempt)).isEqualTo(nothing);
    }

    @Test
    void aKeyIsOneCustomers() {
        attempts().begin(attempt);
        CheckoutAttempt other =
                new CheckoutAttempt(Callers.newCustomerId(), attempt.key(), REQUEST, version, List.of());
        assertThat(attempts().begin(other)).isEqualTo(other);
    }

    @Test
    void theLongestKeyOfTheOddestCharactersIsAKeyLikeAnyOther() {
        CheckoutAttempt odd = new CheckoutAttempt(
                customer, new IdempotencyKey("%{}*?:'\"\\".repeat(25) + "12345"), REQUEST, version, full.lines());
        assertThat(attempts().begin(odd)).isEqualTo(odd);
        assertThat(attempts().begin(withoutLines(odd.key()))).isEqualTo(odd);
    }

    @Test
    void concurrentAttemptsUnderAKeyAreOne() {
        List<CheckoutAttempt> stored = AtOnce.times(
                8,
                i -> () -> attempts()
                        .begin(new CheckoutAttempt(
                                customer,
                                attempt.key(),
                                REQUEST,
                                version,
                                List.of(new LineItem(kettle, Quantity.of(i + 1))))));
        assertThat(stored.stream().distinct()).hasSize(1);
    }

    @Test
    void settlingTakesTheCartToItsNextStateAndNotesTheOrder() {
        StoredCart stored = put(full);
        attempts().begin(attempt);
        assertThat(attempts().orderOf(customer, version)).isEmpty();
        assertThat(attempts().settle(attempt, order, stored, empty)).isTrue();
        assertThat(find()).isEqualTo(StoredCart.empty(customer));
        assertThat(attempts().orderOf(customer, version)).contains(order);
        assertThat(attempts().begin(attempt)).isEqualTo(attempt);
    }

    @Test
    void anOrderIsNotedForOneVersionOfOneCustomer() {
        attempts().settle(attempt, order, put(full), empty);
        assertThat(attempts().orderOf(customer, new CartVersion("f2"))).isEmpty();
        assertThat(attempts().orderOf(Callers.newCustomerId(), version)).isEmpty();
    }

    @Test
    void attemptIsNotSettledWithAStaleCart() {
        StoredCart stored = put(full);
        attempts().begin(attempt);
        assertThat(attempts().settle(attempt, order, StoredCart.empty(customer), empty))
                .isFalse();
        assertThat(find()).isEqualTo(stored);
        assertThat(attempts().orderOf(customer, version)).isEmpty();
        assertThat(attempts().settle(attempt, order, stored, empty)).isTrue();
    }

    @Test
    void aVersionThatIsSettledChangesNoCartEverAgain() {
        attempts().begin(attempt);
        attempts().settle(attempt, order, put(full), empty);
        StoredCart stored = put(full);
        CheckoutAttempt other =
                new CheckoutAttempt(customer, new IdempotencyKey("other-key"), REQUEST, version, full.lines());
        assertThat(attempts().settle(attempt, order, stored, empty)).isTrue();
        assertThat(attempts().settle(other, Purchases.newOrder(), stored, empty))
                .isTrue();
        assertThat(attempts().settle(attempt, order, StoredCart.empty(customer), empty))
                .isTrue();
        assertThat(find()).isEqualTo(stored);
        assertThat(attempts().orderOf(customer, version)).contains(order);
    }

    @Test
    void boughtLinesAreRemovedWithoutTheAttempt() {
        assertThat(attempts().settle(attempt, order, put(full), empty)).isTrue();
        assertThat(find()).isEqualTo(StoredCart.empty(customer));
    }

    @Test
    void concurrentSettlementsSucceedOnce() {
        StoredCart stored = put(full);
        attempts().begin(attempt);
        Cart rest = new Cart(customer, new TreeMap<>(Map.of(kettle, Quantity.of(1))));
        List<Boolean> settled = AtOnce.times(8, () -> attempts().settle(attempt, order, stored, rest));
        assertThat(settled).containsOnly(true);
        assertThat(find().cart()).isEqualTo(rest);
    }

    @Test
    void anAbandonedAttemptFreesItsKey() {
        attempts().begin(attempt);
        attempts().abandon(attempt);
        CheckoutAttempt other = withoutLines(attempt.key());
        assertThat(attempts().begin(other)).isEqualTo(other);
    }

    @Test
    void anAttemptThatIsSettledCannotBeAbandoned() {
        attempts().begin(attempt);
        attempts().settle(attempt, order, put(full), empty);
        attempts().abandon(attempt);
        assertThat(attempts().begin(withoutLines(attempt.key())).lines()).isEqualTo(attempt.lines());
    }

    @Test
    void abandoningAnUnknownAttemptChangesNothing() {
        attempts().abandon(attempt);
        assertThat(attempts().begin(attempt)).isEqualTo(attempt);
    }

    @Test
    void anUnreachableStoreIsATemporaryFailure() {
        CheckoutAttempts away = unreachable();
        StoredCart empty = StoredCart.empty(customer);
        assertThatThrownBy(() -> away.begin(attempt)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> away.settle(attempt, new OrderId(UUID.randomUUID()), empty, empty.cart()))
                .isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> away.orderOf(customer, version)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> away.abandon(attempt)).isInstanceOf(TemporaryFailure.class);
    }

    private StoredCart find() {
        return carts().find(customer);
    }

    private StoredCart put(Cart cart) {
        return carts().replace(find(), cart).orElseThrow();
    }

    private CheckoutAttempt withoutLines(IdempotencyKey key) {
        return new CheckoutAttempt(customer, key, REQUEST, version, List.of());
    }
}
