package dev.hexmart.application.payment;

import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.idempotency.IdempotencyKeys.Claim;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.PaymentProcess;
import dev.hexmart.domain.payment.PaymentProcess.Decision;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Use case: give a customer's money back, all that is left of it or a part. */
public final class RefundOrder {

    private static final String OPERATION = "refund";

    private final Transactor<? extends PaymentStore> transactor;
    private final Consumer<OrderId> wakeUp;
    private final InstantSource clock;

    /** @param wakeUp is told which payment to settle, and returns at once; a wake-up that gets lost costs only time */
    public RefundOrder(Transactor<? extends PaymentStore> transactor, Consumer<OrderId> wakeUp, InstantSource clock) {
        this.transactor = transactor;
        this.wakeUp = wakeUp;
        this.clock = clock;
    }

    /**
     * What an employee wants.
     *
     * @param key the employee's idempotency key
     * @param amount how much; all that is left where it is not said
     * @param goods whether what was ordered can be sold again, which only a refund of all that is left can say; it can where it
     *     is not said
     */
    public record Command(
            CustomerId employee, String key, OrderId order, Optional<Money> amount, Optional<Goods> goods) {

        private IdempotencyKey idempotencyKey() {
            return new IdempotencyKey(employee, OPERATION, key);
        }

        private Fingerprint fingerprint() {
            return Fingerprint.of(order
                    + amount.map(sum -> "\namount=" + sum.amount() + " " + sum.currency())
                            .orElse("")
                    + goods.map(where -> "\ngoods=" + where).orElse(""));
        }
    }

    public Outcome refund(Command command) {
        Instant now = clock.instant();
        Outcome outcome = transactor.inTransaction(store -> {
            Optional<Payment> payment = store.payments().find(command.order());
            return payment.map(present -> refund(store, command, present, now)).orElseGet(Outcome.NotFound::new);
        });
        wakeUp.accept(command.order());
        return outcome;
    }

    private static Outcome refund(PaymentStore store, Command command, Payment payment, Instant now) {
        return switch (store.idempotencyKeys().claim(command.idempotencyKey(), command.fingerprint(), now)) {
            case Claim.Granted _ ->
                switch (payment.status()) {
                    case PAID, REFUNDING, REFUNDED -> grant(store, command, payment, now);
                    case PENDING, DECLINED, VOIDED -> {
                        store.idempotencyKeys().release(command.idempotencyKey());
                        yield new Outcome.NothingPaid(payment.status());
                    }
                };
            case Claim.Answered(String answer) ->
                new Outcome.Accepted(command.order(), PaymentStatus.valueOf(answer), true);
            case Claim.InFlight _ -> new Outcome.InFlight();
            case Claim.OtherRequest _ -> new Outcome.OtherRequest();
        };
    }

    private static Outcome grant(PaymentStore store, Command command, Payment payment, Instant now) {
        Optional<Money> left = PaymentProcess.left(payment);
        if (command.amount().isEmpty() || command.amount().equals(left)) {
            Optional<Goods> decided = goods(payment);
            if (decided.isPresent() && command.goods().isPresent() && !decided.equals(command.goods())) {
                store.idempotencyKeys().release(command.idempotencyKey());
                return new Outcome.GoodsAreDecided(decided.get());
            }
            return accept(store, command, payment, now);
        }
        if (command.goods().equals(Optional.of(Goods.RETURNED))) {
            store.idempotencyKeys().release(command.idempotencyKey());
            return new Outcome.GoodsOfAPart();
        }
        Optional<Payment> next =
                PaymentProcess.refundPart(payment, command.amount().get(), now);
        if (next.isEmpty()) {
            store.idempotencyKeys().release(command.idempotencyKey());
            return payment.status() == PaymentStatus.REFUNDING
                    ? new Outcome.UnderWay()
                    : new Outcome.NotThatMuch(left.orElseGet(() ->
                            Money.zero(payment.demand().orElseThrow().amount().currency())));
        }
        store.payments().save(next.get());
        store.idempotencyKeys()
                .answer(command.idempotencyKey(), next.get().status().name());
        return new Outcome.Accepted(command.order(), next.get().status(), false);
    }

    /** What an earlier refund of everything has said of the goods. */
    private static Optional<Goods> goods(Payment payment) {
        return switch (payment) {
            case Payment.Refunding it -> Optional.of(it.goods());
            case Payment.Refunded it -> Optional.of(it.goods());
            case Payment.Requested _,
                    Payment.Unknown _,
                    Payment.Captured _,
                    Payment.Declined _,
                    Payment.PartRefunding _,
                    Payment.PartRefunded _,
                    Payment.Voided _ -> Optional.empty();
        };
    }

    private static Outcome accept(PaymentStore store, Command command, Payment payment, Instant now) {
        Decision decision = PaymentProcess.refund(
                Optional.of(payment), command.order(), command.goods().orElse(Goods.RETURNED), now);
        decision.next().ifPresent(store.payments()::save);
        store.outbox().append(decision.messages());
        PaymentStatus status = decision.next().orElse(payment).status();
        store.idempotencyKeys().answer(command.idempotencyKey(), status.name());
        return new Outcome.Accepted(command.order(), status, false);
    }

    public sealed interface Outcome {

        /** @param replayed whether this is the answer to an earlier request under the same key */
        record Accepted(OrderId order, PaymentStatus status, boolean replayed) implements Outcome {}

        /** There is nothing that could be given back. */
        record NothingPaid(PaymentStatus status) implements Outcome {}

        /**
         * The amount is none that can be given back: zero, more than there is, or of another currency.
         *
         * @param left what can be given back
         */
        record NotThatMuch(Money left) implements Outcome {}

        /** Which pieces came back, the refund of a part does not say; they are put on sale by an adjustment of their stock. */
        record GoodsOfAPart() implements Outcome {}

        /** Everything is given back already, or being given back, with another word on the goods. */
        record GoodsAreDecided(Goods goods) implements Outcome {}

        /** Another refund is under way, and what is left is known when that is done. */
        record UnderWay() implements Outcome {}

        record NotFound() implements Outcome {}

        record InFlight() implements Outcome {}

        record OtherRequest() implements Outcome {}
    }
}
