package dev.hexmart.domain.ordering;

import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentPartlyRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.StockRejected;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.messages.PaymentCommand.CapturePayment;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.ordering.HistoryNote.Milestone;
import dev.hexmart.domain.ordering.Order.Cancelled;
import dev.hexmart.domain.ordering.Order.Paid;
import dev.hexmart.domain.ordering.Order.Placed;
import dev.hexmart.domain.ordering.Order.Refunded;
import dev.hexmart.domain.ordering.Order.Reserved;
import dev.hexmart.domain.ordering.Transition.Moved;
import dev.hexmart.domain.ordering.Transition.NoChange;
import dev.hexmart.domain.ordering.Transition.NoChange.Reason;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.List;

/**
 * The checkout's process manager: the table <em>state × message</em>, whole, late and doubled messages included.
 *
 * <p>It is the only place that decides how an order goes on. The catalog and the payment context do as they are told and
 * report; neither gives up a reservation or a payment by itself, so no two clocks can disagree about it.
 */
public final class CheckoutProcess {

    private CheckoutProcess() {}

    public static Moved place(Purchase purchase) {
        return new Moved(Placed.of(purchase), List.of(new ReserveStock(purchase.id(), purchase.items())));
    }

    /** The transition for an event from the catalog or the payment context, by the order's state. */
    public static Transition on(Order order, CheckoutEvent message, Instant now) {
        return switch (order) {
            case Placed placed -> onPlaced(placed, message, now);
            case Reserved reserved -> onReserved(reserved, message, now);
            case Paid paid -> onPaid(paid, message, now);
            case Cancelled cancelled -> onCancelled(cancelled, message, now);
            case Refunded _ -> new NoChange(Reason.REFUNDED);
        };
    }

    /** The customer no longer wants it. A capture that may be under way is undone as well. */
    public static Transition cancel(Order order, Instant now) {
        return abandon(order, CancellationReason.ON_REQUEST, now);
    }

    /** The shop cancels a customer's order. A capture that may be under way is undone as well. */
    public static Transition cancelByShop(Order order, Instant now) {
        return abandon(order, CancellationReason.BY_SHOP, now);
    }

    /** The payment deadline is over: an unpaid order is cancelled. */
    public static Transition expire(Order order, Instant now) {
        if (now.isBefore(order.purchase().payBy())) {
            return new NoChange(Reason.STILL_PAYABLE);
        }
        return order instanceof Reserved reserved && reserved.declined() > 0
                ? abandon(order, CancellationReason.PAYMENT_DECLINED, now)
                : abandon(order, CancellationReason.EXPIRED, now);
    }

    private static Transition onPlaced(Placed order, CheckoutEvent message, Instant now) {
        return switch (message) {
            case StockReserved _ -> new Moved(order.reserved(now), capture(order.purchase()));
            case StockRejected(var _, List<ProductId> shortages) ->
                new Moved(
                        order.cancelled(CancellationReason.SOLD_OUT, new HistoryNote.SoldOut(shortages), now),
                        List.of());
            // A payment before the reservation means that messages overtook each other. All is compensated.
            case PaymentCaptured _, PaymentPartlyRefunded _ ->
                new Moved(order.cancelled(CancellationReason.PAID_TOO_EARLY, now), undoAll(order));
            case PaymentDeclined _ -> new NoChange(Reason.STOCK_NOT_HELD);
            case PaymentRefunded _ ->
                new Moved(
                        order.cancelled(CancellationReason.PAID_TOO_EARLY, Milestone.REFUNDED_TOO_EARLY, now),
                        List.of(new ReleaseStock(order.id())));
        };
    }

    private static Transition onReserved(Reserved order, CheckoutEvent message, Instant now) {
        return switch (message) {
            case PaymentCaptured _ -> new Moved(order.paid(now), List.of(new CommitStock(order.id())));
            case PaymentDeclined(var _, int attempt, var _)
            when attempt <= order.declined() -> new NoChange(Reason.ATTEMPT_KNOWN);
            // Its stock stays held: until its time is up, its customer may try again.
            case PaymentDeclined(var _, int attempt, String why) ->
                new Moved(order.declined(attempt, why, now), List.of());
            // Refunds overtook the capture that they undo.
            case PaymentPartlyRefunded(var _, var _, Money sum) ->
                new Moved(order.partlyRefunded(sum, now), List.of(new CommitStock(order.id())));
            case PaymentRefunded(var _, Goods goods) ->
                new Moved(order.refunded(goods, now), List.of(inStock(order, goods)));
            case StockReserved _ -> new NoChange(Reason.STOCK_HELD);
            case StockRejected _ -> new NoChange(Reason.STOCK_HELD);
        };
    }

    private static Transition onPaid(Paid order, CheckoutEvent message, Instant now) {
        return switch (message) {
            case PaymentRefunded(var _, Goods goods) ->
                new Moved(order.refunded(goods, now), List.of(inStock(order, goods)));
            case PaymentPartlyRefunded(var _, var _, Money sum)
            when sum.compareTo(order.refunded()) <= 0 -> new NoChange(Reason.REFUND_KNOWN);
            case PaymentPartlyRefunded(var _, Money part, Money sum) ->
                new Moved(order.partlyRefunded(part, sum, now), List.of());
            case StockReserved _, StockRejected _ -> new NoChange(Reason.STOCK_SOLD);
            case PaymentCaptured _ -> new NoChange(Reason.PAID);
            case PaymentDeclined _ -> new NoChange(Reason.PAID);
        };
    }

    private static Transition onCancelled(Cancelled order, CheckoutEvent message, Instant now) {
        return switch (message) {
            case PaymentCaptured _ ->
                new Moved(order.noting(Milestone.PAID_TOO_LATE, now), List.of(new RefundPayment(order.id())));
            case PaymentRefunded _ -> new Moved(order.noting(Milestone.LATE_MONEY_REFUNDED, now), List.of());
            // ReleaseStock went out with the cancellation, or there was nothing to release.
            case StockReserved _, StockRejected _ -> new NoChange(Reason.STOCK_RELEASED);
            case PaymentDeclined _ -> new NoChange(Reason.CANCELLED);
            case PaymentPartlyRefunded _ -> new NoChange(Reason.REFUND_UNDER_WAY);
        };
    }

    /** The goods of a refunded order: returned and on sale again, or outstanding and still sold. */
    private static Message inStock(Order order, Goods goods) {
        return switch (goods) {
            case RETURNED -> new ReleaseStock(order.id());
            case OUTSTANDING -> new CommitStock(order.id());
        };
    }

    private static Transition abandon(Order order, CancellationReason reason, Instant now) {
        return switch (order) {
            case Placed placed -> new Moved(placed.cancelled(reason, now), undoAll(placed));
            case Reserved reserved -> new Moved(reserved.cancelled(reason, now), undoAll(reserved));
            case Paid _ -> new NoChange(Reason.PAID);
            case Cancelled _ -> new NoChange(Reason.CANCELLED);
            case Refunded _ -> new NoChange(Reason.REFUNDED);
        };
    }

    /** Both are compensating commands that cancel later commands as well, so the progress of catalog and payment does not matter. */
    private static List<Message> undoAll(Order order) {
        return List.of(new ReleaseStock(order.id()), new RefundPayment(order.id()));
    }

    private static List<Message> capture(Purchase purchase) {
        return purchase
                .method()
                .<Message>map(
                        method -> new CapturePayment(purchase.id(), purchase.customer(), purchase.total(), method))
                .stream()
                .toList();
    }
}
