package dev.hexmart.application.payment;

import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.PaymentProcess;
import dev.hexmart.domain.payment.PaymentProcess.Decision;
import dev.hexmart.domain.shared.OrderId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Use case, driven by wake-ups and by time: ask the provider whatever is to be asked, and note the answer.
 *
 * <p>That it is being asked is committed before it is asked, so a process that dies meanwhile leaves a payment which
 * somebody asks about again; the provider answers one attempt once.
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

    /** The orders about whose payment the provider is to be asked now. */
    public List<OrderId> due(int limit) {
        return transactor.reading(store -> store.payments().due(clock.instant(), limit));
    }

    /** Asks about one payment, unless somebody else is just doing so or there is nothing to ask. Takes as long as the provider. */
    public void settle(OrderId order) {
        Optional<Payment> asking = transactor.inTransaction(store -> {
            Optional<Payment> next =
                    store.payments().find(order).flatMap(payment -> PaymentProcess.asking(payment, clock.instant()));
            next.ifPresent(store.payments()::save);
            return next;
        });
        asking.ifPresent(this::ask);
    }

    private void ask(Payment payment) {
        switch (payment) {
            case Payment.Unknown unknown -> {
                var answer = provider.capture(unknown.charge());
                note(
                        payment.order(),
                        current -> PaymentProcess.answered(current, unknown.charge(), answer, clock.instant()));
            }
            case Payment.Refunding refunding -> {
                var answer = provider.refund(refunding.order());
                note(payment.order(), current -> PaymentProcess.answered(current, answer, clock.instant()));
            }
            case Payment.PartRefunding part -> {
                var answer = provider.refundPart(part.order(), part.number(), part.part());
                note(
                        payment.order(),
                        current -> PaymentProcess.answeredPart(current, part.number(), answer, clock.instant()));
            }
            case Payment.Requested _,
                    Payment.Captured _,
                    Payment.PartRefunded _,
                    Payment.Declined _,
                    Payment.Refunded _,
                    Payment.Voided _ ->
                throw new IllegalStateException("Nobody is asked about a payment that is " + payment.status());
        }
    }

    private void note(OrderId order, Function<Payment, Decision> process) {
        transactor.inTransaction(store -> {
            Payment current = store.payments().find(order).orElseThrow();
            Decision decision = process.apply(current);
            decision.next().ifPresent(store.payments()::save);
            store.outbox().append(decision.messages());
            return order;
        });
    }
}
