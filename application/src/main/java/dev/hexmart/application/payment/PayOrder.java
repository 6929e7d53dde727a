package dev.hexmart.application.payment;

import dev.hexmart.application.idempotency.Fingerprint;
import dev.hexmart.application.idempotency.IdempotencyKey;
import dev.hexmart.application.idempotency.IdempotencyKeys.Claim;
import dev.hexmart.application.idempotency.OperationKey;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.payment.OrderDirectory.Payable;
import dev.hexmart.application.payment.OrderDirectory.Payable.NoLonger.End;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.PaymentProcess;
import dev.hexmart.domain.payment.PaymentStatus;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Use case: pay an order that waits for it.
 *
 * <p>The idempotency key guards the answer, not the money: an order is captured once whatever its customer sends. After a
 * declined attempt, another key begins another one.
 */
public final class PayOrder {

    private static final String OPERATION = "pay";

    private final Transactor<? extends PaymentStore> transactor;
    private final OrderDirectory orders;
    private final SettlePayment settlement;
    private final PaymentProvider provider;
    private final InstantSource clock;

    public PayOrder(
            Transactor<? extends PaymentStore> transactor,
            OrderDirectory orders,
            SettlePayment settlement,
            PaymentProvider provider,
            InstantSource clock) {
        this.transactor = transactor;
        this.orders = orders;
        this.settlement = settlement;
        this.provider = provider;
        this.clock = clock;
    }

    /** @param method the provider's default where it is empty */
    public record Command(CustomerId customer, IdempotencyKey key, OrderId order, Optional<PaymentMethod> method) {}

    public Outcome pay(Command command, Credential credential) {
        List<PaymentMethod> methods =
                provider.methods().stream().map(PaymentMethodOffer::method).toList();
        PaymentMethod method = command.method().orElseGet(methods::getFirst);
        return methods.contains(method)
                ? pay(new Request(command.customer(), command.key(), command.order(), method), credential)
                : new Outcome.UnknownMethod(Set.copyOf(methods));
    }

    /** The command with the means of payment that it comes to. */
    private record Request(CustomerId customer, IdempotencyKey key, OrderId order, PaymentMethod method) {

        private OperationKey operationKey() {
            return new OperationKey(customer, OPERATION, key);
        }

        private Fingerprint fingerprint() {
            return Fingerprint.of(order + "\nmethod=" + method);
        }
    }

    private Outcome pay(Request request, Credential credential) {
        Claim claim = transactor.inTransaction(
                store -> store.idempotencyKeys().claim(request.operationKey(), request.fingerprint(), clock.instant()));
        return switch (claim) {
            case Claim.Granted _ -> payAndAnswer(request, credential);
            case Claim.Answered(String answer) ->
                new Outcome.Accepted(request.order(), PaymentStatus.valueOf(answer), true);
            case Claim.InFlight _ -> new Outcome.InFlight();
            case Claim.OtherRequest _ -> new Outcome.OtherRequest();
        };
    }

    private Outcome payAndAnswer(Request request, Credential credential) {
        boolean answered = false;
        try {
            Outcome outcome = payOnce(request, credential);
            if (outcome instanceof Outcome.Accepted answer) {
                transactor.inTransaction(store -> {
                    store.idempotencyKeys()
                            .answer(request.operationKey(), answer.status().name());
                    return answer;
                });
                answered = true;
            }
            return outcome;
        } finally {
            if (!answered) {
                giveUpClaim(request);
            }
        }
    }

    private Outcome payOnce(Request request, Credential credential) {
        Optional<Payment> present = transactor.reading(store -> store.payments().find(request.order()));
        boolean own = present.flatMap(Payment::demand)
                .filter(charge -> charge.customer().equals(request.customer()))
                .isPresent();
        boolean declined = present.filter(it -> it instanceof Payment.Declined).isPresent();
        if (own && !declined) {
            return settled(request.order());
        }
        if (own && present.flatMap(Payment::demand).orElseThrow().attempt() >= PaymentProcess.MOST_ATTEMPTS) {
            return new Outcome.TooManyAttempts(PaymentProcess.MOST_ATTEMPTS);
        }
        return switch (orders.find(request.order(), credential)) {
            case Payable.Yes(CustomerId customer, var _)
            when !customer.equals(request.customer()) -> new Outcome.NotFound();
            case Payable.Yes(CustomerId customer, var total) -> {
                Instant now = clock.instant();
                Charge charge = Charge.first(request.order(), customer, total, request.method());
                transactor.inTransaction(store -> {
                    var decision = PaymentProcess.pay(store.payments().find(request.order()), charge, now);
                    decision.next().ifPresent(store.payments()::save);
                    store.outbox().append(decision.messages());
                    return charge;
                });
                yield settled(request.order());
            }
            case Payable.NotYet _ -> new Outcome.NotYet();
            case Payable.NoLonger(End end) -> new Outcome.NotPayable(end);
            case Payable.NotFound _ -> new Outcome.NotFound();
        };
    }

    private Outcome settled(OrderId order) {
        settlement.settle(order);
        Payment payment =
                transactor.reading(store -> store.payments().find(order).orElseThrow());
        return payment instanceof Payment.Voided
                ? new Outcome.CalledOff()
                : new Outcome.Accepted(order, payment.status(), false);
    }

    private void giveUpClaim(Request request) {
        transactor.inTransaction(store -> {
            store.idempotencyKeys().release(request.operationKey());
            return request;
        });
    }

    public sealed interface Outcome {

        /**
         * Where the payment stands.
         *
         * @param replayed whether this is the answer to an earlier request under the same key
         */
        record Accepted(OrderId order, PaymentStatus status, boolean replayed) implements Outcome {}

        /** There is no such order for this customer. */
        record NotFound() implements Outcome {}

        /** Its stock is not held yet; try again in a second. */
        record NotYet() implements Outcome {}

        record NotPayable(End end) implements Outcome {}

        /** The order was cancelled while it was being paid; nothing is taken. */
        record CalledOff() implements Outcome {}

        /** @param attempts how many were declined, the most that there can be */
        record TooManyAttempts(int attempts) implements Outcome {}

        record UnknownMethod(Set<PaymentMethod> accepted) implements Outcome {
            public UnknownMethod {
                accepted = Set.copyOf(accepted);
            }
        }

        record InFlight() implements Outcome {}

        record OtherRequest() implements Outcome {}
    }
}
