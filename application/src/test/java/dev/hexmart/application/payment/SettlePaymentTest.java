package dev.hexmart.application.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentRefunded;
import dev.hexmart.domain.messages.PaymentCommand;
import dev.hexmart.domain.messages.PaymentCommand.CapturePayment;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.PaymentProcess;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Taking payments by message, and settling them with the provider. */
class SettlePaymentTest {

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryPayments payments = new InMemoryPayments(InMemoryMessages.create(), clock);
    private final AtomicBoolean silent = new AtomicBoolean();
    private final InMemoryPaymentProvider provider = new InMemoryPaymentProvider(silent::get);
    private final SettlePayment settling = new SettlePayment(payments.transactor(), provider, clock);
    private final List<OrderId> wokenFor = new ArrayList<>();
    private final HandlePaymentCommands taking = new HandlePaymentCommands(payments.transactor(), wokenFor::add, clock);
    private final Charge charge = Charges.ofAKettle();
    private final OrderId order = charge.order();

    @Test
    void requestedPaymentIsDueAtOnceAndWakesTheWorker() {
        handle(capture(InMemoryPaymentProvider.GOOD));
        assertThat(settling.due(10)).containsExactly(order);
        assertThat(wokenFor).containsExactly(order);
        assertThat(provider.account(order)).isEmpty();
    }

    @Test
    void theProvidersAnswerIsNotedAndTheOrderIsTold() {
        handle(capture(InMemoryPaymentProvider.GOOD));
        settling.settle(order);
        assertThat(payment()).isInstanceOf(Payment.Captured.class);
        assertThat(payments.outgoing()).containsExactly(new PaymentCaptured(order));
        assertThat(settling.due(10)).isEmpty();
    }

    @Test
    void aRefusalIsNotedAndTheOrderIsTold() {
        handle(capture(InMemoryPaymentProvider.DECLINED));
        settling.settle(order);
        assertThat(payment()).isInstanceOf(Payment.Declined.class);
        assertThat(payments.outgoing()).hasExactlyElementsOfTypes(PaymentDeclined.class);
    }

    @Test
    void timeoutIsRetriedWithBackoffUntilTheProviderAnswers() {
        silent.set(true);
        handle(capture(InMemoryPaymentProvider.GOOD));
        settling.settle(order);
        for (int attempt = 1; attempt < 8; attempt++) {
            assertThat(payment().status()).isEqualTo(PaymentStatus.PENDING);
            clock.advance(Payment.backoff(attempt).minusNanos(1));
            assertThat(settling.due(10)).isEmpty();
            settling.settle(order);
            clock.advance(Duration.ofNanos(1));
            assertThat(settling.due(10)).containsExactly(order);
            silent.set(attempt < 7);
            settling.settle(order);
        }
        assertThat(payments.outgoing()).containsExactly(new PaymentCaptured(order));
    }

    @Test
    void crashAfterTheProvidersAnswerIsRecoveredByTheNextAttempt() {
        handle(capture(InMemoryPaymentProvider.GOOD));
        dieAfterAsking();
        assertThat(provider.account(order).orElseThrow().holdsMoney()).isTrue();
        assertThat(payment()).isInstanceOf(Payment.Unknown.class);
        assertThat(settling.due(10)).isEmpty();
        clock.advance(PaymentProcess.ANSWER_DEADLINE);
        assertThat(settling.due(10)).containsExactly(order);
        settling.settle(order);
        assertThat(payments.outgoing()).containsExactly(new PaymentCaptured(order));
    }

    @Test
    void crashDuringARefundIsRecoveredByTheNextAttempt() {
        handle(capture(InMemoryPaymentProvider.GOOD));
        settling.settle(order);
        handle(new RefundPayment(order));
        dieAfterAsking();
        assertThat(payment()).isInstanceOf(Payment.Refunding.class);
        clock.advance(PaymentProcess.ANSWER_DEADLINE);
        settling.settle(order);
        assertThat(payment()).isInstanceOf(Payment.Refunded.class);
        assertThat(payments.outgoing())
                .containsExactly(new PaymentCaptured(order), new PaymentRefunded(order, Goods.RETURNED));
    }

    @Test
    void paymentsAreBegunAndNotedTogether() {
        OrderId other = new OrderId(UUID.randomUUID());
        handle(capture(InMemoryPaymentProvider.GOOD));
        handle(new CapturePayment(other, charge.customer(), charge.amount(), InMemoryPaymentProvider.DECLINED));
        List<Payment> begun = settling.begin(Set.of(order, other));
        assertThat(begun).extracting(Payment::order).containsExactlyInAnyOrder(order, other);
        assertThat(settling.begin(Set.of(order, other))).isEmpty();
        List<OrderId> scopes = new ArrayList<>();
        settling.note(begun.stream()
                .map(payment -> settling.ask(payment).in(work -> {
                    scopes.add(payment.order());
                    work.run();
                }))
                .toList());
        assertThat(payment()).isInstanceOf(Payment.Captured.class);
        assertThat(payments.outgoing())
                .extracting(Object::getClass)
                .containsExactlyInAnyOrder(PaymentCaptured.class, PaymentDeclined.class);
        assertThat(scopes).containsExactlyInAnyOrder(order, other);
    }

    @Test
    void twoAnswersAboutOneOrderAreNotNotedTogether() {
        handle(capture(InMemoryPaymentProvider.GOOD));
        SettlePayment.Answer answer = settling.ask(settling.begin(Set.of(order)).getFirst());
        assertThatThrownBy(() -> settling.note(List.of(answer, answer))).isInstanceOf(IllegalArgumentException.class);
        assertThat(payment()).isInstanceOf(Payment.Unknown.class);
    }

    @Test
    void concurrentWorkersSendOneRequest() {
        AtomicInteger asked = new AtomicInteger();
        SettlePayment counting = new SettlePayment(
                payments.transactor(),
                new PaymentProvider() {
                    @Override
                    public List<PaymentMethodOffer> methods() {
                        return List.of();
                    }

                    @Override
                    public ProviderAnswer.ToCapture capture(Charge it) {
                        asked.incrementAndGet();
                        return provider.capture(it);
                    }

                    @Override
                    public ProviderAnswer.ToRefund refund(OrderId it) {
                        return provider.refund(it);
                    }

                    @Override
                    public ProviderAnswer.ToRefund refundPart(OrderId it, int number, Money part) {
                        return provider.refundPart(it, number, part);
                    }
                },
                clock);
        handle(capture(InMemoryPaymentProvider.GOOD));
        AtOnce.times(8, () -> {
            counting.settle(order);
            return order;
        });
        assertThat(asked).hasValue(1);
        assertThat(payments.outgoing()).containsExactly(new PaymentCaptured(order));
    }

    @Test
    void redeliveredMessageHasOneEffectAndWakesTheWorkerEachTime() {
        Received<PaymentCommand> capture = new Received<>(UUID.randomUUID(), capture(InMemoryPaymentProvider.GOOD));
        taking.handle(capture);
        settling.settle(order);
        taking.handle(capture);
        assertThat(payments.outgoing()).containsExactly(new PaymentCaptured(order));
        assertThat(wokenFor).containsExactly(order, order);
    }

    @Test
    void capturedPaymentIsRefunded() {
        handle(capture(InMemoryPaymentProvider.GOOD));
        settling.settle(order);
        handle(new RefundPayment(order));
        settling.settle(order);
        assertThat(payment()).isInstanceOf(Payment.Refunded.class);
        assertThat(provider.account(order).orElseThrow().holdsMoney()).isFalse();
        assertThat(payments.outgoing())
                .containsExactly(new PaymentCaptured(order), new PaymentRefunded(order, Goods.RETURNED));
    }

    @Test
    void possiblyCapturedPaymentIsRefunded() {
        handle(capture(InMemoryPaymentProvider.LOST));
        settling.settle(order);
        handle(new RefundPayment(order));
        settling.settle(order);
        assertThat(payment()).isInstanceOf(Payment.Refunded.class);
        assertThat(provider.account(order).orElseThrow().holdsMoney()).isFalse();
        assertThat(payments.outgoing()).containsExactly(new PaymentRefunded(order, Goods.RETURNED));
    }

    @Test
    void voidedPaymentIsNeverSentToTheProvider() {
        handle(capture(InMemoryPaymentProvider.GOOD));
        handle(new RefundPayment(order));
        settling.settle(order);
        assertThat(payment()).isInstanceOf(Payment.Voided.class);
        assertThat(provider.account(order)).isEmpty();
        assertThat(payments.outgoing()).isEmpty();
    }

    @Test
    void paymentVoidedBeforeItsRequestIsNeverSent() {
        handle(new RefundPayment(order));
        handle(capture(InMemoryPaymentProvider.GOOD));
        settling.settle(order);
        assertThat(provider.account(order)).isEmpty();
        assertThat(settling.due(10)).isEmpty();
    }

    @Test
    void captureWithAPendingRefundIsRefunded() {
        SettlePayment interrupted = new SettlePayment(
                payments.transactor(),
                new PaymentProvider() {
                    @Override
                    public List<PaymentMethodOffer> methods() {
                        return List.of();
                    }

                    @Override
                    public ProviderAnswer.ToCapture capture(Charge it) {
                        handle(new RefundPayment(order));
                        settling.settle(order);
                        return provider.capture(it);
                    }

                    @Override
                    public ProviderAnswer.ToRefund refund(OrderId it) {
                        return provider.refund(it);
                    }

                    @Override
                    public ProviderAnswer.ToRefund refundPart(OrderId it, int number, Money part) {
                        return provider.refundPart(it, number, part);
                    }
                },
                clock);
        handle(capture(InMemoryPaymentProvider.GOOD));
        interrupted.settle(order);
        settling.due(10).forEach(settling::settle);
        assertThat(payment().status()).isIn(PaymentStatus.VOIDED, PaymentStatus.REFUNDED);
        assertThat(provider.account(order).orElseThrow().holdsMoney()).isFalse();
    }

    @Test
    void aLateAnswerToADeclinedAttemptLeavesTheNextOneAlone() {
        SettlePayment late = new SettlePayment(
                payments.transactor(),
                new PaymentProvider() {
                    @Override
                    public List<PaymentMethodOffer> methods() {
                        return List.of();
                    }

                    @Override
                    public ProviderAnswer.ToCapture capture(Charge it) {
                        ProviderAnswer.ToCapture answer = provider.capture(it);
                        clock.advance(PaymentProcess.ANSWER_DEADLINE);
                        settling.settle(order);
                        payAgain(InMemoryPaymentProvider.LOST);
                        return answer;
                    }

                    @Override
                    public ProviderAnswer.ToRefund refund(OrderId it) {
                        return provider.refund(it);
                    }

                    @Override
                    public ProviderAnswer.ToRefund refundPart(OrderId it, int number, Money part) {
                        return provider.refundPart(it, number, part);
                    }
                },
                clock);
        handle(capture(InMemoryPaymentProvider.DECLINED));
        late.settle(order);
        assertThat(payment()).isInstanceOf(Payment.Unknown.class);
        clock.advance(PaymentProcess.ANSWER_DEADLINE);
        settling.settle(order);
        assertThat(payment()).isInstanceOf(Payment.Captured.class);
        assertThat(payments.outgoing())
                .containsExactly(new PaymentDeclined(order, 1, "The card was declined"), new PaymentCaptured(order));
    }

    @Test
    void anAttemptThatIsCapturedAfterItWasDeclinedIsNotChargedTwice() {
        AtomicInteger captured = new AtomicInteger();
        // Says no to an attempt, and captures it all the same; of one order it captures one attempt, as it has
        // promised.
        PaymentProvider fickle = new PaymentProvider() {
            @Override
            public List<PaymentMethodOffer> methods() {
                return List.of();
            }

            @Override
            public ProviderAnswer.ToCapture capture(Charge it) {
                captured.compareAndSet(0, it.attempt());
                return it.attempt() == 1
                        ? new ProviderAnswer.ToCapture.Declined("No money")
                        : new ProviderAnswer.ToCapture.Captured("capture-" + captured.get());
            }

            @Override
            public ProviderAnswer.ToRefund refund(OrderId it) {
                return new ProviderAnswer.ToRefund.Refunded();
            }

            @Override
            public ProviderAnswer.ToRefund refundPart(OrderId it, int number, Money part) {
                return new ProviderAnswer.ToRefund.Refunded();
            }
        };
        SettlePayment settlingIt = new SettlePayment(payments.transactor(), fickle, clock);
        handle(capture(InMemoryPaymentProvider.GOOD));
        settlingIt.settle(order);
        payments.transactor()
                .inTransaction(store -> PaymentProcess.pay(store.payments().find(order), charge, clock.instant())
                        .next()
                        .map(next -> {
                            store.payments().save(next);
                            return next;
                        }));
        settlingIt.settle(order);
        assertThat(payment()).isEqualTo(new Payment.Captured(Charges.next(charge, charge.method()), "capture-1", 6));
        handle(new RefundPayment(order));
        settlingIt.settle(order);
        assertThat(payment()).isInstanceOf(Payment.Refunded.class);
    }

    @Test
    void aPaymentThatThereIsNotNeedsNoSettling() {
        settling.settle(order);
        assertThat(settling.due(10)).isEmpty();
    }

    @Test
    void onlyItsCustomerAndEmployeesSeeAPayment() {
        ViewPayment viewing = new ViewPayment(payments.transactor());
        handle(capture(InMemoryPaymentProvider.GOOD));
        assertThat(viewing.find(order, Callers.customer(charge.customer()))).contains(payment());
        assertThat(viewing.find(order, Callers.employee())).contains(payment());
        assertThat(viewing.find(order, Callers.customer(Callers.newCustomerId())))
                .isEmpty();
        assertThat(viewing.find(order, Callers.service())).isEmpty();
        OrderId other = Charges.ofAKettle().order();
        assertThat(viewing.find(other, Callers.employee())).isEmpty();
        handle(new RefundPayment(other));
        assertThat(viewing.find(other, Callers.employee())).isPresent();
        assertThat(viewing.find(other, Callers.customer(charge.customer()))).isEmpty();
    }

    private void payAgain(PaymentMethod method) {
        payments.transactor().inTransaction(store -> {
            Charge again = Charge.first(order, charge.customer(), charge.amount(), method);
            PaymentProcess.pay(store.payments().find(order), again, clock.instant())
                    .next()
                    .ifPresent(store.payments()::save);
            return again;
        });
        settling.settle(order);
    }

    private void dieAfterAsking() {
        SettlePayment dying = new SettlePayment(
                payments.transactor(),
                new PaymentProvider() {
                    @Override
                    public List<PaymentMethodOffer> methods() {
                        return List.of();
                    }

                    @Override
                    public ProviderAnswer.ToCapture capture(Charge it) {
                        throw new Death(provider.capture(it));
                    }

                    @Override
                    public ProviderAnswer.ToRefund refund(OrderId it) {
                        throw new Death(provider.refund(it));
                    }

                    @Override
                    public ProviderAnswer.ToRefund refundPart(OrderId it, int number, Money part) {
                        throw new Death(provider.refundPart(it, number, part));
                    }
                },
                clock);
        assertThatThrownBy(() -> dying.settle(order)).isInstanceOf(Death.class);
    }

    private CapturePayment capture(PaymentMethod method) {
        return new CapturePayment(order, charge.customer(), charge.amount(), method);
    }

    private void handle(PaymentCommand message) {
        taking.handle(new Received<>(UUID.randomUUID(), message));
    }

    private Payment payment() {
        return payments.transactor()
                .inTransaction(store -> store.payments().find(order))
                .orElseThrow();
    }

    private static final class Death extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Death(Object unheard) {
            super("The process ended before it knew of " + unheard);
        }
    }
}
