package dev.hexmart.application.messaging;

import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.transaction.Transactor;

class InMemoryOutboxQueueTest extends OutboxQueueContract {

    private final InMemoryOrdering ordering = InMemoryOrdering.create();

    @Override
    protected Transactor<? extends UnitOfWork> transactor() {
        return ordering.transactor();
    }

    @Override
    protected Transactor<? extends OutboxQueue> queue() {
        return ordering.queue();
    }
}
