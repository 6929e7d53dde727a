package dev.hexmart.application.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.Payment.Captured;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.Payment.Declined;
import dev.hexmart.domain.payment.Payment.PartRefunded;
import dev.hexmart.domain.payment.Payment.PartRefunding;
import dev.hexmart.domain.payment.Payment.Refunded;
import dev.hexmart.domain.payment.Payment.Refunding;
import dev.hexmart.domain.payment.Payment.Requested;
import dev.hexmart.domain.payment.Payment.Unknown;
import dev.hexmart.domain.payment.Payment.Voided;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PaymentRepository} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class PaymentRepositoryContract {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final int ALL = 100_000;

    protected abstract Transactor<PaymentStore> transactor();

    @Test
    void anOrderWithoutAPaymentHasNone() {
        assertThat(find(Charges.ofAKettle().order())).isEmpty();
    }

    /** Also in a currency that has been withdrawn since, and in a code that is no money. */
    @ParameterizedTest
    @ValueSource(strings = {"EUR", "JPY", "UYW", "BGN", "XAU"})
    void theHighestAmountOfEveryCurrencyIsKept(String code) {
        Payment payment = new Requested(Charges.of(Money.of(Money.MAX_PAYABLE, code)), NOON, 1);
        save(payment);
        assertThat(find(payment.order())).contains(payment);
    }

    static Stream<Payment> paymentsInEveryState() {
        Charge voided = Charges.ofAKettle();
        return Stream.of(
                new Requested(Charges.ofAKettle(), NOON, 1),
                new Unknown(Charges.ofAKettle(), 3, NOON.plusMillis(123), 1),
                new Captured(Charges.ofAKettle(), "ref/ünïcödé 1", 1),
                new Declined(Charges.ofAKettle(), "‘No money’ – 100%", 1),
                new Declined(Charges.next(Charges.ofAKettle(), Charges.CARD), "No money", 1),
                new PartRefunding(Charges.ofAKettle(), "ref", euros(0), euros(5), 1, 2, NOON, 1),
                new PartRefunded(Charges.ofAKettle(), "ref", euros(5), 3, 1),
                new Refunding(Charges.ofAKettle(), 0, NOON, 1),
                new Refunded(Charges.ofAKettle(), Goods.RETURNED, 1),
                new Voided(voided.order(), Optional.of(voided), 1),
                new Voided(Purchases.newOrder(), Optional.empty(), 1));
    }

    @ParameterizedTest
    @MethodSource("paymentsInEveryState")
    void aPaymentIsFoundAsItWasAdded(Payment payment) {
        save(payment);
        assertThat(find(payment.order())).contains(payment);
    }

    @ParameterizedTest
    @MethodSource("paymentsInEveryState")
    void paymentIsReplacedByItsNextState(Payment payment) {
        Charge charge = new Charge(
                payment.order(),
                2,
                Charges.ofAKettle().customer(),
                Charges.ofAKettle().amount(),
                Charges.CARD);
        List<Payment> path = List.of(
                new Unknown(charge, 1, NOON, 2),
                new Captured(charge, "reference", 3),
                new PartRefunding(charge, "reference", euros(0), euros(5), 1, 0, NOON, 4),
                new PartRefunded(charge, "reference", euros(5), 1, 5),
                new Refunding(charge, 2, NOON.plusSeconds(1), 6),
                new Refunded(charge, Goods.RETURNED, 7));
        save(payment);
        for (Payment next : path) {
            save(next);
            assertThat(find(payment.order())).contains(next);
        }
    }

    @Test
    void aPaymentIsAddedOnce() {
        Payment payment = new Requested(Charges.ofAKettle(), NOON, 1);
        save(payment);
        assertStale(payment);
        assertThat(find(payment.order())).contains(payment);
    }

    @Test
    void aPaymentOfAnotherThanTheNextVersionIsStale() {
        Charge charge = Charges.ofAKettle();
        assertStale(new Unknown(charge, 1, NOON, 2));
        save(new Requested(charge, NOON, 1));
        assertStale(new Captured(charge, "reference", 3));
        save(new Unknown(charge, 1, NOON, 2));
        assertStale(new Voided(charge.order(), Optional.of(charge), 2));
        assertThat(find(charge.order())).contains(new Unknown(charge, 1, NOON, 2));
    }

    @Test
    void concurrentTransitionsOfAPaymentSucceedOnce() {
        Charge charge = Charges.ofAKettle();
        save(new Requested(charge, NOON, 1));
        List<Boolean> taken = AtOnce.times(
                8,
                () -> AtOnce.insisting(() -> transactor().inTransaction(store -> {
                    boolean requested = store.payments().find(charge.order()).orElseThrow() instanceof Requested;
                    if (requested) {
                        store.payments().save(new Unknown(charge, 1, NOON, 2));
                    }
                    return requested;
                })));
        assertThat(taken).containsOnlyOnce(true);
    }

    @Test
    void paymentsAreDueFromTheInstantAtWhichTheProviderIsToBeAsked() {
        OrderId order = saved(new Requested(Charges.ofAKettle(), NOON, 1));
        assertThat(due(NOON.minusMillis(1), Set.of(order))).isEmpty();
        assertThat(due(NOON, Set.of(order))).containsExactly(order);
    }

    @Test
    void duePaymentsAreListedLongestWaitingFirst() {
        OrderId third = saved(new Requested(Charges.ofAKettle(), NOON.plusSeconds(3), 1));
        OrderId first = saved(new Unknown(Charges.ofAKettle(), 1, NOON.plusSeconds(1), 1));
        OrderId second = saved(new Refunding(Charges.ofAKettle(), 0, NOON.plusSeconds(2), 1));
        assertThat(due(NOON.plusSeconds(60), Set.of(first, second, third))).containsExactly(first, second, third);
        assertThat(due(NOON.plusSeconds(2), Set.of(first, second, third))).containsExactly(first, second);
    }

    @Test
    void aPaymentAboutWhichAllIsKnownIsNeverDue() {
        Charge charge = Charges.ofAKettle();
        Set<OrderId> settled = Set.of(
                saved(new Captured(Charges.ofAKettle(), "reference", 1)),
                saved(new Declined(Charges.ofAKettle(), "No money", 1)),
                saved(new Refunded(Charges.ofAKettle(), Goods.RETURNED, 1)),
                saved(new Voided(charge.order(), Optional.of(charge), 1)));
        assertThat(due(NOON.plusSeconds(1_000_000), settled)).isEmpty();
        Charge other = Charges.ofAKettle();
        save(new Unknown(other, 1, NOON, 1));
        save(new Captured(other, "reference", 2));
        assertThat(due(NOON.plusSeconds(1_000_000), Set.of(other.order()))).isEmpty();
    }

    @Test
    void noMoreAreDueThanOneAsksFor() {
        save(new Requested(Charges.ofAKettle(), NOON, 1));
        save(new Requested(Charges.ofAKettle(), NOON, 1));
        assertThat(transactor()
                        .<List<OrderId>>inTransaction(store -> store.payments().due(NOON, 1)))
                .hasSize(1);
    }

    private static Money euros(int euros) {
        return Money.of(euros * 100L, "EUR");
    }

    private OrderId saved(Payment payment) {
        save(payment);
        return payment.order();
    }

    private void save(Payment payment) {
        transactor().inTransaction(store -> {
            store.payments().save(payment);
            return payment;
        });
    }

    /** Within its transaction, because the transactor would run the work again. */
    private void assertStale(Payment payment) {
        assertThatThrownBy(() -> transactor().inTransaction(store -> {
                    try {
                        store.payments().save(payment);
                        store.payments().find(payment.order());
                    } catch (StaleVersion e) {
                        throw new IllegalArgumentException("stale, as it should be", e);
                    }
                    return payment;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasCauseInstanceOf(StaleVersion.class);
    }

    private Optional<Payment> find(OrderId order) {
        return transactor().inTransaction(store -> store.payments().find(order));
    }

    private List<OrderId> due(Instant now, Set<OrderId> among) {
        List<OrderId> all = transactor().inTransaction(store -> store.payments().due(now, ALL));
        return all.stream().filter(among::contains).toList();
    }
}
