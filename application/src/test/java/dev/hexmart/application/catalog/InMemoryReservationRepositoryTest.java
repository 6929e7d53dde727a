package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Transactor;

class InMemoryReservationRepositoryTest extends ReservationRepositoryContract {

    private final InMemoryCatalog catalog = InMemoryCatalog.create();

    @Override
    protected Transactor<CatalogStore> transactor() {
        return catalog.transactor();
    }
}
