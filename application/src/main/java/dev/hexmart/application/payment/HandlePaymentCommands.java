package dev.hexmart.application.payment;

import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.PaymentCommand;
import dev.hexmart.domain.messages.PaymentCommand.CapturePayment;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.PaymentProcess;
import dev.hexmart.domain.payment.PaymentProcess.Decision;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Use case, driven by messages: take or give back money as the orders say. */
public final class HandlePaymentCommands implements MessageHandler<PaymentCommand> {

    private final Transactor<? extends PaymentStore> transactor;
    private final Consumer<OrderId> wakeUp;
    private final InstantSource clock;

    /** @param wakeUp is told which payment to settle, and returns at once; a wake-up that gets lost costs only time */
    public HandlePaymentCommands(
            Transactor<? extends PaymentStore> transactor, Consumer<OrderId> wakeUp, InstantSource clock) {
        this.transactor = transactor;
        this.wakeUp = wakeUp;
        this.clock = clock;
    }

    @Override
    public void handle(Received<PaymentCommand> received) {
        handleTogether(Batch.of(received));
    }

    @Override
    public void handleTogether(Batch<PaymentCommand> batch) {
        Instant now = clock.instant();
        transactor.inTransaction(store -> {
            Batch<PaymentCommand> fresh = batch.only(store.inbox().record(batch.ids()));
            Map<OrderId, Payment> payments = store.payments().find(fresh.orders());
            fresh.each(message -> {
                Decision decision = decide(Optional.ofNullable(payments.get(message.order())), message, now);
                decision.next().ifPresent(store.payments()::save);
                store.outbox().append(decision.messages());
            });
            return fresh;
        });
        batch.each(message -> wakeUp.accept(message.order()));
    }

    private static Decision decide(Optional<Payment> current, PaymentCommand message, Instant now) {
        return switch (message) {
            case CapturePayment(var order, var customer, var amount, var method) ->
                PaymentProcess.capture(current, Charge.first(order, customer, amount, method), now);
            case RefundPayment(var order) -> PaymentProcess.refund(current, order, now);
        };
    }
}
