package dev.hexmart.application.catalog;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Use case: put a new product on offer. */
public final class AddProduct {

    private static final String FIRST_DELIVERY = "First delivery";

    private final Transactor<? extends CatalogStore> transactor;
    private final SellingCurrencies currencies;
    private final Supplier<ProductId> ids;
    private final InstantSource clock;

    public AddProduct(
            Transactor<? extends CatalogStore> transactor,
            SellingCurrencies currencies,
            Supplier<ProductId> ids,
            InstantSource clock) {
        this.transactor = transactor;
        this.currencies = currencies;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param stock how many pieces there are to begin with, 0 or more */
    public Outcome add(Caller by, ProductDetails details, int stock) {
        by.require(Role.CATALOG_MANAGE);
        if (!currencies.contains(details.price().currency())) {
            return new Outcome.NotSoldIn(details.price().currency(), currencies);
        }
        Product product = Product.introduce(ids.get(), details);
        return new Outcome.Added(transactor.inTransaction(store -> add(store, product, stock)));
    }

    /**
     * Puts the given products on offer if there are none at all, so that a new shop has something to show; those whose price is
     * in a currency that the shop does not sell in are left out.
     */
    public boolean seed(List<ListedProduct> products) {
        return transactor.inTransaction(store -> {
            if (!store.products().isEmpty()) {
                return false;
            }
            products.stream()
                    .filter(listed -> currencies.contains(
                            listed.product().details().price().currency()))
                    .forEach(listed -> add(store, listed.product(), listed.available()));
            return true;
        });
    }

    private ListedProduct add(CatalogStore store, Product product, int stock) {
        store.products().add(product);
        store.stock().open(product.id());
        if (stock != 0) {
            store.stock().apply(List.of(StockMovement.adjusted(product.id(), stock, FIRST_DELIVERY, clock.instant())));
        }
        return new ListedProduct(product, stock);
    }

    public sealed interface Outcome {

        record Added(ListedProduct product) implements Outcome {}

        /** The price is in a currency that the shop does not sell in. */
        record NotSoldIn(Currency currency, SellingCurrencies sold) implements Outcome {}
    }
}
