package dev.hexmart.bootstrap.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.Order;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LongestWaitTest {

    private final ManualClock clock = ManualClock.atNoon();
    private final Transactor<OrderingStore> orders = InMemoryOrdering.create().transactor();
    private final LongestWait wait = new LongestWait(orders, clock);

    @Test
    void theWaitGrowsUntilTheOrderIsDecided() {
        assertThat(wait.getAsDouble()).isZero();

        Order order = Orders.placed(Purchases.by(Callers.newCustomerId(), clock.instant()));
        Orders.saveWithItsPast(orders, order);
        clock.advance(Duration.ofMillis(90_500));
        assertThat(wait.getAsDouble()).isEqualTo(90.5);

        save(Orders.oneStepOn(order));
        save(Orders.oneStepOn(Orders.oneStepOn(order)));
        assertThat(wait.getAsDouble()).isZero();
    }

    private void save(Order order) {
        orders.inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
    }
}
