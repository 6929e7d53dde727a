package dev.hexmart.adapter.postgres.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.Order;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The traces of orders on a real PostgreSQL. */
class PostgresOrderTracesTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Transactor<OrderingStore> traced =
            PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.metadata(TRACE, Map.of()));
    private final Transactor<OrderingStore> untraced =
            PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.metadata());
    private final PostgresOrderTraces traces = new PostgresOrderTraces(TestServer.database("ordering"));

    @Test
    void anOrderKnowsTheTraceThatItWasPlacedIn() {
        Order order = Order.Placed.of(Purchases.ofAKettle());
        Orders.saveWithItsPast(traced, order);
        assertThat(traces.find(order.id())).contains(TRACE);
    }

    @Test
    void orderWithoutATraceHasNoTraceId() {
        Order order = Order.Placed.of(Purchases.ofAKettle());
        Orders.saveWithItsPast(untraced, order);
        assertThat(traces.find(order.id())).isEmpty();
        assertThat(traces.find(Purchases.newOrder())).isEmpty();
    }
}
