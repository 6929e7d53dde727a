package dev.hexmart.adapter.postgres.ordering;

import dev.hexmart.adapter.postgres.Notifications;
import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.ordering.OrderChanges;
import dev.hexmart.application.ordering.OrderChangesContract;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.transaction.Transactor;
import org.junit.jupiter.api.AfterEach;

/** Word of changed orders from a real PostgreSQL. */
class PostgresOrderChangesTest extends OrderChangesContract {

    private final Notifications notifications =
            Notifications.listen(TestServer.settings("ordering"), TestServer.database("ordering"));
    private final OrderChanges changes = new PostgresOrderChanges(notifications);

    @AfterEach
    void stopListening() {
        notifications.close();
    }

    @Override
    protected OrderChanges changes() {
        return changes;
    }

    @Override
    protected Transactor<OrderingStore> transactor() {
        return PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.metadata());
    }
}
