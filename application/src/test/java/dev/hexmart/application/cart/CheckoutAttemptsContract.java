package dev.hexmart.application.cart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.cart.CheckoutAttempts.CheckoutAttempt;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.cart.Cart;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
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

    private final CustomerId customer = Callers.somebody();
    private final ProductId kettle = Products.newProduct();
    private final ProductId toaster = Products.newProduct();
    private final Cart empty = Cart.empty(customer);
    private final Cart full = new Cart(customer, new TreeMap<>(Map.of(kettle, Quantity.of(2))));
    private final CheckoutAttempt attempt =
            new CheckoutAttempt(customer, UUID.randomUUID().toString(), REQUEST, full.lines(), false);

    protected abstract CheckoutAttempts attempts();

    /** The carts that {@link #attempts} settles. */
    protected abstract CartRepository carts();

    @Test
    void theFirstAttemptUnderAKeyIsStored() {
        assertThat(attempts().begin(attempt)).isEqualTo(attempt);
        assertThat(attempts().begin(attempt)).isEqualTo(attempt);
    }

    @Test
    void aLaterAttemptUnderTheKeyGetsTheFirstWhateverItAsksFor() {
        attempts().begin(attempt);
        CheckoutAttempt other = new CheckoutAttempt(
                customer,
                attempt.key(),
                Fingerprint.of("card-declined"),
                List.of(new LineItem(toaster, Quantity.of(1))),
                false);
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
        CheckoutAttempt other = new CheckoutAttempt(Callers.somebody(), attempt.key(), REQUEST, List.of(), false);
        assertThat(attempts().begin(other)).isEqualTo(other);
    }

    @Test
    void theLongestKeyOfTheOddestCharactersIsAKeyLikeAnyOther() {
        CheckoutAttempt odd =
                new CheckoutAttempt(customer, "%{}*?:'\"\\".repeat(25) + "12345", REQUEST, full.lines(), false);
        assertThat(attempts().begin(odd)).isEqualTo(odd);
        assertThat(attempts().begin(withoutLines(odd.key()))).isEqualTo(odd);
    }

    @Test
    void ofManyThatBeginAtOnceAllGetTheSame() {
        List<CheckoutAttempt> stored = AtOnce.times(
                8,
                i -> () -> attempts()
                        .begin(new CheckoutAttempt(
                                customer,
                                attempt.key(),
                                REQUEST,
                                List.of(new LineItem(kettle, Quantity.of(i + 1))),
                                false)));
        assertThat(stored.stream().distinct()).hasSize(1);
    }

    @Test
    void settlingTakesTheCartToItsNextStateAndMarksTheAttempt() {
        carts().replace(empty, full);
        attempts().begin(attempt);
        assertThat(attempts().settle(attempt, full, empty)).isTrue();
        assertThat(carts().find(customer)).isEqualTo(empty);
        assertThat(attempts().begin(attempt).settled()).isTrue();
        assertThat(attempts().begin(attempt).lines()).isEqualTo(attempt.lines());
    }

    @Test
    void anAttemptIsNotSettledByWhoeverHasSeenAnotherCart() {
        carts().replace(empty, full);
        attempts().begin(attempt);
        assertThat(attempts().settle(attempt, empty, empty)).isFalse();
        assertThat(carts().find(customer)).isEqualTo(full);
        assertThat(attempts().begin(attempt).settled()).isFalse();
        assertThat(attempts().settle(attempt, full, empty)).isTrue();
    }

    @Test
    void anAttemptThatIsSettledChangesNoCartEverAgain() {
        carts().replace(empty, full);
        attempts().begin(attempt);
        attempts().settle(attempt, full, empty);
        carts().replace(empty, full);
        assertThat(attempts().settle(attempt, full, empty)).isTrue();
        assertThat(attempts().settle(attempt, empty, empty)).isTrue();
        assertThat(carts().find(customer)).isEqualTo(full);
    }

    @Test
    void whatWasBoughtIsTakenOutAlsoWhereTheAttemptHasBeenForgotten() {
        carts().replace(empty, full);
        assertThat(attempts().settle(attempt, full, empty)).isTrue();
        assertThat(carts().find(customer)).isEqualTo(empty);
        assertThat(attempts().begin(attempt).settled()).isTrue();
    }

    @Test
    void ofManyThatSettleAtOnceOneDoesAndNoneIsToldToTryAgain() {
        carts().replace(empty, full);
        attempts().begin(attempt);
        Cart rest = new Cart(customer, new TreeMap<>(Map.of(kettle, Quantity.of(1))));
        List<Boolean> settled = AtOnce.times(8, () -> attempts().settle(attempt, full, rest));
        assertThat(settled).containsOnly(true);
        assertThat(carts().find(customer)).isEqualTo(rest);
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
        carts().replace(empty, full);
        attempts().begin(attempt);
        attempts().settle(attempt, full, empty);
        attempts().abandon(attempt);
        assertThat(attempts().begin(withoutLines(attempt.key())).lines()).isEqualTo(attempt.lines());
    }

    @Test
    void abandoningAnUnknownAttemptChangesNothing() {
        attempts().abandon(attempt);
        assertThat(attempts().begin(attempt)).isEqualTo(attempt);
    }

    private CheckoutAttempt withoutLines(String key) {
        return new CheckoutAttempt(customer, key, REQUEST, List.of(), false);
    }
}
