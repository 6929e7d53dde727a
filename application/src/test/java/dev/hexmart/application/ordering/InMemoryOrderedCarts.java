package dev.hexmart.application.ordering;

import dev.hexmart.application.transaction.Rows;
import dev.hexmart.domain.shared.CartVersion;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import java.util.Optional;

/** The versions of carts that were ordered, in memory, for one transaction; what has changed meanwhile runs it again. */
public final class InMemoryOrderedCarts implements OrderedCarts {

    private final Rows<Key, OrderId> rows;

    InMemoryOrderedCarts(Rows<Key, OrderId> rows) {
        this.rows = rows;
    }

    record Key(CustomerId customer, CartVersion version) {}

    @Override
    public Optional<OrderId> find(CustomerId customer, CartVersion version) {
        return rows.find(new Key(customer, version));
    }

    @Override
    public void note(CustomerId customer, CartVersion version, OrderId order) {
        rows.put(new Key(customer, version), order);
    }
}
