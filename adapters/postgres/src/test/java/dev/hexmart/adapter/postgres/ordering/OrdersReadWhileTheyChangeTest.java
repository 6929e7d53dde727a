package dev.hexmart.adapter.postgres.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.ordering.OrderRepository.Filter;
import dev.hexmart.application.ordering.OrderRepository.OrderQuery;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.CustomerId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An order lies in three tables; a concurrent read sees one of its versions, never parts of two. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrdersReadWhileTheyChangeTest {

    private static final int ORDERS = 50;
    private static final int READERS = 3;

    private final Transactor<OrderingStore> transactor =
            PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.metadata());
    private final CustomerId customer = Callers.newCustomerId();

    /** The state of an order and the end of its history would contradict each other, which the order refuses to be. */
    @Test
    void everyReadGivesOrdersAsTheyOnceWere() {
        List<Order> orders = Stream.generate(() -> Orders.placed(Purchases.by(customer, Purchases.PLACED_AT)))
                .limit(ORDERS)
                .toList();
        orders.forEach(this::save);
        AtomicBoolean done = new AtomicBoolean();
        AtOnce.times(READERS + 1, i -> () -> i == 0 ? takeOn(orders, done) : readUntil(done));
        assertThat(list()).hasSize(ORDERS).extracting(Order::status).containsOnly(OrderStatus.REFUNDED);
    }

    private boolean takeOn(List<Order> orders, AtomicBoolean done) {
        try {
            for (Order placed : orders) {
                Order reserved = save(Orders.oneStepOn(placed));
                Order paid = save(Orders.oneStepOn(reserved));
                save(Orders.oneStepOn(paid));
            }
            return true;
        } finally {
            done.set(true);
        }
    }

    private boolean readUntil(AtomicBoolean done) {
        while (!done.get()) {
            assertThat(list()).hasSize(ORDERS);
        }
        return true;
    }

    private List<Order> list() {
        OrderQuery query = new OrderQuery(Optional.of(customer), Filter.NONE, Optional.empty());
        return transactor.inTransaction(store -> store.orders().list(query, OrderQuery.MAX_LIMIT));
    }

    private Order save(Order order) {
        return transactor.inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
    }
}
