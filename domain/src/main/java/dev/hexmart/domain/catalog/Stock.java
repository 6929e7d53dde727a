package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.ProductId;
import java.util.Optional;

/**
 * How many pieces of a product can be sold, and how many are held for orders; neither is ever below zero.
 *
 * <p>Changes by {@link StockMovement} alone, so that the ledger of movements always adds up to it.
 */
public record Stock(ProductId product, int available, int reserved) {

    /** The maximum for adjustments; pieces that an order releases are added nevertheless. */
    public static final int MAX = 1_000_000;

    public Stock {
        if (available < 0 || reserved < 0) {
            throw new IllegalArgumentException(
                    "There cannot be " + available + " pieces available and " + reserved + " reserved");
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
        int nextAvailable = Math.addExact(available, movement.available());
        int nextReserved = Math.addExact(reserved, movement.reserved());
        boolean tooMany =
                movement.kind() == StockMovement.Kind.ADJUSTED && movement.available() > 0 && nextAvailable > MAX;
        return nextAvailable < 0 || nextReserved < 0 || tooMany
                ? Optional.empty()
                : Optional.of(new Stock(product, nextAvailable, nextReserved));
    }
}
