package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.adapter.postgres.catalog.PostgresCatalogStore;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.messaging.OutboxQueue;
import dev.hexmart.application.messaging.OutboxQueueContract;
import dev.hexmart.application.transaction.Transactor;

/** The queue of the outbox on a real PostgreSQL. */
class PostgresOutboxQueueTest extends OutboxQueueContract {

    @Override
    protected Transactor<CatalogStore> transactor() {
        return PostgresCatalogStore.transactor(TestServer.database("catalog"), TestServer.metadata());
    }

    @Override
    protected Transactor<OutboxQueue> queue() {
        return PostgresOutboxQueue.transactor(TestServer.database("catalog"));
    }
}
