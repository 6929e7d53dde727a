package dev.hexmart.application.ordering;

import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.messaging.UnprocessableMessage;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.ordering.CheckoutProcess;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.Transition;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Use case, driven by messages and by time: take orders on to their next state. */
public final class AdvanceOrder implements MessageHandler<CheckoutEvent> {

    private static final int EXPIRED_AT_ONCE = 100;

    private final Transactor<? extends OrderingStore> transactor;
    private final InstantSource clock;

    public AdvanceOrder(Transactor<? extends OrderingStore> transactor, InstantSource clock) {
        this.transactor = transactor;
        this.clock = clock;
    }

    /**
     * Takes the order of the message on.
     *
     * @throws UnprocessableMessage when there is no such order: it is stored before anything is sent about it, so there will
     *     be none later either, as after the database was restored to an earlier state
     */
    @Override
    public void handle(Received<CheckoutEvent> received) {
        handleTogether(Batch.of(received));
    }

    @Override
    public void handleTogether(Batch<CheckoutEvent> batch) {
        Instant now = clock.instant();
        transactor.inTransaction(store -> {
            Batch<CheckoutEvent> fresh = batch.only(store.inbox().record(batch.ids()));
            Map<OrderId, Order> orders = store.orders().find(fresh.orders());
            fresh.each(message -> take(store, CheckoutProcess.on(order(orders, message.order()), message, now)));
            return fresh;
        });
    }

    /** Cancels the overdue unpaid orders; returns their number. */
    public int expireOverdue() {
        Instant now = clock.instant();
        List<OrderId> overdue = transactor.reading(store -> store.orders().overdue(now, EXPIRED_AT_ONCE));
        int expired = 0;
        for (OrderId order : overdue) {
            // One transaction each: a concurrent payment of one order does not block the others.
            if (transactor.inTransaction(store -> expire(store, order, now))) {
                expired++;
            }
        }
        return expired;
    }

    private static boolean expire(OrderingStore store, OrderId id, Instant now) {
        Order order = store.orders().find(id).orElseThrow();
        return take(store, CheckoutProcess.expire(order, now));
    }

    private static Order order(Map<OrderId, Order> orders, OrderId id) {
        return Optional.ofNullable(orders.get(id))
                .orElseThrow(() -> new UnprocessableMessage("There is no order " + id));
    }

    private static boolean take(OrderingStore store, Transition step) {
        return switch (step) {
            case Transition.Moved taken -> {
                store.orders().save(taken.order());
                store.outbox().append(taken.messages());
                yield true;
            }
            case Transition.NoChange _ -> false;
        };
    }
}
