package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.ProductId;

/**
 * A thing that the shop offers.
 *
 * <p>How much of it there is lives in {@link Stock}, an aggregate of its own: editing a text must not contend with
 * reserving.
 *
 * @param version 1 for a new product, one more with each revision
 */
public record Product(ProductId id, ProductDetails details, long version) {

    public Product {
        if (version < 1) {
            throw new IllegalArgumentException("Versions count from 1");
        }
    }

    public static Product introduce(ProductId id, ProductDetails details) {
        return new Product(id, details, 1);
    }

    public Product revise(ProductDetails revised) {
        return new Product(id, revised, version + 1);
    }
}
