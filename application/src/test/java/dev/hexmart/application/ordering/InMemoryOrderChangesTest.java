package dev.hexmart.application.ordering;

import dev.hexmart.application.transaction.Transactor;

class InMemoryOrderChangesTest extends OrderChangesContract {

    private final InMemoryOrdering ordering = InMemoryOrdering.create();

    @Override
    protected OrderChanges changes() {
        return ordering.changes();
    }

    @Override
    protected Transactor<OrderingStore> transactor() {
        return ordering.transactor();
    }
}
