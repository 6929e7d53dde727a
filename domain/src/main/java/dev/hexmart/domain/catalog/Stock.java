package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.ProductId;
import java.util.Optional;

/**
 * How many pieces of a product can be sold, and how many are held for orders; neither is ever below zero.
 *
 * <p>Changes by {@link StockMovement} alone, so that the ledger of movements always adds up to it.
 */
public record Stock(ProductId product, int available, int reserved) {

    public static final int MAX = 1_000_000;

    public Stock {
        if (available < 0 || reserved < 0 || available > MAX || reserved > MAX) {
            throw new IllegalArgumentException(
                    "Stock is 0 to " + MAX + " pieces, not " + available + " available and " + reserved + " reserved");
        }
    }

    public static Stock none(ProductId product) {
        return new Stock(product, 0, 0);
    }

    /** The stock after the movement, or nothing where a level would leave its bounds. */
    public Optional<Stock> after(StockMovement movement) {
        if (!movement.product().equals(product)) {
            throw new IllegalArgumentException("A movement of " + movement.product() + " cannot change " + product);
        }
        long nextAvailable = (long) available + movement.available();
        long nextReserved = (long) reserved + movement.reserved();
        if (nextAvailable < 0 || nextReserved < 0 || nextAvailable > MAX || nextReserved > MAX) {
            return Optional.empty();
        }
        return Optional.of(new Stock(product, (int) nextAvailable, (int) nextReserved));
    }
}
