package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Transactor;

class InMemoryCategoryRepositoryTest extends CategoryRepositoryContract {

    private final InMemoryCatalog catalog = InMemoryCatalog.create();

    @Override
    protected Transactor<CatalogStore> transactor() {
        return catalog.transactor();
    }
}
