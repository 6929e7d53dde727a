package dev.hexmart.adapter.postgres.catalog;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.ProductRepositoryContract;
import dev.hexmart.application.transaction.Transactor;

/** Products on a real PostgreSQL. */
class PostgresProductRepositoryTest extends ProductRepositoryContract {

    @Override
    protected Transactor<CatalogStore> transactor() {
        return PostgresCatalogStore.transactor(TestServer.database("catalog"), TestServer.metadata());
    }
}
