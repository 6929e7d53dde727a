package dev.hexmart.application.catalog;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.util.function.BiFunction;

/** Use case: change the details of a product, or remove it, with optimistic locking by its version. */
public final class EditProduct {

    private final Transactor<? extends CatalogStore> transactor;
    private final SellingCurrencies currencies;

    public EditProduct(Transactor<? extends CatalogStore> transactor, SellingCurrencies currencies) {
        this.transactor = transactor;
        this.currencies = currencies;
    }

    /** @param seen the version that the editor has seen; another one in the store means a concurrent change */
    public Outcome revise(Caller by, ProductId id, long seen, ProductDetails details) {
        by.require(Role.CATALOG_MANAGE);
        if (!currencies.contains(details.price().currency())) {
            return new Outcome.NotSoldIn(details.price().currency(), currencies);
        }
        return edit(id, seen, (store, product) -> {
            store.products().save(product.revise(details));
            return new Outcome.Done(store.products().findListed(id).orElseThrow());
        });
    }

    /** Takes the product off the offer. Orders for it are not touched. */
    public Outcome remove(Caller by, ProductId id, long seen) {
        by.require(Role.CATALOG_MANAGE);
        return edit(id, seen, (store, product) -> {
            ListedProduct last = store.products().findListed(id).orElseThrow();
            store.products().remove(product);
            return new Outcome.Done(last);
        });
    }

    private Outcome edit(ProductId id, long seen, BiFunction<CatalogStore, Product, Outcome> edit) {
        return transactor.inTransaction(store -> store.products()
                .find(id)
                .map(product -> product.version() == seen ? edit.apply(store, product) : new Outcome.Stale())
                .orElse(new Outcome.NotFound()));
    }

    public sealed interface Outcome {

        /** @param product as it is now, or was last */
        record Done(ListedProduct product) implements Outcome {}

        record Stale() implements Outcome {}

        /** The price is in a currency that the shop does not sell in. */
        record NotSoldIn(Currency currency, SellingCurrencies sold) implements Outcome {}

        record NotFound() implements Outcome {}
    }
}
