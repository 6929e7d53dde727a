package dev.hexmart.adapter.postgres.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.ordering.OrderRepository.OrderQuery;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.Order;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An order lies in three tables; whoever reads it meanwhile sees one of its versions, never parts of two. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrdersReadWhileTheyChangeTest {

    private static final int STEPS = 60;
    private static final int READERS = 3;

    private final Transactor<OrderingStore> transactor =
            PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.stamp());

    @Test
    void everyReadGivesAnOrderThatThereWas() {
        Order first = Orders.cancelled();
        Orders.saveWithItsPast(transactor, first);
        AtomicBoolean done = new AtomicBoolean();
        List<Integer> lastSeen = AtOnce.times(READERS + 1, i -> () -> i == 0 ? write(first, done) : read(first, done));
        assertThat(lastSeen).first().isEqualTo(first.version() + STEPS);
    }

    private int write(Order first, AtomicBoolean done) {
        try {
            Order order = first;
            for (int step = 0; step < STEPS; step++) {
                Order next = Orders.oneStepOn(order);
                transactor.inTransaction(store -> {
                    store.orders().save(next);
                    return next;
                });
                order = next;
            }
            return order.version();
        } finally {
            done.set(true);
        }
    }

    private int read(Order first, AtomicBoolean done) {
        OrderQuery query = new OrderQuery(Optional.of(first.purchase().customer()), Optional.empty());
        int seen = 0;
        while (!done.get()) {
            Order found = transactor
                    .inTransaction(store -> store.orders().find(first.id()))
                    .orElseThrow();
            Order listed = transactor
                    .inTransaction(store -> store.orders().list(query, 1))
                    .getFirst();
            assertThat(found.version()).isGreaterThanOrEqualTo(seen);
            assertThat(listed.version()).isGreaterThanOrEqualTo(found.version());
            assertThat(listed.history()).startsWith(found.history().toArray(HistoryEntry[]::new));
            seen = listed.version();
        }
        return seen;
    }
}
