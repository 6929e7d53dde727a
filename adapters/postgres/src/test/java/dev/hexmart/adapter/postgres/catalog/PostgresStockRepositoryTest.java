package dev.hexmart.adapter.postgres.catalog;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.StockRepositoryContract;
import dev.hexmart.application.transaction.Transactor;

/** Stock on a real PostgreSQL. */
class PostgresStockRepositoryTest extends StockRepositoryContract {

    @Override
    protected Transactor<CatalogStore> transactor() {
        return PostgresCatalogStore.transactor(TestServer.database("catalog"), TestServer.metadata());
    }
}
