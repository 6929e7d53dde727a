package dev.hexmart.adapter.paymentsandbox;

import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;

/** What the provider's books say about one order. */
public sealed interface LedgerEntry {

    OrderId order();

    record Captured(OrderId order, Money amount, String reference) implements LedgerEntry {}

    record Refunded(OrderId order, Money amount, String reference) implements LedgerEntry {}

    record Declined(OrderId order, String reason) implements LedgerEntry {}

    /** Called off before anything was captured: nothing ever will be. */
    record Blocked(OrderId order) implements LedgerEntry {}
}
