package dev.hexmart.application.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.payment.RefundOrder.Command;
import dev.hexmart.application.payment.RefundOrder.Outcome;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentPartlyRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentRefunded;
import dev.hexmart.domain.messages.PaymentCommand.CapturePayment;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.PaymentProcess;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.payment.Refund;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RefundOrderTest {

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryPayments payments = new InMemoryPayments(InMemoryMessages.create(), clock);
    private final InMemoryPaymentProvider provider = InMemoryPaymentProvider.create();
    private final SettlePayment settling = new SettlePayment(payments.transactor(), provider, clock);
    private final HandlePaymentCommands taking = new HandlePaymentCommands(payments.transactor(), _ -> {}, clock);
    private final List<OrderId> wokenFor = new ArrayList<>();
    private final RefundOrder refunding = new RefundOrder(payments.transactor(), wokenFor::add, clock);
    private final CustomerId employee = Callers.newCustomerId();

    @Test
    void paidPaymentIsRefunded() {
        OrderId order = paid();
        assertThat(refund("key", order)).isEqualTo(new Outcome.Accepted(order, PaymentStatus.REFUNDING, false));
        assertThat(wokenFor).containsExactly(order);
        settling.settle(order);
        assertThat(provider.account(order).orElseThrow().holdsMoney()).isFalse();
        assertThat(payments.outgoing())
                .containsExactly(new PaymentCaptured(order), new PaymentRefunded(order, Goods.RETURNED));
    }

    @Test
    void repeatedRequestGetsTheFirstAnswer() {
        OrderId order = paid();
        refund("key", order);
        settling.settle(order);
        assertThat(refund("key", order)).isEqualTo(new Outcome.Accepted(order, PaymentStatus.REFUNDING, true));
        assertThat(payments.outgoing()).hasSize(2);
    }

    @Test
    void repeatedRefundGetsTheFirstAnswer() {
        OrderId order = paid();
        refund("key", order);
        SettlePayment forgetful = new SettlePayment(payments.transactor(), new ForgetfulProvider(), clock);
        forgetful.settle(order);
        assertThat(refund("another-key", order))
                .isEqualTo(new Outcome.Refused(new Refund.NothingPaid(PaymentStatus.VOIDED)));
        assertThat(refund("key", order)).isEqualTo(new Outcome.Accepted(order, PaymentStatus.REFUNDING, true));
    }

    @Test
    void refundedPaymentIsNotRefundedAgain() {
        OrderId order = paid();
        refund("key", order);
        assertThat(refund("another-key", order)).isEqualTo(new Outcome.Accepted(order, PaymentStatus.REFUNDING, false));
        settling.settle(order);
        assertThat(refund("a-third-key", order)).isEqualTo(new Outcome.Accepted(order, PaymentStatus.REFUNDED, false));
        assertThat(settling.due(10)).isEmpty();
    }

    @Test
    void partsAreGivenBackUntilAllIsGivenBack() {
        OrderId order = paid();
        assertThat(refund("key", order, 500)).isEqualTo(new Outcome.Accepted(order, PaymentStatus.REFUNDING, false));
        settling.settle(order);
        assertThat(status(order)).isEqualTo(PaymentStatus.PAID);
        assertThat(refund("key", order, 500)).isEqualTo(new Outcome.Accepted(order, PaymentStatus.REFUNDING, true));
        refund("second-key", order, 1000);
        settling.settle(order);
        assertThat(provider.account(order).orElseThrow().givenBack()).isEqualTo(1500);
        assertThat(refund("third-key", order, 499)).isInstanceOf(Outcome.Accepted.class);
        settling.settle(order);
        assertThat(status(order)).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(provider.account(order).orElseThrow().givenBack()).isEqualTo(1999);
        assertThat(payments.outgoing())
                .containsExactly(
                        new PaymentCaptured(order),
                        new PaymentPartlyRefunded(order, Money.of(500, "EUR"), Money.of(500, "EUR")),
                        new PaymentPartlyRefunded(order, Money.of(1000, "EUR"), Money.of(1500, "EUR")),
                        new PaymentRefunded(order, Goods.RETURNED));
    }

    @Test
    void tooHighAmountIsRefusedWithTheRestAndTheKeyStaysFree() {
        OrderId order = paid();
        for (Money wrong : List.of(Money.of(0, "EUR"), Money.of(2000, "EUR"), Money.of(500, "USD"))) {
            assertThat(refund("key", order, Optional.of(wrong)))
                    .isEqualTo(new Outcome.Refused(new Refund.NotThatMuch(Money.of(1999, "EUR"))));
        }
        refund("key", order, 1500);
        settling.settle(order);
        assertThat(refund("second-key", order, 500))
                .isEqualTo(new Outcome.Refused(new Refund.NotThatMuch(Money.of(499, "EUR"))));
        refund("second-key", order);
        settling.settle(order);
        assertThat(refund("third-key", order, 1))
                .isEqualTo(new Outcome.Refused(new Refund.NotThatMuch(Money.of(0, "EUR"))));
    }

    @Test
    void keyIsForOneAmount() {
        OrderId order = paid();
        refund("key", order, 500);
        assertThat(refund("key", order, 600)).isEqualTo(new Outcome.OtherRequest());
        assertThat(refund("key", order)).isEqualTo(new Outcome.OtherRequest());
    }

    @Test
    void aPartWaitsForTheOneBeforeAndAllThatIsLeftDoesNot() {
        OrderId order = paid();
        refund("key", order, 500);
        assertThat(refund("second-key", order, 600)).isEqualTo(new Outcome.Refused(new Refund.UnderWay()));
        assertThat(refund("second-key", order)).isInstanceOf(Outcome.Accepted.class);
        settling.settle(order);
        assertThat(provider.account(order).orElseThrow().givenBack()).isEqualTo(1999);
        assertThat(payments.outgoing())
                .containsExactly(new PaymentCaptured(order), new PaymentRefunded(order, Goods.RETURNED));
    }

    @Test
    void partsThatAreAskedForAtOnceNeverGiveBackMoreThanWasCaptured() {
        OrderId order = paid();
        AtOnce.times(
                8,
                i -> () -> new RefundOrder(payments.transactor(), settling::settle, clock)
                        .refund(
                                Callers.employee(),
                                new Command(
                                        employee,
                                        new IdempotencyKey("key-" + i),
                                        order,
                                        Optional.of(Money.of(600, "EUR")),
                                        Optional.empty())));
        clock.advance(PaymentProcess.ANSWER_DEADLINE);
        settling.settle(order);
        assertThat(provider.account(order).orElseThrow().givenBack()).isBetween(600L, 1800L);
    }

    @Test
    void partialRefundWithALostAnswerIsRefundedOnce() {
        OrderId order = paid();
        refund("key", order, 500);
        SettlePayment deaf = new SettlePayment(payments.transactor(), new InMemoryPaymentProvider(() -> true), clock);
        settling.settle(order);
        clock.advance(PaymentProcess.ANSWER_DEADLINE);
        deaf.settle(order);
        settling.settle(order);
        assertThat(provider.account(order).orElseThrow().givenBack()).isEqualTo(500);
    }

    @Test
    void goodsThatHaveNotComeBackAreSaidToTheOrder() {
        OrderId order = paid();
        Command command = new Command(
                employee, new IdempotencyKey("key"), order, Optional.empty(), Optional.of(Goods.OUTSTANDING));
        assertThat(refunding.refund(Callers.employee(), command)).isInstanceOf(Outcome.Accepted.class);
        settling.settle(order);
        assertThat(payments.outgoing()).contains(new PaymentRefunded(order, Goods.OUTSTANDING));
        Command contrary = new Command(
                employee, new IdempotencyKey("second-key"), order, Optional.empty(), Optional.of(Goods.RETURNED));
        assertThat(refunding.refund(Callers.employee(), contrary))
                .isEqualTo(new Outcome.Refused(new Refund.GoodsAreDecided(Goods.OUTSTANDING)));
    }

    @Test
    void theRefundOfAPartPutsNoGoodsOnSale() {
        OrderId order = paid();
        Optional<Money> part = Optional.of(Money.of(500, "EUR"));
        assertThat(refunding.refund(
                        Callers.employee(),
                        new Command(employee, new IdempotencyKey("key"), order, part, Optional.of(Goods.RETURNED))))
                .isEqualTo(new Outcome.Refused(new Refund.GoodsOfAPart()));
        assertThat(refunding.refund(
                        Callers.employee(),
                        new Command(employee, new IdempotencyKey("key"), order, part, Optional.of(Goods.OUTSTANDING))))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void keyIsForOneOrder() {
        OrderId order = paid();
        refund("key", order);
        assertThat(refund("key", paid())).isEqualTo(new Outcome.OtherRequest());
        OrderId pending = pending(InMemoryPaymentProvider.GOOD);
        assertThat(refund("key", pending)).isEqualTo(new Outcome.OtherRequest());
    }

    @Test
    void askedForByManyAtOnceItIsGivenBackOnce() {
        OrderId order = paid();
        List<Outcome> outcomes = AtOnce.times(
                8,
                () -> new RefundOrder(payments.transactor(), _ -> {}, clock)
                        .refund(
                                Callers.employee(),
                                new Command(
                                        employee,
                                        new IdempotencyKey("key"),
                                        order,
                                        Optional.empty(),
                                        Optional.empty())));
        assertThat(outcomes).containsOnlyOnce(new Outcome.Accepted(order, PaymentStatus.REFUNDING, false));
    }

    @Test
    void refundOfAnUnpaidOrderIsRefusedAndTheKeyStaysFree() {
        OrderId pending = pending(InMemoryPaymentProvider.GOOD);
        assertThat(refund("key", pending))
                .isEqualTo(new Outcome.Refused(new Refund.NothingPaid(PaymentStatus.PENDING)));
        OrderId declined = pending(InMemoryPaymentProvider.DECLINED);
        settling.settle(declined);
        assertThat(refund("key", declined))
                .isEqualTo(new Outcome.Refused(new Refund.NothingPaid(PaymentStatus.DECLINED)));
        OrderId calledOff = Charges.ofAKettle().order();
        taking.handle(new Received<>(UUID.randomUUID(), new RefundPayment(calledOff)));
        assertThat(refund("key", calledOff))
                .isEqualTo(new Outcome.Refused(new Refund.NothingPaid(PaymentStatus.VOIDED)));
        settling.settle(pending);
        assertThat(refund("key", pending)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void refundOfAnUnpaidOrderIsUnknown() {
        assertThat(refund("key", Charges.ofAKettle().order())).isEqualTo(new Outcome.NotFound());
    }

    private PaymentStatus status(OrderId order) {
        return payments.transactor()
                .inTransaction(store -> store.payments().find(order))
                .orElseThrow()
                .status();
    }

    private OrderId paid() {
        OrderId order = pending(InMemoryPaymentProvider.GOOD);
        settling.settle(order);
        return order;
    }

    private OrderId pending(PaymentMethod method) {
        Charge charge = Charges.ofAKettle(method);
        taking.handle(new Received<>(
                UUID.randomUUID(), new CapturePayment(charge.order(), charge.customer(), charge.amount(), method)));
        return charge.order();
    }

    private Outcome refund(String key, OrderId order) {
        return refund(key, order, Optional.empty());
    }

    private Outcome refund(String key, OrderId order, long cents) {
        return refund(key, order, Optional.of(Money.of(cents, "EUR")));
    }

    private Outcome refund(String key, OrderId order, Optional<Money> amount) {
        return refunding.refund(
                Callers.employee(), new Command(employee, new IdempotencyKey(key), order, amount, Optional.empty()));
    }

    /** Has nothing in its books. */
    private static final class ForgetfulProvider implements PaymentProvider {

        @Override
        public List<PaymentMethodOffer> methods() {
            return InMemoryPaymentProvider.create().methods();
        }

        @Override
        public ProviderAnswer.ToCapture capture(Charge charge) {
            return new ProviderAnswer.ToCapture.Declined("Who are you?");
        }

        @Override
        public ProviderAnswer.ToRefund refund(OrderId order) {
            return new ProviderAnswer.ToRefund.NothingCaptured();
        }

        @Override
        public ProviderAnswer.ToRefund refundPart(OrderId order, int number, Money part) {
            return new ProviderAnswer.ToRefund.NothingCaptured();
        }
    }
}
