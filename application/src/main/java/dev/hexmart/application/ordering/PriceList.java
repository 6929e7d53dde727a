package dev.hexmart.application.ordering;

import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.util.Collection;
import java.util.Map;

/** Driven port: the current prices, from the catalog and never from the customer. */
public interface PriceList {

    /**
     * The present name, price and stock of each product that is on offer; the others are missing in the answer.
     *
     * @param customer on whose behalf the catalog is asked
     * @throws dev.hexmart.application.failure.TemporaryFailure when the catalog does not answer
     */
    Map<ProductId, Offer> offers(Collection<ProductId> products, Credential customer);

    /** @param available how many pieces can be ordered, as far as the catalog knows: only a reservation tells for certain */
    record Offer(String name, Money price, int available) {}
}
