package dev.hexmart.bootstrap.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.Order;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is told of the order that has waited longest. */
class LongestWaitTest {

    private static final String NAME = "hexmart_orders_undecided_oldest_seconds";

    private final ManualClock clock = ManualClock.atNoon();
    private final Transactor<OrderingStore> orders = InMemoryOrdering.create().transactor();
    private final Metrics metrics = new Metrics();

    @Test
    void waitGrowsUntilTheOrderIsDecided() {
        LongestWait wait = told(orders);
        assertThat(number()).isEqualTo("NaN");
        wait.look();
        assertThat(number()).isEqualTo("0.0");

        Order order = Orders.placed(Purchases.by(Callers.somebody(), clock.instant()));
        Orders.saveWithItsPast(orders, order);
        clock.advance(Duration.ofMillis(90_500));
        wait.look();
        assertThat(number()).isEqualTo("90.5");

        save(Orders.oneStepOn(order));
        save(Orders.oneStepOn(Orders.oneStepOn(order)));
        assertThat(number()).as("asked for every few seconds only").isEqualTo("90.5");
        wait.look();
        assertThat(number()).isEqualTo("0.0");
    }

    @Test
    void failedMeasurementHasNoValue() {
        Away away = new Away(orders);
        LongestWait wait = told(away);
        wait.look();
        assertThat(number()).isEqualTo("0.0");
        away.away = true;
        wait.look();
        assertThat(number()).isEqualTo("NaN");
        away.away = false;
        wait.look();
        assertThat(number()).isEqualTo("0.0");
    }

    private static final class Away implements Transactor<OrderingStore> {

        private final Transactor<OrderingStore> orders;
        private boolean away;

        private Away(Transactor<OrderingStore> orders) {
            this.orders = orders;
        }

        @Override
        public <R> R inTransaction(Function<? super OrderingStore, ? extends R> work) {
            if (away) {
                throw new TemporaryFailure("The database is away");
            }
            return orders.inTransaction(work);
        }

        @Override
        public <R> R reading(Function<? super OrderingStore, ? extends R> work) {
            if (away) {
                throw new TemporaryFailure("The database is away");
            }
            return orders.reading(work);
        }
    }

    private LongestWait told(Transactor<OrderingStore> transactor) {
        LongestWait wait = new LongestWait(transactor, clock);
        wait.show(metrics);
        return wait;
    }

    private void save(Order order) {
        orders.inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
    }

    private String number() {
        return new String(metrics.read("text/plain").body(), UTF_8)
                .lines()
                .filter(line -> line.startsWith(NAME + " "))
                .map(line -> line.substring(NAME.length() + 1))
                .findFirst()
                .orElse("missing");
    }
}
