package dev.hexmart.domain.ordering;

import dev.hexmart.domain.ordering.HistoryNote.Milestone;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * An order; a type per state, so that a transition exists only where it is legal.
 *
 * <p>Each transition adds one entry to the history, and the length of the history is the order's version.
 */
public sealed interface Order {

    Purchase purchase();

    List<HistoryEntry> history();

    default OrderStatus status() {
        return switch (this) {
            case Placed _ -> OrderStatus.PENDING;
            case Reserved _ -> OrderStatus.RESERVED;
            case Paid _ -> OrderStatus.PAID;
            case Cancelled _ -> OrderStatus.CANCELLED;
            case Refunded _ -> OrderStatus.REFUNDED;
        };
    }

    default OrderId id() {
        return purchase().id();
    }

    default int version() {
        return history().size();
    }

    /** Waits for its stock. */
    record Placed(Purchase purchase, List<HistoryEntry> history) implements Order {
        public Placed {
            history = checked(history, OrderStatus.PENDING);
        }

        public static Placed of(Purchase purchase) {
            HistoryEntry first = new HistoryEntry(OrderStatus.PENDING, purchase.placedAt(), Milestone.PLACED);
            return new Placed(purchase, List.of(first));
        }

        Reserved reserved(Instant at) {
            return new Reserved(purchase, 0, appended(history, OrderStatus.RESERVED, at, Milestone.STOCK_HELD));
        }

        Cancelled cancelled(CancellationReason reason, Instant at) {
            return cancelled(reason, new HistoryNote.Cancelled(reason), at);
        }

        Cancelled cancelled(CancellationReason reason, HistoryNote note, Instant at) {
            return new Cancelled(purchase, reason, appended(history, OrderStatus.CANCELLED, at, note));
        }
    }

    /**
     * Its stock is held; waits for its money.
     *
     * @param declined the number of the last attempt to pay it that was declined; 0 for none
     */
    record Reserved(Purchase purchase, int declined, List<HistoryEntry> history) implements Order {
        public Reserved {
            history = checked(history, OrderStatus.RESERVED);
            if (declined < 0) {
                throw new IllegalArgumentException("Attempts to pay are counted from 1");
            }
        }

        Reserved declined(int attempt, String reason, Instant at) {
            return new Reserved(
                    purchase,
                    attempt,
                    appended(history, OrderStatus.RESERVED, at, new HistoryNote.PaymentDeclined(reason)));
        }

        Paid partlyRefunded(Money sum, Instant at) {
            return new Paid(
                    purchase, sum, appended(history, OrderStatus.PAID, at, new HistoryNote.PaidAfterRefund(sum)));
        }

        Paid paid(Instant at) {
            return new Paid(purchase, appended(history, OrderStatus.PAID, at, Milestone.PAID));
        }

        Cancelled cancelled(CancellationReason reason, Instant at) {
            HistoryNote note = new HistoryNote.Cancelled(reason);
            return new Cancelled(purchase, reason, appended(history, OrderStatus.CANCELLED, at, note));
        }

        Refunded refunded(Goods goods, Instant at) {
            return new Refunded(purchase, appended(history, OrderStatus.REFUNDED, at, new HistoryNote.Refunded(goods)));
        }
    }

    /**
     * Stock and money have changed hands.
     *
     * @param refunded what was given back, less than the total
     */
    record Paid(Purchase purchase, Money refunded, List<HistoryEntry> history) implements Order {
        public Paid {
            history = checked(history, OrderStatus.PAID);
            if (refunded.compareTo(purchase.total()) >= 0) {
                throw new IllegalArgumentException("An order that is paid has not been given back as a whole");
            }
        }

        /** Nothing was given back. */
        public Paid(Purchase purchase, List<HistoryEntry> history) {
            this(purchase, Money.zero(purchase.total().currency()), history);
        }

        Paid partlyRefunded(Money part, Money sum, Instant at) {
            return new Paid(
                    purchase, sum, appended(history, OrderStatus.PAID, at, new HistoryNote.PartlyRefunded(part, sum)));
        }

        Refunded refunded(Goods goods, Instant at) {
            return new Refunded(purchase, appended(history, OrderStatus.REFUNDED, at, new HistoryNote.Refunded(goods)));
        }
    }

    /** Cancelled; all of its effects are compensated, or are being compensated. */
    record Cancelled(Purchase purchase, CancellationReason reason, List<HistoryEntry> history) implements Order {
        public Cancelled {
            history = checked(history, OrderStatus.CANCELLED);
        }

        /** Money that came too late is sent back; the order stays cancelled and remembers it. */
        Cancelled noting(HistoryNote note, Instant at) {
            return new Cancelled(purchase, reason, appended(history, OrderStatus.CANCELLED, at, note));
        }
    }

    /** Was paid, or was about to be, and the money has been given back. */
    record Refunded(Purchase purchase, List<HistoryEntry> history) implements Order {
        public Refunded {
            history = checked(history, OrderStatus.REFUNDED);
        }
    }

    private static List<HistoryEntry> appended(
            List<HistoryEntry> history, OrderStatus status, Instant at, HistoryNote note) {
        return Stream.concat(history.stream(), Stream.of(new HistoryEntry(status, at, note)))
                .toList();
    }

    private static List<HistoryEntry> checked(List<HistoryEntry> history, OrderStatus last) {
        if (history.isEmpty() || history.getLast().status() != last) {
            throw new IllegalArgumentException("The history of an order that is " + last + " ends with that");
        }
        return List.copyOf(history);
    }
}
