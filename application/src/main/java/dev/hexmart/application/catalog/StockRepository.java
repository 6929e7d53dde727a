package dev.hexmart.application.catalog;

import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Driven port, part of a transaction: the stock of each product and the ledger of its movements. */
public interface StockRepository {

    /**
     * The stock of these products, which from now on no other transaction can change until this one ends; with the movements that
     * this one has applied.
     *
     * <p>Products are locked in one fixed order, so that two transactions never wait for each other in a circle. A product
     * that never had stock is not in the answer.
     */
    Map<ProductId, Stock> lock(Collection<ProductId> products);

    /** Begins the stock of a product at zero; one that has begun already stays as it is. */
    void open(ProductId product);

    /**
     * Applies each movement to its product's stock and writes it into the ledger. It may be written later, together with others:
     * before the transaction reads anything further, or ends.
     *
     * @throws IllegalStateException where a level would leave its bounds (see {@link Stock#after}) or the product has no
     *     stock; nothing is applied
     */
    void apply(List<StockMovement> movements);

    /** The ledger of one product, newest first. */
    List<StockMovement> ledger(ProductId product, int limit);
}
