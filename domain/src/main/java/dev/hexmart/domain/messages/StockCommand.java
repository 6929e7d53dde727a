package dev.hexmart.domain.messages;

import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.OrderId;
import java.util.List;

/** A command of the ordering context to the stock of the catalog. */
public sealed interface StockCommand extends Message {

    /** Hold these pieces for the order, all of them or none; answered by {@code StockReserved} or {@code StockRejected}. */
    record ReserveStock(OrderId order, List<LineItem> lines) implements StockCommand {
        public ReserveStock {
            lines = LineItems.checked(lines);
        }
    }

    /** The order is paid: its reserved stock is sold. */
    record CommitStock(OrderId order) implements StockCommand {}

    /** Release every earlier or later reservation of the order. */
    record ReleaseStock(OrderId order) implements StockCommand {}
}
