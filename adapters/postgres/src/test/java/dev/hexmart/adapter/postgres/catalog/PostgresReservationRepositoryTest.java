package dev.hexmart.adapter.postgres.catalog;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.ReservationRepositoryContract;
import dev.hexmart.application.transaction.Transactor;

/** Reservations on a real PostgreSQL. */
class PostgresReservationRepositoryTest extends ReservationRepositoryContract {

    @Override
    protected Transactor<CatalogStore> transactor() {
        return PostgresCatalogStore.transactor(TestServer.database("catalog"), TestServer.metadata());
    }
}
