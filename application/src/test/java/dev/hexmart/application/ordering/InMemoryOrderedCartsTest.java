package dev.hexmart.application.ordering;

import dev.hexmart.application.transaction.Transactor;

class InMemoryOrderedCartsTest extends OrderedCartsContract {

    private final InMemoryOrdering ordering = InMemoryOrdering.create();

    @Override
    protected Transactor<? extends OrderingStore> transactor() {
        return ordering.transactor();
    }
}
