package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Transactor;

class InMemoryCatalogChangesTest extends CatalogChangesContract {

    private final InMemoryCatalog catalog = InMemoryCatalog.create();

    @Override
    protected CatalogChanges changes() {
        return catalog.changes();
    }

    @Override
    protected Transactor<CatalogStore> transactor() {
        return catalog.transactor();
    }

    @Override
    protected Transactor<CatalogStore> transactorOfAnotherProcess() {
        return catalog.transactor();
    }

    @Override
    protected void interrupt() {
        catalog.changes().interrupt();
    }

    @Override
    protected void resume() {
        catalog.changes().resume();
    }
}
