package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.Optional;

/** Use case: look at what is on offer. */
public final class BrowseProducts {

    private final Transactor<? extends CatalogStore> transactor;

    public BrowseProducts(Transactor<? extends CatalogStore> transactor) {
        this.transactor = transactor;
    }

    /** @param limit how many at the most, 1 to {@link ProductQuery#MAX_LIMIT} */
    public Page list(ProductQuery query, int limit) {
        if (limit < 1 || limit > ProductQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("A page has 1 to " + ProductQuery.MAX_LIMIT + " products");
        }
        // One more than asked for tells whether there is a next page.
        List<ListedProduct> found = transactor.reading(store -> store.products().search(query, limit + 1));
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        List<ListedProduct> page = found.subList(0, limit);
        return new Page(page, Optional.of(ProductQuery.Position.of(page.getLast(), query.sort())));
    }

    public Optional<ListedProduct> find(ProductId id) {
        return transactor.reading(store -> store.products().findListed(id));
    }

    /** Those of the products that are on offer, in no particular order. */
    public List<ListedProduct> findAll(List<ProductId> ids) {
        return transactor.reading(store -> store.products().findListed(ids));
    }

    /** @param next where the next page begins, if there is one */
    public record Page(List<ListedProduct> products, Optional<ProductQuery.Position> next) {
        public Page {
            products = List.copyOf(products);
        }
    }
}
