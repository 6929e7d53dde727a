package dev.hexmart.domain.messages;

import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;

/** What the catalog and the payment context tell the ordering context. */
public sealed interface ForOrdering extends Message {

    record StockReserved(OrderId order) implements ForOrdering {}

    /** @param shortages the products of which there was not enough; never empty */
    record StockRejected(OrderId order, List<ProductId> shortages) implements ForOrdering {
        public StockRejected {
            shortages = List.copyOf(shortages);
            if (shortages.isEmpty()) {
                throw new IllegalArgumentException("A rejection names at least one product");
            }
        }
    }

    record PaymentCaptured(OrderId order) implements ForOrdering {}

    /** @param reason the provider's word for it, fit to be shown to the customer */
    record PaymentDeclined(OrderId order, String reason) implements ForOrdering {}

    record PaymentRefunded(OrderId order) implements ForOrdering {}
}
