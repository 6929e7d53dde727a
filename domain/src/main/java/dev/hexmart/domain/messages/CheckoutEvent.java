package dev.hexmart.domain.messages;

import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;

/** An event of the catalog or the payment context that takes the checkout of an order on. */
public sealed interface CheckoutEvent extends Message {

    record StockReserved(OrderId order) implements CheckoutEvent {}

    /** @param shortages the products of which there was not enough; never empty */
    record StockRejected(OrderId order, List<ProductId> shortages) implements CheckoutEvent {
        public StockRejected {
            shortages = List.copyOf(shortages);
            if (shortages.isEmpty()) {
                throw new IllegalArgumentException("A rejection names at least one product");
            }
        }
    }

    record PaymentCaptured(OrderId order) implements CheckoutEvent {}

    /**
     * The order can be paid by another attempt.
     *
     * @param attempt which attempt to pay the order was declined, from 1
     * @param reason the provider's word for it, fit to be shown to the customer
     */
    record PaymentDeclined(OrderId order, int attempt, String reason) implements CheckoutEvent {
        public PaymentDeclined {
            if (attempt < 1) {
                throw new IllegalArgumentException("Attempts to pay are counted from 1");
            }
        }
    }

    /**
     * A part was given back; the goods are none of its business.
     *
     * @param part by this refund
     * @param sum by this one and those before it, less than what was paid
     */
    record PaymentPartlyRefunded(OrderId order, Money part, Money sum) implements CheckoutEvent {}

    /** Everything was refunded. @param goods whether the ordered products are back in stock */
    record PaymentRefunded(OrderId order, Goods goods) implements CheckoutEvent {}
}
