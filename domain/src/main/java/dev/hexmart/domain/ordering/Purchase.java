package dev.hexmart.domain.ordering;

import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an order is about, and what never changes of it: who bought what, for how much, and until when it must be paid.
 *
 * @param method how to pay, if the customer said so at checkout; otherwise the order waits to be paid
 * @param payBy when the reservation ends
 */
public record Purchase(
        OrderId id,
        CustomerId customer,
        List<OrderLine> lines,
        Optional<PaymentMethod> method,
        Instant placedAt,
        Instant payBy) {

    public Purchase {
        LineItems.checked(lines.stream().map(OrderLine::item).toList());
        lines = List.copyOf(lines);
        if (total(lines).amount() > Money.MAX_PAYABLE) {
            throw new IllegalArgumentException("An order is at most " + Money.MAX_PAYABLE + " minor units");
        }
        if (!payBy.isAfter(placedAt)) {
            throw new IllegalArgumentException("An order must leave time to be paid");
        }
    }

    /** The sum of the lines. Lines in two currencies, or a sum above {@link Money#MAX_PAYABLE}, are refused at construction. */
    public Money total() {
        return total(lines);
    }

    public List<LineItem> items() {
        return lines.stream().map(OrderLine::item).toList();
    }

    /** The total of an order's lines in one currency, possibly above the maximum. */
    public static Money total(List<OrderLine> lines) {
        return lines.stream().map(OrderLine::total).reduce(Money::plus).orElseThrow();
    }
}
