package dev.hexmart.domain.ordering;

import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;

/** One bought product, with its name and price as they were when the order was placed. */
public record OrderLine(ProductId product, String name, Money unitPrice, Quantity quantity) {

    public Money total() {
        return unitPrice.times(quantity);
    }

    LineItem item() {
        return new LineItem(product, quantity);
    }
}
