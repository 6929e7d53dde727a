package dev.hexmart.application.cart;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.Map;

/** Driven port: which products there are, and in which currency. */
public interface ProductDirectory {

    /** The most products to be asked about at once. */
    int MAX_PRODUCTS = 100;

    /**
     * The currency of each product that is on offer; the others are missing in the answer.
     *
     * @param products at most {@link #MAX_PRODUCTS}
     * @param customer on whose behalf the catalog is asked
     * @throws dev.hexmart.application.failure.TemporaryFailure when the catalog does not answer
     */
    Map<ProductId, Currency> currencies(Collection<ProductId> products, Credential customer);
}
