package dev.hexmart.adapter.postgres.ordering;

import dev.hexmart.adapter.postgres.Notifications;
import dev.hexmart.adapter.postgres.Topic;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.ordering.OrderChanges;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Word of changed orders, by the notice that every transaction gives which saves one. */
public final class PostgresOrderChanges implements OrderChanges {

    private final Set<OpenWatch> watches = ConcurrentHashMap.newKeySet();

    public PostgresOrderChanges(Notifications notifications) {
        notifications.add(Topic.ORDERS, new Notifications.Listener() {
            @Override
            public void noticed(String payload) {
                OrderId changed = OrderId.parse(payload);
                wake(watch -> watch.orders.contains(changed));
            }

            @Override
            public void mayHaveMissed() {
                wake(_ -> true);
            }
        });
    }

    @Override
    public Watch watch(Set<OrderId> orders) {
        OpenWatch watch = new OpenWatch(orders);
        watches.add(watch);
        return watch;
    }

    private void wake(Predicate<OpenWatch> whom) {
        watches.stream().filter(whom).forEach(watch -> watch.changes.release());
    }

    private final class OpenWatch implements Watch {

        private final Set<OrderId> orders;
        /** A change without a waiting caller is kept for the next one. */
        private final Semaphore changes = new Semaphore(0);

        private OpenWatch(Set<OrderId> orders) {
            this.orders = Set.copyOf(orders);
        }

        @Override
        public void await(Duration atMost) {
            try {
                if (changes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                    changes.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TemporaryFailure("Interrupted while waiting for a change of one of the orders " + orders, e);
            }
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }
}
