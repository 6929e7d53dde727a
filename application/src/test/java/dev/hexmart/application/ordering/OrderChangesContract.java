package dev.hexmart.application.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link OrderChanges} keeps. A change that goes unnoticed lets a test wait for longer than it may take. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OrderChangesContract {

    private static final Duration TOO_LONG = Duration.ofMinutes(10);

    protected abstract OrderChanges changes();

    /** Transactions on the orders whose changes are watched. */
    protected abstract Transactor<OrderingStore> transactor();

    @Test
    void aChangeEndsTheWait() throws Exception {
        OrderId order = placed();
        try (OrderChanges.Watch watch = changes().watch(Set.of(order))) {
            CountDownLatch waiting = new CountDownLatch(1);
            FutureTask<Order> change = new FutureTask<>(() -> {
                waiting.await();
                return change(order);
            });
            Thread.ofVirtual().start(change);
            waiting.countDown();
            awaitVersion(watch, order, 2);
            assertThat(change.get(30, TimeUnit.SECONDS).version()).isEqualTo(2);
        }
    }

    @Test
    void aChangeBetweenTheBeginningOfTheWatchAndTheWaitIsNoticed() {
        OrderId order = placed();
        try (OrderChanges.Watch watch = changes().watch(Set.of(order))) {
            change(order);
            watch.await(TOO_LONG);
        }
        assertThat(version(order)).isEqualTo(2);
    }

    @Test
    void aChangeBetweenTwoWaitsIsNoticed() {
        OrderId order = placed();
        try (OrderChanges.Watch watch = changes().watch(Set.of(order))) {
            change(order);
            awaitVersion(watch, order, 2);
            change(order);
            awaitVersion(watch, order, 3);
        }
        assertThat(version(order)).isEqualTo(3);
    }

    @Test
    void changeNotifiesOnlyTheWatchesOfItsOrder() {
        OrderId order = placed();
        OrderId other = placed();
        try (OrderChanges.Watch first = changes().watch(Set.of(order));
                OrderChanges.Watch second = changes().watch(Set.of(order));
                OrderChanges.Watch third = changes().watch(Set.of(other))) {
            change(order);
            first.await(TOO_LONG);
            second.await(TOO_LONG);
            change(other);
            awaitVersion(third, other, 2);
        }
        assertThat(version(other)).isEqualTo(2);
    }

    @Test
    void aChangeOfAnyWatchedOrderEndsTheWait() {
        OrderId first = placed();
        OrderId second = placed();
        try (OrderChanges.Watch watch = changes().watch(Set.of(first, second))) {
            change(second);
            awaitVersion(watch, second, 2);
            change(first);
            awaitVersion(watch, first, 2);
        }
        assertThat(version(first)).isEqualTo(2);
    }

    @Test
    void aWatchThatEndsLeavesTheOthersAlone() {
        OrderId order = placed();
        try (OrderChanges.Watch watch = changes().watch(Set.of(order))) {
            changes().watch(Set.of(order)).close();
            change(order);
            watch.await(TOO_LONG);
        }
        assertThat(version(order)).isEqualTo(2);
    }

    @Test
    void withoutAChangeTheWaitEndsAfterTheGivenTime() {
        OrderId order = placed();
        try (OrderChanges.Watch watch = changes().watch(Set.of(order))) {
            watch.await(Duration.ofMillis(20));
            watch.await(Duration.ofMillis(20));
            watch.await(Duration.ZERO);
        }
        assertThat(version(order)).isEqualTo(1);
    }

    /** A wait may also end without a change, so look at what is there. */
    private void awaitVersion(OrderChanges.Watch watch, OrderId order, int version) {
        while (version(order) < version) {
            watch.await(TOO_LONG);
        }
    }

    private OrderId placed() {
        Order order = Orders.placed();
        transactor().inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
        return order.id();
    }

    private Order change(OrderId order) {
        return transactor().inTransaction(store -> {
            Order next = Orders.oneStepOn(store.orders().find(order).orElseThrow());
            store.orders().save(next);
            return next;
        });
    }

    private int version(OrderId order) {
        return transactor()
                .inTransaction(store -> store.orders().find(order).orElseThrow().version());
    }
}
