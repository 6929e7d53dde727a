package dev.hexmart.adapter.postgres.ordering;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.ordering.OrderedCartsContract;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.transaction.Transactor;

/** The versions of carts that were ordered, on a real PostgreSQL. */
class PostgresOrderedCartsTest extends OrderedCartsContract {

    @Override
    protected Transactor<OrderingStore> transactor() {
        return PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.metadata());
    }
}
