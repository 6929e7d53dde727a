package dev.hexmart.application.payment;

import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.idempotency.IdempotencyKeys.Claim;
import dev.hexmart.application.idempotency.OperationKey;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.PaymentProcess.Decision;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.payment.Refund;
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
     * @param amount how much; all that is left where it is not said
     * @param goods whether what was ordered can be sold again, which only a refund of all that is left can say; it can where it
     *     is not said
     */
    public record Command(
            CustomerId employee, IdempotencyKey key, OrderId order, Optional<Money> amount, Optional<Goods> goods) {

        private OperationKey operationKey() {
            return new OperationKey(employee, OPERATION, key);
        }

        private Fingerprint fingerprint() {
            return Fingerprint.of(order
                    + amount.map(sum -> "\namount=" + sum.amount() + " " + sum.currency())
                            .orElse("")
                    + goods.map(where -> "\ngoods=" + where).orElse(""));
        }
    }

    public Outcome refund(Caller by, Command command) {
        by.require(Role.ORDERS_MANAGE);
        Instant now = clock.instant();
        Outcome outcome = transactor.inTransaction(store -> {
            Optional<Payment> payment = store.payments().find(command.order());
            return payment.map(present -> refund(store, command, present, now)).orElseGet(Outcome.NotFound::new);
        });
        wakeUp.accept(command.order());
        return outcome;
    }

    private static Outcome refund(PaymentStore store, Command command, Payment payment, Instant now) {
        return switch (store.idempotencyKeys().claim(command.operationKey(), command.fingerprint(), now)) {
            case Claim.Granted _ ->
                switch (Refund.of(payment, command.amount(), command.goods(), now)) {
                    case Refund.Granted(Decision decision) -> accept(store, command, payment, decision);
                    case Refund.Refused refused -> {
                        store.idempotencyKeys().release(command.operationKey());
                        yield new Outcome.Refused(refused);
                    }
                };
            case Claim.Answered(String answer) ->
                new Outcome.Accepted(command.order(), PaymentStatus.valueOf(answer), true);
            case Claim.InFlight _ -> new Outcome.InFlight();
            case Claim.OtherRequest _ -> new Outcome.OtherRequest();
        };
    }

    private static Outcome accept(PaymentStore store, Command command, Payment payment, Decision decision) {
        decision.next().ifPresent(store.payments()::save);
        store.outbox().append(decision.messages());
        PaymentStatus status = decision.next().orElse(payment).status();
        store.idempotencyKeys().answer(command.operationKey(), status.name());
        return new Outcome.Accepted(command.order(), status, false);
    }

    public sealed interface Outcome {

        /** @param replayed whether this is the answer to an earlier request under the same key */
        record Accepted(OrderId order, PaymentStatus status, boolean replayed) implements Outcome {}

        record Refused(Refund.Refused why) implements Outcome {}

        record NotFound() implements Outcome {}

        record InFlight() implements Outcome {}

        record OtherRequest() implements Outcome {}
    }
}
