package dev.hexmart.application.ordering;

import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.ordering.CheckoutProcess;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.Order.Cancelled;
import dev.hexmart.domain.ordering.Order.Paid;
import dev.hexmart.domain.ordering.Order.Placed;
import dev.hexmart.domain.ordering.Order.Refunded;
import dev.hexmart.domain.ordering.Order.Reserved;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.ordering.Transition;
import dev.hexmart.domain.shared.Goods;
import java.time.Instant;
import java.util.List;

/** Orders in each state, for tests; each is new and of a customer of its own unless a purchase is given. */
public final class Orders {

    private Orders() {}

    public static Order placed() {
        return placed(Purchases.ofAKettle());
    }

    public static Order placed(Purchase purchase) {
        return CheckoutProcess.place(purchase).order();
    }

    public static Order reserved() {
        return reserved(Purchases.ofAKettle());
    }

    public static Order reserved(Purchase purchase) {
        return on(placed(purchase), new StockReserved(purchase.id()));
    }

    /** Reserved, after a first attempt to pay that was declined. */
    public static Order declined(Purchase purchase) {
        return on(reserved(purchase), new PaymentDeclined(purchase.id(), 1, "The card was declined"));
    }

    public static Order paid() {
        return paid(Purchases.ofAKettle());
    }

    public static Order paid(Purchase purchase) {
        return on(reserved(purchase), new PaymentCaptured(purchase.id()));
    }

    public static Order cancelled() {
        return cancelled(Purchases.ofAKettle());
    }

    public static Order cancelled(Purchase purchase) {
        return taken(CheckoutProcess.cancel(placed(purchase), later(placed(purchase))));
    }

    public static Order refunded() {
        return refunded(Purchases.ofAKettle());
    }

    public static Order refunded(Purchase purchase) {
        return on(paid(purchase), new PaymentRefunded(purchase.id(), Goods.RETURNED));
    }

    /** The order after the message, a second after its last step. */
    public static Order on(Order order, CheckoutEvent message) {
        return taken(CheckoutProcess.on(order, message, later(order)));
    }

    /** The order after any one more step; only for orders that can take one. */
    public static Order oneStepOn(Order order) {
        return switch (order) {
            case Placed it -> on(it, new StockReserved(it.id()));
            case Reserved it -> on(it, new PaymentCaptured(it.id()));
            case Paid it -> on(it, new PaymentRefunded(it.id(), Goods.RETURNED));
            case Cancelled it -> on(it, new PaymentCaptured(it.id()));
            case Refunded it -> throw new IllegalArgumentException("There is no step from " + it.status());
        };
    }

    /** Saves the order as it came to be, a version a transaction. */
    public static void saveWithItsPast(Transactor<? extends OrderingStore> transactor, Order order) {
        for (int version = 1; version < order.version(); version++) {
            save(transactor, earlier(order, version));
        }
        save(transactor, order);
    }

    private static void save(Transactor<? extends OrderingStore> transactor, Order order) {
        transactor.inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
    }

    private static Order earlier(Order order, int version) {
        List<HistoryEntry> history = order.history().subList(0, version);
        return switch (history.getLast().status()) {
            case PENDING -> new Placed(order.purchase(), history);
            case RESERVED -> new Reserved(order.purchase(), declined(history), history);
            case PAID -> new Paid(order.purchase(), history);
            case CANCELLED -> new Cancelled(order.purchase(), ((Cancelled) order).reason(), history);
            case REFUNDED -> new Refunded(order.purchase(), history);
        };
    }

    /** Each step from reserved to reserved is a declined attempt to pay. */
    private static int declined(List<HistoryEntry> history) {
        return (int) history.stream()
                        .filter(entry -> entry.status() == OrderStatus.RESERVED)
                        .count()
                - 1;
    }

    private static Instant later(Order order) {
        return order.history().getLast().at().plusSeconds(1);
    }

    private static Order taken(Transition step) {
        return switch (step) {
            case Transition.Moved taken -> taken.order();
            case Transition.NoChange unchanged ->
                throw new IllegalArgumentException("No change: " + unchanged.reason());
        };
    }
}
