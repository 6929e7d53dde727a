package dev.hexmart.application.ordering;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.CheckoutProcess;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.Transition;
import dev.hexmart.domain.ordering.Transition.NoChange.Reason;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Use case: cancel an order, as its customer or, with the right to, as the shop. */
public final class CancelOrder {

    private final Transactor<? extends OrderingStore> transactor;
    private final InstantSource clock;

    public CancelOrder(Transactor<? extends OrderingStore> transactor, InstantSource clock) {
        this.transactor = transactor;
        this.clock = clock;
    }

    public Outcome cancel(OrderId id, Caller caller) {
        Instant now = clock.instant();
        return transactor.inTransaction(store -> {
            Optional<Order> order = store.orders()
                    .find(id)
                    .filter(found -> caller.mayAccessOrdersOf(found.purchase().customer()));
            return order.map(found -> cancel(store, found, caller, now)).orElseGet(Outcome.NotFound::new);
        });
    }

    private static Outcome cancel(OrderingStore store, Order order, Caller caller, Instant now) {
        Transition step = caller.is(order.purchase().customer())
                ? CheckoutProcess.cancel(order, now)
                : CheckoutProcess.cancelByShop(order, now);
        return switch (step) {
            case Transition.Moved taken -> {
                store.orders().save(taken.order());
                store.outbox().append(taken.messages());
                yield new Outcome.Cancelled(taken.order());
            }
            case Transition.NoChange(Reason reason) -> unchanged(order, reason);
        };
    }

    private static Outcome unchanged(Order order, Reason reason) {
        return switch (reason) {
            case CANCELLED -> new Outcome.Cancelled(order);
            case PAID -> new Outcome.AlreadyPaid();
            case REFUNDED -> new Outcome.AlreadyRefunded();
            case STILL_PAYABLE,
                    STOCK_NOT_HELD,
                    STOCK_HELD,
                    STOCK_SOLD,
                    STOCK_RELEASED,
                    ATTEMPT_KNOWN,
                    REFUND_KNOWN,
                    REFUND_UNDER_WAY -> throw new IllegalStateException("A cancellation does not depend on " + reason);
        };
    }

    public sealed interface Outcome {

        /** It is cancelled, now or since before. */
        record Cancelled(Order order) implements Outcome {}

        /** Too late: a refund undoes that. */
        record AlreadyPaid() implements Outcome {}

        record AlreadyRefunded() implements Outcome {}

        record NotFound() implements Outcome {}
    }
}
