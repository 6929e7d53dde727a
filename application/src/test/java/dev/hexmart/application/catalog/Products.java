package dev.hexmart.application.catalog;

import dev.hexmart.application.identity.Callers;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.util.UUID;

/** Products for tests; each is new and has an id of its own. */
public final class Products {

    public static final Category KITCHEN = new Category("kitchen");

    private Products() {}

    /** At 19.99 EUR. */
    public static Product kettle() {
        return of(kettleDetails());
    }

    public static ProductDetails kettleDetails() {
        return details("Kettle", "Boils water.\nQuietly.", KITCHEN, 1999);
    }

    public static Product of(ProductDetails details) {
        return Product.introduce(newProduct(), details);
    }

    public static ProductDetails details(String name, String description, Category category, long cents) {
        return new ProductDetails(name, description, category, "/images/products/kettle.svg", Money.of(cents, "EUR"));
    }

    /** Euros, yen and dinars. */
    public static final SellingCurrencies CURRENCIES = SellingCurrencies.parse("EUR,JPY,KWD");

    /** Adds a product and expects that it is taken. */
    public static ListedProduct added(AddProduct add, ProductDetails details, int stock) {
        return switch (add.add(Callers.employee(), details, stock)) {
            case AddProduct.Outcome.Added(ListedProduct product) -> product;
            case AddProduct.Outcome.NotSoldIn refused -> throw new AssertionError(refused.toString());
        };
    }

    public static ProductId newProduct() {
        return new ProductId(UUID.randomUUID());
    }
}
