package dev.hexmart.adapter.postgres;

import dev.hexmart.adapter.postgres.ordering.PostgresOrderingStore;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.application.transaction.TransactorContract;
import org.junit.jupiter.api.AfterEach;

/** Transactions on a real PostgreSQL. */
class PostgresTransactorContractTest extends TransactorContract {

    private final PostgresDatabase second = PostgresDatabase.open(TestServer.settings("ordering"));

    @AfterEach
    void closeTheSecond() {
        second.close();
    }

    @Override
    protected Transactor<OrderingStore> transactor() {
        return PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.metadata());
    }

    @Override
    protected Transactor<OrderingStore> reopened() {
        return PostgresOrderingStore.transactor(second, TestServer.metadata());
    }
}
