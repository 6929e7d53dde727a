package dev.hexmart.adapter.storefront;

import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.payment.PaymentStatus;
import java.util.Locale;
import java.util.Optional;

/** The texts of states, for employees. */
public final class OfficeWords {

    private OfficeWords() {}

    public static String status(PaymentStatus status) {
        return switch (status) {
            case PENDING -> "In progress";
            case PAID -> "Paid";
            case DECLINED -> "Declined";
            case REFUNDING -> "Refund in progress";
            case REFUNDED -> "Refunded";
            case VOIDED -> "Cancelled before a charge";
        };
    }

    /** What is to be said of a step beyond its name. */
    public static Optional<String> note(Page.Order order, Page.Step step) {
        if (order.repeats(step)) {
            return Optional.empty();
        }
        return switch (step.status()) {
            // How long stock is held, the order says better itself.
            case PENDING, RESERVED, PAID -> Optional.empty();
            case CANCELLED, REFUNDED -> Optional.of(step.note());
        };
    }

    public static String kind(StockMovement.Kind kind) {
        return switch (kind) {
            case ADJUSTED -> "Adjusted by hand";
            case RESERVED -> "Reserved for an order";
            case RELEASED -> "Released by an order";
            case SOLD -> "Sold";
            case RETURNED -> "Returned";
        };
    }

    /** Whether its reason is the id of an order, not an employee's words. */
    public static boolean byOrder(StockMovement movement) {
        return switch (movement.kind()) {
            case ADJUSTED -> false;
            case RESERVED, RELEASED, SOLD, RETURNED -> true;
        };
    }

    /** A change with its sign, such as "+3"; a minus that screen readers say. */
    public static String signed(int change) {
        return change < 0 ? "\u2212" + -change : change == 0 ? "0" : "+" + change;
    }

    /** The part of a customer's id by which one is told from another. */
    public static String customer(String id) {
        return id.substring(id.lastIndexOf('.') + 1);
    }

    /** The end of a customer's id, short enough for a list. */
    public static String customerCode(String id) {
        return id.substring(Math.max(0, id.length() - 8)).toUpperCase(Locale.ROOT);
    }

    public static String service(String name) {
        return switch (name) {
            case "products" -> "Products";
            case "orders" -> "Orders";
            case "payments" -> "Payments";
            case OfficePage.Lot.DEAD_LETTERS -> "Dead letters";
            default -> name;
        };
    }
}
