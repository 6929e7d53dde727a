package dev.hexmart.application.messaging;

import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.transaction.Transactor;

class InMemoryInboxTest extends InboxContract {

    private final InMemoryOrdering ordering = InMemoryOrdering.create();

    @Override
    protected Transactor<? extends UnitOfWork> transactor() {
        return ordering.transactor();
    }
}
