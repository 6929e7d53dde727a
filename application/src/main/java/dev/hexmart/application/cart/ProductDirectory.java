package dev.hexmart.application.cart;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.ProductId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Driven port: which products there are, and in which currency. */
public interface ProductDirectory {

    /** The most products to be asked about at once. */
    int MAX_PRODUCTS = 100;

    /** How old an answer may be; that a product is not on offer is never known from before. */
    Duration MAX_AGE = Duration.ofSeconds(10);

    /**
     * The currency of each product that is on offer; the others are missing in the answer.
     *
     * @param products at most {@link #MAX_PRODUCTS}
     * @param customer on whose behalf the catalog is asked
     * @throws dev.hexmart.application.failure.TemporaryFailure when the catalog does not answer
     */
    Map<ProductId, Currency> currencies(Collection<ProductId> products, Credential customer);
}
