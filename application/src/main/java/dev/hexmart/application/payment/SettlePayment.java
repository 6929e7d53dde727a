package dev.hexmart.application.payment;

import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.PaymentProcess;
import dev.hexmart.domain.payment.PaymentProcess.Decision;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Use case, driven by wake-ups and by time: sends due charges and refunds to the payment provider, and stores the results.
 *
 * <p>The attempt is committed before the request is sent, so that a payment is retried after a crash or a timeout; the
 * provider executes one attempt once.
 */
public final class SettlePayment {

    private final Transactor<? extends PaymentStore> transactor;
    private final PaymentProvider provider;
    private final InstantSource clock;

    public SettlePayment(Transactor<? extends PaymentStore> transactor, PaymentProvider provider, InstantSource clock) {
        this.transactor = transactor;
        this.provider = provider;
        this.clock = clock;
    }

    /** The orders with a due payment. */
    public List<OrderId> due(int limit) {
        return transactor.reading(store -> store.payments().due(clock.instant(), limit));
    }

    /** Settles one payment, unless it is not due or another worker is settling it. Takes as long as the provider. */
    public void settle(OrderId order) {
        for (Payment payment : begin(Set.of(order))) {
            note(List.of(ask(payment)));
        }
    }

    /**
     * Commits, in one transaction, that the provider is being asked about these payments.
     *
     * @return those that are to be asked about now; the others are being asked about already, or there is nothing to ask
     */
    public List<Payment> begin(Set<OrderId> orders) {
        Instant now = clock.instant();
        return transactor.inTransaction(store -> {
            List<Payment> asking = store.payments().find(orders).values().stream()
                    .flatMap(payment -> PaymentProcess.asking(payment, now).stream())
                    .toList();
            asking.forEach(store.payments()::save);
            return asking;
        });
    }

    /** Asks the provider about a payment that has begun to be settled. Takes as long as the provider. */
    public Answer ask(Payment payment) {
        OrderId order = payment.order();
        return switch (payment) {
            case Payment.Unknown unknown -> {
                var answer = provider.capture(unknown.charge());
                yield new Answer(
                        order, current -> PaymentProcess.answered(current, unknown.charge(), answer, clock.instant()));
            }
            case Payment.Refunding _ -> {
                var answer = provider.refund(order);
                yield new Answer(order, current -> PaymentProcess.answered(current, answer, clock.instant()));
            }
            case Payment.PartRefunding part -> {
                var answer = provider.refundPart(order, part.number(), part.part());
                yield new Answer(
                        order, current -> PaymentProcess.answeredPart(current, part.number(), answer, clock.instant()));
            }
            case Payment.Requested _,
                    Payment.Captured _,
                    Payment.PartRefunded _,
                    Payment.Declined _,
                    Payment.Refunded _,
                    Payment.Voided _ ->
                throw new IllegalStateException(
                        "The provider is not asked about a payment that is " + payment.status());
        };
    }

    /** Notes answers, no two about the same order, in one transaction: all of them, or none. */
    public void note(List<Answer> answers) {
        Set<OrderId> orders = answers.stream().map(Answer::order).collect(Collectors.toUnmodifiableSet());
        if (orders.size() < answers.size()) {
            throw new IllegalArgumentException("Two of the answers are about the same order");
        }
        transactor.inTransaction(store -> {
            Map<OrderId, Payment> payments = store.payments().find(orders);
            answers.forEach(answer -> answer.scope().accept(() -> note(store, payments, answer)));
            return orders;
        });
    }

    private static void note(PaymentStore store, Map<OrderId, Payment> payments, Answer answer) {
        Decision decision = answer.process().apply(Objects.requireNonNull(payments.get(answer.order())));
        decision.next().ifPresent(store.payments()::save);
        store.outbox().append(decision.messages());
    }

    /**
     * What the provider has said about one payment.
     *
     * @param process what that makes of the payment as it is when the answer is noted
     * @param scope runs what notes it, once, in the calling thread, and lets through what that throws: as a part of the trace
     *     that asked, say
     */
    public record Answer(OrderId order, Function<Payment, Decision> process, Consumer<Batch.Work> scope) {

        private Answer(OrderId order, Function<Payment, Decision> process) {
            this(order, process, Batch.Work::run);
        }

        public Answer in(Consumer<Batch.Work> other) {
            return new Answer(order, process, other);
        }
    }
}
