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

    @Test
    void entriesOfThisReleaseAndOfTheOneBeforeAreReadableByTheOther() {
        Order order = Orders.placed();
        Orders.saveWithItsPast(transactor(), order);
        // What the release before this one writes, and what it reads: a note that is never null.
        TestServer.execute("ordering", """
                WITH changed AS (UPDATE orders SET version = version + 1 WHERE id = '%s'
                    RETURNING id, version, status, placed_at)
                INSERT INTO order_history (order_id, version, status, entered_at, note)
                SELECT id, version, status, placed_at, 'Placed again' FROM changed""".formatted(order.id()));
        assertThat(TestServer.ask(
                        "SELECT count(note) FROM ordering.order_history WHERE order_id = '%s'".formatted(order.id()),
                        Long.class))
                .isEqualTo(2);
        Order found =
                transactor().reading(store -> store.orders().find(order.id())).orElseThrow();
        assertThat(found.history())
                .extracting(HistoryEntry::note)
                .containsExactly(HistoryNote.Milestone.PLACED, new HistoryNote.Text("Placed again"));
    }
}
