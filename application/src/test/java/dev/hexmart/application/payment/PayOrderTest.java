package dev.hexmart.application.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.payment.OrderDirectory.Payable;
import dev.hexmart.application.payment.OrderDirectory.Payable.NoLonger.End;
import dev.hexmart.application.payment.PayOrder.Command;
import dev.hexmart.application.payment.PayOrder.Outcome;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.PaymentCommand.CapturePayment;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PayOrderTest {

    private static final Set<PaymentMethod> METHODS =
            Set.of(InMemoryPaymentProvider.GOOD, InMemoryPaymentProvider.DECLINED, InMemoryPaymentProvider.LOST);

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryPayments payments = new InMemoryPayments(InMemoryMessages.create(), clock);
    private final InMemoryPaymentProvider provider = InMemoryPaymentProvider.create();
    private final InMemoryOrderDirectory orders = new InMemoryOrderDirectory();
    private final SettlePayment settling = new SettlePayment(payments.transactor(), provider, clock);
    private final PayOrder paying = new PayOrder(payments.transactor(), orders, settling, provider, clock);
    private final HandlePaymentCommands taking = new HandlePaymentCommands(payments.transactor(), _ -> {}, clock);
    private final Charge charge = Charges.ofAKettle();
    private final OrderId order = charge.order();
    private final Credential credential = new Credential("token");

    @Test
    void anOrderThatWaitsForItIsPaid() {
        mayBePaid();
        assertThat(pay("key")).isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
        assertThat(provider.account(order).orElseThrow().captured()).contains(charge.amount());
        assertThat(payments.outgoing()).containsExactly(new PaymentCaptured(order));
        assertThat(orders.lastCredential()).contains(credential);
    }

    @Test
    void aCardThatIsDeclinedIsAnAnswer() {
        mayBePaid();
        assertThat(pay("key", InMemoryPaymentProvider.DECLINED))
                .isEqualTo(new Outcome.Accepted(order, PaymentStatus.DECLINED, false));
        assertThat(payments.outgoing()).hasExactlyElementsOfTypes(PaymentDeclined.class);
    }

    @Test
    void aDeclinedOrderIsPaidByAnotherCardUnderAnotherKey() {
        mayBePaid();
        pay("key", InMemoryPaymentProvider.DECLINED);
        assertThat(pay("key", InMemoryPaymentProvider.DECLINED))
                .isEqualTo(new Outcome.Accepted(order, PaymentStatus.DECLINED, true));
        assertThat(pay("second-key", InMemoryPaymentProvider.DECLINED))
                .isEqualTo(new Outcome.Accepted(order, PaymentStatus.DECLINED, false));
        assertThat(pay("third-key")).isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
        assertThat(payments.outgoing())
                .containsExactly(
                        new PaymentDeclined(order, 1, "The card was declined"),
                        new PaymentDeclined(order, 2, "The card was declined"),
                        new PaymentCaptured(order));
    }

    @Test
    void unknownAttemptBlocksFurtherAttempts() {
        mayBePaid();
        pay("key", InMemoryPaymentProvider.DECLINED);
        pay("second-key", InMemoryPaymentProvider.LOST);
        assertThat(pay("third-key", InMemoryPaymentProvider.DECLINED))
                .isEqualTo(new Outcome.Accepted(order, PaymentStatus.PENDING, false));
        clock.advance(Payment.backoff(1));
        settling.due(10).forEach(settling::settle);
        assertThat(pay("fourth-key")).isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
        assertThat(provider.account(order).orElseThrow().answers()).hasSize(2);
    }

    @Test
    void aDeclinedOrderThatIsCancelledCannotBeTriedAgain() {
        mayBePaid();
        pay("key", InMemoryPaymentProvider.DECLINED);
        orders.say(order, new Payable.NoLonger(End.CANCELLED));
        assertThat(pay("second-key")).isEqualTo(new Outcome.NotPayable(End.CANCELLED));
        mayBePaid();
        taking.handle(new Received<>(UUID.randomUUID(), new RefundPayment(order)));
        assertThat(pay("third-key")).isEqualTo(new Outcome.CalledOff());
        assertThat(provider.account(order).orElseThrow().holdsMoney()).isFalse();
    }

    @Test
    void anOrderIsTriedToBePaidTenTimesAtTheMost() {
        mayBePaid();
        for (int attempt = 1; attempt <= 10; attempt++) {
            assertThat(pay("key-" + attempt, InMemoryPaymentProvider.DECLINED)).isInstanceOf(Outcome.Accepted.class);
        }
        assertThat(pay("key")).isEqualTo(new Outcome.TooManyAttempts(10));
        assertThat(provider.account(order).orElseThrow().answers()).hasSize(10);
    }

    @Test
    void concurrentAttemptsAfterADeclineCaptureOnceAtMost() {
        mayBePaid();
        pay("key", InMemoryPaymentProvider.DECLINED);
        List<Outcome> outcomes = AtOnce.times(
                8,
                i -> () -> pay("key-" + i, i % 2 == 0 ? InMemoryPaymentProvider.GOOD : InMemoryPaymentProvider.LOST));
        assertThat(outcomes).hasOnlyElementsOfType(Outcome.Accepted.class);
        clock.advance(Duration.ofMinutes(10));
        settling.due(10).forEach(settling::settle);
        // An attempt that finds the order captured by another one has the event sent again.
        assertThat(payments.outgoing().stream()
                        .filter(PaymentCaptured.class::isInstance)
                        .distinct())
                .hasSize(1);
        assertThat(provider.account(order).orElseThrow().answers()).hasSize(2);
    }

    @Test
    void lostAnswerLeavesThePaymentPendingUntilARetry() {
        mayBePaid();
        assertThat(pay("key", InMemoryPaymentProvider.LOST))
                .isEqualTo(new Outcome.Accepted(order, PaymentStatus.PENDING, false));
        assertThat(payments.outgoing()).isEmpty();
        clock.advance(Payment.backoff(1));
        settling.due(10).forEach(settling::settle);
        assertThat(payments.outgoing()).containsExactly(new PaymentCaptured(order));
        assertThat(pay("another-key")).isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
    }

    @Test
    void repeatedRequestGetsTheFirstAnswer() {
        mayBePaid();
        pay("key");
        orders.breakDown();
        assertThat(pay("key")).isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, true));
        assertThat(payments.outgoing()).hasSize(1);
    }

    @Test
    void keyIsForOneRequest() {
        mayBePaid();
        pay("key");
        assertThat(pay("key", InMemoryPaymentProvider.DECLINED)).isEqualTo(new Outcome.OtherRequest());
        Command otherOrder = new Command(
                charge.customer(),
                new IdempotencyKey("key"),
                Charges.ofAKettle().order(),
                Optional.of(InMemoryPaymentProvider.GOOD));
        assertThat(paying.pay(otherOrder, credential)).isEqualTo(new Outcome.OtherRequest());
    }

    @Test
    void orderIsCapturedOnceForAnyRequests() {
        mayBePaid();
        List<Outcome> outcomes = AtOnce.times(
                20,
                i -> () -> pay("key-" + i, i % 2 == 0 ? InMemoryPaymentProvider.GOOD : InMemoryPaymentProvider.LOST));
        assertThat(outcomes).hasOnlyElementsOfType(Outcome.Accepted.class);
        clock.advance(Duration.ofMinutes(10));
        settling.due(10).forEach(settling::settle);
        assertThat(payments.outgoing()).containsExactly(new PaymentCaptured(order));
        assertThat(provider.account(order).orElseThrow().holdsMoney()).isTrue();
    }

    @Test
    void checkoutPaymentIsNotChargedTwice() {
        taking.handle(new Received<>(
                UUID.randomUUID(),
                new CapturePayment(order, charge.customer(), charge.amount(), InMemoryPaymentProvider.GOOD)));
        assertThat(pay("key", InMemoryPaymentProvider.DECLINED))
                .isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
        assertThat(payments.outgoing()).containsExactly(new PaymentCaptured(order));
    }

    @Test
    void anOrderThatIsCancelledCannotBePaid() {
        orders.say(order, new Payable.NoLonger(End.CANCELLED));
        assertThat(pay("key")).isEqualTo(new Outcome.NotPayable(End.CANCELLED));
        assertNothingAsked();
    }

    @Test
    void anOrderThatIsCancelledAtThisVeryMomentCannotBePaid() {
        mayBePaid();
        taking.handle(new Received<>(UUID.randomUUID(), new RefundPayment(order)));
        assertThat(pay("key")).isEqualTo(new Outcome.CalledOff());
        assertNothingAsked();
    }

    @Test
    void unreservedOrderIsNotPayableAndTheKeyStaysFree() {
        orders.say(order, new Payable.NotYet());
        assertThat(pay("key")).isEqualTo(new Outcome.NotYet());
        mayBePaid();
        assertThat(pay("key")).isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
    }

    @Test
    void anotherCustomersOrderIsUnknown() {
        assertThat(pay("key")).isEqualTo(new Outcome.NotFound());
        mayBePaid();
        CustomerId other = Callers.newCustomerId();
        Command theirs =
                new Command(other, new IdempotencyKey("key"), order, Optional.of(InMemoryPaymentProvider.GOOD));
        assertThat(paying.pay(theirs, credential)).isEqualTo(new Outcome.NotFound());
        pay("key");
        assertThat(paying.pay(theirs, credential)).isEqualTo(new Outcome.NotFound());
        orders.say(order, new Payable.NotFound());
        assertThat(paying.pay(theirs, credential)).isEqualTo(new Outcome.NotFound());
    }

    @Test
    void anUnheardOfMethodIsRefusedAndItIsSaidWhichThereAre() {
        assertThat(pay("key", new PaymentMethod("seashells"))).isEqualTo(new Outcome.UnknownMethod(METHODS));
    }

    @Test
    void paymentWithoutAMethodIsByTheProvidersDefault() {
        mayBePaid();
        Command open = new Command(charge.customer(), new IdempotencyKey("key"), order, Optional.empty());
        assertThat(paying.pay(open, credential)).isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
        assertThat(pay("key", InMemoryPaymentProvider.GOOD))
                .isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, true));
        Payment payment = payments.transactor()
                .reading(store -> store.payments().find(order).orElseThrow());
        assertThat(payment.demand().orElseThrow().method()).isEqualTo(InMemoryPaymentProvider.GOOD);
    }

    @Test
    void whileTheOrdersAreAwayNothingIsPaidAndTheKeyStaysFree() {
        mayBePaid();
        InMemoryOrderDirectory away = new InMemoryOrderDirectory();
        away.breakDown();
        PayOrder blind = new PayOrder(payments.transactor(), away, settling, provider, clock);
        assertThatThrownBy(() -> blind.pay(command("key", InMemoryPaymentProvider.GOOD), credential))
                .isInstanceOf(TemporaryFailure.class);
        assertThat(pay("key")).isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
    }

    @Test
    void requestInProgressBlocksItsKeyUntilTheLeaseExpires() {
        Command command = command("key", InMemoryPaymentProvider.GOOD);
        mayBePaid();
        OrderDirectory[] during = {orders};
        PayOrder twin = new PayOrder(
                payments.transactor(), (id, bearer) -> during[0].find(id, bearer), settling, provider, clock);
        during[0] = (id, bearer) -> {
            assertThat(paying.pay(command, credential)).isEqualTo(new Outcome.InFlight());
            clock.advance(IdempotencyKeys.LEASE);
            assertThat(paying.pay(command, credential))
                    .isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
            return orders.find(id, bearer);
        };
        assertThat(twin.pay(command, credential)).isEqualTo(new Outcome.Accepted(order, PaymentStatus.PAID, false));
        assertThat(provider.account(order).orElseThrow().holdsMoney()).isTrue();
    }

    private void mayBePaid() {
        orders.say(order, new Payable.Yes(charge.customer(), charge.amount()));
    }

    private void assertNothingAsked() {
        assertThat(provider.account(order)).isEmpty();
        assertThat(payments.outgoing()).isEmpty();
    }

    private Outcome pay(String key) {
        return pay(key, InMemoryPaymentProvider.GOOD);
    }

    private Outcome pay(String key, PaymentMethod method) {
        return paying.pay(command(key, method), credential);
    }

    private Command command(String key, PaymentMethod method) {
        return new Command(charge.customer(), new IdempotencyKey(key), order, Optional.of(method));
    }
}
