package dev.hexmart.adapter.postgres.catalog;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.CategoryRepositoryContract;
import dev.hexmart.application.transaction.Transactor;

/** Categories on a real PostgreSQL. */
class PostgresCategoryRepositoryTest extends CategoryRepositoryContract {

    @Override
    protected Transactor<CatalogStore> transactor() {
        return PostgresCatalogStore.transactor(TestServer.database("catalog"), TestServer.metadata());
    }
}
