package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.util.List;
import java.util.Optional;

/**
 * Use case: look at what is on offer.
 *
 * <p>A product whose price is in a currency that the shop does not sell in (any more) is listed as sold out, so that an editor
 * finds it, and is not on offer for anything that is to be bought.
 */
public final class BrowseProducts {

    private final Transactor<? extends CatalogStore> transactor;
    private final SellingCurrencies currencies;

    public BrowseProducts(Transactor<? extends CatalogStore> transactor, SellingCurrencies currencies) {
        this.transactor = transactor;
        this.currencies = currencies;
    }

    /** @param limit how many at the most, 1 to {@link ProductQuery#MAX_LIMIT} */
    public Page list(ProductQuery query, int limit) {
        if (limit < 1 || limit > ProductQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("A page has 1 to " + ProductQuery.MAX_LIMIT + " products");
        }
        // One more than asked for tells whether there is a next page.
        List<ListedProduct> found = transactor.reading(store -> store.products().search(query, limit + 1)).stream()
                .map(this::sellable)
                .toList();
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        List<ListedProduct> page = found.subList(0, limit);
        return new Page(page, Optional.of(ProductQuery.Position.of(page.getLast(), query.sort())));
    }

    public Optional<ListedProduct> find(ProductId id) {
        return transactor.reading(store -> store.products().findListed(id)).map(this::sellable);
    }

    /** Those of the products that are on offer, in no particular order. */
    public List<ListedProduct> findAll(List<ProductId> ids) {
        return transactor.reading(store -> store.products().findListed(ids)).stream()
                .filter(this::isSold)
                .toList();
    }

    private ListedProduct sellable(ListedProduct listed) {
        return isSold(listed) ? listed : new ListedProduct(listed.product(), 0);
    }

    private boolean isSold(ListedProduct listed) {
        return currencies.contains(listed.product().details().price().currency());
    }

    /** @param next where the next page begins, if there is one */
    public record Page(List<ListedProduct> products, Optional<ProductQuery.Position> next) {
        public Page {
            products = List.copyOf(products);
        }
    }
}
