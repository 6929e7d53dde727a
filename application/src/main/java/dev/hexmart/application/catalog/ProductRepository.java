package dev.hexmart.application.catalog;

import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Driven port, part of a transaction: the products that are on offer. */
public interface ProductRepository {

    /** @return nothing where there never was such a product, or it has been removed */
    Optional<Product> find(ProductId id);

    /** Those of the products that are on offer, in no particular order. */
    List<ListedProduct> findListed(Collection<ProductId> ids);

    /** The first products that match, in the order that the query asks for, at most {@code limit} of them. */
    List<ListedProduct> search(ProductQuery query, int limit);

    /** A product with its stock, as it is listed. */
    Optional<ListedProduct> findListed(ProductId id);

    /**
     * Adds a product of version 1.
     *
     * @throws dev.hexmart.application.transaction.StaleVersion where its id is taken already
     */
    void add(Product product);

    /**
     * Replaces the version before the given one.
     *
     * @throws dev.hexmart.application.transaction.StaleVersion where that is not the present one, or there is none
     */
    void save(Product revised);

    /**
     * Takes the product off the offer; its stock and the orders for it stay.
     *
     * @throws dev.hexmart.application.transaction.StaleVersion where the given version is not the present one
     */
    void remove(Product product);

    boolean isEmpty();
}
