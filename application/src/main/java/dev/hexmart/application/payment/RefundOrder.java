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
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Use case: give a customer's money back. */
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
     */
    public record Wish(CustomerId employee, String key, OrderId order) {

        private IdempotencyKey idempotencyKey() {
            return new IdempotencyKey(employee, OPERATION, key);
        }

        private Fingerprint fingerprint() {
            return Fingerprint.of(order.toString());
        }
    }

    public Outcome refund(Wish wish) {
        Instant now = clock.instant();
        Outcome outcome = transactor.inTransaction(store -> {
            Optional<Payment> payment = store.payments().find(wish.order());
            return payment.map(present -> refund(store, wish, present, now)).orElseGet(Outcome.Unknown::new);
        });
        wakeUp.accept(wish.order());
        return outcome;
    }

    private static Outcome refund(PaymentStore store, Wish wish, Payment payment, Instant now) {
        return switch (store.idempotencyKeys().claim(wish.idempotencyKey(), wish.fingerprint(), now)) {
            case Claim.Granted _ ->
                switch (payment.status()) {
                    case PAID, REFUNDING, REFUNDED -> accept(store, wish, payment, now);
                    case PENDING, DECLINED, VOIDED -> {
                        store.idempotencyKeys().release(wish.idempotencyKey());
                        yield new Outcome.NothingPaid(payment.status());
                    }
                };
            case Claim.Answered(String answer) ->
                new Outcome.Accepted(wish.order(), PaymentStatus.valueOf(answer), true);
            case Claim.InFlight _ -> new Outcome.InFlight();
            case Claim.OtherRequest _ -> new Outcome.OtherRequest();
        };
    }

    private static Outcome accept(PaymentStore store, Wish wish, Payment payment, Instant now) {
        Decision decision = PaymentProcess.refund(Optional.of(payment), wish.order(), now);
        decision.next().ifPresent(store.payments()::save);
        store.outbox().append(decision.messages());
        PaymentStatus status = decision.next().orElse(payment).status();
        store.idempotencyKeys().answer(wish.idempotencyKey(), status.name());
        return new Outcome.Accepted(wish.order(), status, false);
    }

    /** What came of it. */
    public sealed interface Outcome {

        /** @param replayed whether this is the answer to an earlier request under the same key */
        record Accepted(OrderId order, PaymentStatus status, boolean replayed) implements Outcome {}

        /** There is nothing that could be given back. */
        record NothingPaid(PaymentStatus status) implements Outcome {}

        record Unknown() implements Outcome {}

        record InFlight() implements Outcome {}

        record OtherRequest() implements Outcome {}
    }
}
