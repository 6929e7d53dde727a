package dev.hexmart.application.cart;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.ProductId;

/** Driven port: whether there is such a product. */
public interface ProductDirectory {

    /**
     * Asks on behalf of the bearer of the credential.
     *
     * @throws dev.hexmart.application.failure.TemporaryFailure when nobody answers
     */
    boolean offers(ProductId product, Credential customer);
}
