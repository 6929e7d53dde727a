package dev.hexmart.adapter.postgres.ordering;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.ordering.OrderRepositoryContract;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.transaction.Transactor;

/** Orders on a real PostgreSQL. */
class PostgresOrderRepositoryTest extends OrderRepositoryContract {

    @Override
    protected Transactor<OrderingStore> transactor() {
        return PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.metadata());
    }
}
