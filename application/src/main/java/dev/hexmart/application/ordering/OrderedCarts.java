package dev.hexmart.application.ordering;

import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import java.util.Optional;

/** Driven port, part of a transaction: which order each version of a customer's cart came to. */
public interface OrderedCarts {

    /**
     * The order that this version came to, if it was ordered.
     *
     * <p>Of concurrent transactions that ask for the same version, all but one wait until that one has ended, and then see
     * what it noted; or they are run again. A transaction that finds nothing is so the only one that may note an order.
     */
    Optional<OrderId> find(CustomerId customer, CartVersion version);

    /** Notes the order, in the place of an earlier one; to be asked for only after {@link #find} in the same transaction. */
    void note(CustomerId customer, CartVersion version, OrderId order);
}
