package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.ProductId;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Use case: put a new product on offer. */
public final class AddProduct {

    private static final String FIRST_DELIVERY = "First delivery";

    private final Transactor<? extends CatalogStore> transactor;
    private final Supplier<ProductId> ids;
    private final InstantSource clock;

    public AddProduct(Transactor<? extends CatalogStore> transactor, Supplier<ProductId> ids, InstantSource clock) {
        this.transactor = transactor;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param stock how many pieces there are to begin with, 0 or more */
    public ListedProduct add(ProductDetails details, int stock) {
        Product product = Product.introduce(ids.get(), details);
        return transactor.inTransaction(store -> add(store, product, stock));
    }

    /** Puts the given products on offer if there are none at all, so that a new shop has something to show. */
    public boolean seed(List<ListedProduct> products) {
        return transactor.inTransaction(store -> {
            if (!store.products().isEmpty()) {
                return false;
            }
            products.forEach(listed -> add(store, listed.product(), listed.available()));
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
}
