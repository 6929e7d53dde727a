package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Transactor;

class InMemoryStockRepositoryTest extends StockRepositoryContract {

    private final InMemoryCatalog catalog = InMemoryCatalog.create();

    @Override
    protected Transactor<CatalogStore> transactor() {
        return catalog.transactor();
    }
}
