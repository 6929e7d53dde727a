package dev.hexmart.application.ordering;

import dev.hexmart.application.transaction.Transactor;

class InMemoryOrderRepositoryTest extends OrderRepositoryContract {

    private final InMemoryOrdering ordering = InMemoryOrdering.create();

    @Override
    protected Transactor<OrderingStore> transactor() {
        return ordering.transactor();
    }
}
