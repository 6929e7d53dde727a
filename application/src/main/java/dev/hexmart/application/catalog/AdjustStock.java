package dev.hexmart.application.catalog;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.ProductId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Use case: say that pieces have come or gone otherwise than by an order. */
public final class AdjustStock {

    private final Transactor<? extends CatalogStore> transactor;
    private final InstantSource clock;

    public AdjustStock(Transactor<? extends CatalogStore> transactor, InstantSource clock) {
        this.transactor = transactor;
        this.clock = clock;
    }

    /**
     * Adjusts what can be sold; what is held for orders is not touched.
     *
     * @throws IllegalArgumentException where the adjustment itself makes no sense, whatever the stock
     */
    public Outcome adjust(Caller by, ProductId product, int delta, String reason) {
        by.require(Role.CATALOG_MANAGE);
        StockMovement movement = StockMovement.adjusted(product, delta, reason, clock.instant());
        return transactor.inTransaction(store -> adjust(store, movement));
    }

    /** The stock movements, newest first; empty if the product is unknown. */
    public Optional<List<StockMovement>> ledger(Caller by, ProductId product, int limit) {
        by.require(Role.CATALOG_MANAGE);
        return transactor.inTransaction(
                store -> store.products().find(product).map(_ -> store.stock().ledger(product, limit)));
    }

    private static Outcome adjust(CatalogStore store, StockMovement movement) {
        ProductId product = movement.product();
        if (store.products().find(product).isEmpty()) {
            return new Outcome.NotFound();
        }
        Stock before = store.stock().lock(List.of(product)).getOrDefault(product, Stock.none(product));
        Optional<Stock> after = before.after(movement);
        if (after.isEmpty()) {
            return new Outcome.OutOfBounds(before);
        }
        store.stock().apply(List.of(movement));
        return new Outcome.Adjusted(store.products().findListed(product).orElseThrow());
    }

    public sealed interface Outcome {

        record Adjusted(ListedProduct product) implements Outcome {}

        /** There would be fewer than none, or more than there can be. */
        record OutOfBounds(Stock present) implements Outcome {}

        record NotFound() implements Outcome {}
    }
}
