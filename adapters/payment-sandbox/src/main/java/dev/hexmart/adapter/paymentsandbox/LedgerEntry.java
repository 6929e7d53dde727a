package dev.hexmart.adapter.paymentsandbox;

import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;

/** What the provider's books say about one order. */
public sealed interface LedgerEntry {

    OrderId order();

    /** @param attempt which of the attempts to pay the order was captured */
    record Captured(OrderId order, int attempt, Money amount, String reference) implements LedgerEntry {}

    /**
     * A part of what was captured was given back.
     *
     * @param sum of all parts
     * @param number of the last part
     */
    record PartRefunded(OrderId order, int attempt, Money amount, String reference, Money sum, int number)
            implements LedgerEntry {}

    record Refunded(OrderId order, Money amount, String reference) implements LedgerEntry {}

    /** @param attempt the last one so far */
    record Declined(OrderId order, int attempt, String reason) implements LedgerEntry {}

    /** Called off before anything was captured: nothing ever will be. */
    record Blocked(OrderId order) implements LedgerEntry {}
}
