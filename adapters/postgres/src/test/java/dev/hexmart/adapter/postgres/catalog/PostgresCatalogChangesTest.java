package dev.hexmart.adapter.postgres.catalog;

import static org.awaitility.Awaitility.await;

import dev.hexmart.adapter.postgres.Notifications;
import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresSettings;
import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.catalog.CatalogChanges;
import dev.hexmart.application.catalog.CatalogChangesContract;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.transaction.Transactor;
import org.junit.jupiter.api.AfterEach;

/** Word of changes of the catalog from a real PostgreSQL. */
class PostgresCatalogChangesTest extends CatalogChangesContract {

    private final PostgresSettings settings = TestServer.settings("catalog");
    private final PostgresDatabase database = PostgresDatabase.open(settings);
    private final Notifications notifications = Notifications.listen(settings, database);
    private final CatalogChanges changes = new PostgresCatalogChanges(notifications);

    @AfterEach
    void stopListening() {
        allowConnections(-1);
        notifications.close();
        database.close();
    }

    @Override
    protected CatalogChanges changes() {
        return changes;
    }

    @Override
    protected Transactor<CatalogStore> transactor() {
        return PostgresCatalogStore.transactor(database, TestServer.metadata());
    }

    @Override
    protected Transactor<CatalogStore> transactorOfAnotherProcess() {
        return PostgresCatalogStore.transactor(TestServer.database("catalog"), TestServer.metadata());
    }

    @Override
    protected void interrupt() {
        allowConnections(0);
        TestServer.ask(
                "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
                        + " WHERE application_name = 'hexmart-catalog-listen' AND usename = '" + settings.user() + "'",
                Long.class);
        await().until(() -> !changes.isComplete());
    }

    @Override
    protected void resume() {
        allowConnections(-1);
    }

    private void allowConnections(int limit) {
        TestServer.execute("ALTER ROLE " + settings.user() + " CONNECTION LIMIT " + limit);
    }
}
