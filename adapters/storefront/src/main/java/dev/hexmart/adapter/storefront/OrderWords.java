package dev.hexmart.adapter.storefront;

import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.OrderNumber;
import java.util.Optional;

/** The texts of an order's states, for customers. */
public final class OrderWords {

    private OrderWords() {}

    public static String status(OrderStatus status) {
        return switch (status) {
            case PENDING -> "Placed";
            case RESERVED -> "Reserved";
            case PAID -> "Paid";
            case CANCELLED -> "Cancelled";
            case REFUNDED -> "Refunded";
        };
    }

    /** The number by which people talk about an order. */
    public static String number(String orderId) {
        return OrderNumber.of(OrderId.parse(orderId)).toString();
    }

    /** The colour it is shown in, as the style sheet calls it. */
    public static String tone(OrderStatus status) {
        return switch (status) {
            case PENDING, RESERVED -> "busy";
            case PAID -> "good";
            case CANCELLED -> "bad";
            case REFUNDED -> "quiet";
        };
    }

    public static String headline(Page.Order order) {
        return switch (order.status()) {
            case PENDING -> "We have your order";
            case RESERVED ->
                order.isDeclined()
                        ? "The payment was declined"
                        : order.payable() ? "Your order is reserved" : "Your payment is on its way";
            case PAID -> "Paid. Thank you!";
            case CANCELLED -> order.reason().map(OrderWords::headline).orElse("This order was cancelled");
            case REFUNDED -> "Your refund is on its way";
        };
    }

    public static String explanation(Page.Order order) {
        return switch (order.status()) {
            case PENDING -> "The stock is being reserved. This page is updated live.";
            case RESERVED ->
                order.isDeclined()
                        ? "Nothing was charged, and the order is still reserved. Pay by another card, or try the"
                                + " same one again, before the time is up."
                        : order.payable()
                                ? "Pay before the payment deadline."
                                : "The order is reserved; the payment is being processed.";
            case PAID ->
                order.history().stream().anyMatch(step -> step.status() == OrderStatus.PAID && order.repeats(step))
                        ? "A part of the payment was refunded; the rest of the order is paid."
                        : "Everything you ordered is yours.";
            case CANCELLED -> order.reason().map(OrderWords::explanation).orElse("Nothing was charged.");
            case REFUNDED -> "The payment was refunded.";
        };
    }

    /** What a step is called: its status, or what happened where the order had that status already. */
    public static String heading(Page.Order order, Page.Step step) {
        return order.repeats(step) ? step.note() : status(step.status());
    }

    /** Details of a step, such as the missing products. */
    public static Optional<String> note(Page.Order order, Page.Step step) {
        // Why the time is up, the headline says, and better than the shop does to itself.
        boolean telling = step.status() == OrderStatus.CANCELLED
                && order.reason().filter(OrderWords::isOutOfTime).isEmpty();
        return telling ? Optional.of(step.note()) : Optional.empty();
    }

    private static boolean isOutOfTime(CancellationReason reason) {
        return switch (reason) {
            case EXPIRED, PAYMENT_DECLINED -> true;
            case SOLD_OUT, ON_REQUEST, BY_SHOP, PAID_TOO_EARLY -> false;
        };
    }

    private static String headline(CancellationReason reason) {
        return switch (reason) {
            case SOLD_OUT -> "Sold out before it could be reserved";
            case PAYMENT_DECLINED -> "The payment was declined, and the time to pay has run out";
            case EXPIRED -> "The time to pay has run out";
            // Older orders have this reason also where an employee cancelled them.
            case ON_REQUEST -> "This order was cancelled on request";
            case BY_SHOP -> "We have cancelled this order";
            case PAID_TOO_EARLY -> "The payment came too early";
        };
    }

    private static String explanation(CancellationReason reason) {
        return switch (reason) {
            case SOLD_OUT ->
                "Another customer was faster, and the stock is too low. Nothing was charged. Put it back into the cart,"
                        + " reduce the quantity or leave out sold-out products, and order again.";
            case PAYMENT_DECLINED ->
                "Nothing was charged, and the stock was released. Put it back into the cart and pay"
                        + " by another card.";
            case EXPIRED -> "Nothing was charged. Put it back into the cart to order it once more.";
            case ON_REQUEST -> "Nothing is owed. Should you change your mind, put it back into the cart.";
            case BY_SHOP -> "Nothing is owed. If you still want it, put it back into the cart, or ask us.";
            case PAID_TOO_EARLY -> "The payment is refunded. Put it back into the cart to order it once more.";
        };
    }
}
