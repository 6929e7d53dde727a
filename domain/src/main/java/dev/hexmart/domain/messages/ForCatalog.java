package dev.hexmart.domain.messages;

import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.LineItems;
import dev.hexmart.domain.shared.OrderId;
import java.util.List;

/** What the ordering context asks of the catalog's stock. */
public sealed interface ForCatalog extends Message {

    /** Hold these pieces for the order, all of them or none; answered by {@code StockReserved} or {@code StockRejected}. */
    record ReserveStock(OrderId order, List<LineItem> lines) implements ForCatalog {
        public ReserveStock {
            lines = LineItems.checked(lines);
        }
    }

    /** The order is paid: what was held for it is sold. */
    record CommitStock(OrderId order) implements ForCatalog {}

    /** Undo whatever was or will be held or sold for the order. */
    record ReleaseStock(OrderId order) implements ForCatalog {}
}
