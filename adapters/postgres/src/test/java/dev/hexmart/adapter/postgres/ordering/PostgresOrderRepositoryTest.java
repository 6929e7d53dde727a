package dev.hexmart.adapter.postgres.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.ordering.OrderRepositoryContract;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.HistoryNote;
import dev.hexmart.domain.ordering.Order;
import org.junit.jupiter.api.Test;

/** Orders on a real PostgreSQL. */
class PostgresOrderRepositoryTest extends OrderRepositoryContract {

    @Override
    protected Transactor<OrderingStore> transactor() {
        return PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.metadata());
    }

    @Test
    void anEntryFromBeforeNotesHadTypesKeepsItsWords() {
        Order order = Orders.placed();
        Orders.saveWithItsPast(transactor(), order);
        TestServer.execute(
                "ordering",
                "UPDATE order_history SET note = 'Placed', code = NULL, data = NULL WHERE order_id = '%s'"
                        .formatted(order.id()));
        Order found =
                transactor().reading(store -> store.orders().find(order.id())).orElseThrow();
        assertThat(found.history()).extracting(HistoryEntry::note).containsExactly(new HistoryNote.Text("Placed"));
    }
}
