package dev.hexmart.application.ordering;

import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells those who watch an order in this process. */
public final class InMemoryOrderChanges implements OrderChanges {

    private final Map<OrderId, Set<Semaphore>> watches = new ConcurrentHashMap<>();

    void tell(OrderId order) {
        watches.getOrDefault(order, Set.of()).forEach(Semaphore::release);
    }

    @Override
    public Watch watch(Set<OrderId> orders) {
        Semaphore changed = new Semaphore(0);
        orders.forEach(order -> watches.computeIfAbsent(order, _ -> ConcurrentHashMap.newKeySet())
                .add(changed));
        return new Watch() {
            @Override
            public void await(Duration atMost) {
                try {
                    if (changed.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                        changed.drainPermits();
                    }
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void close() {
                orders.forEach(order -> watches.getOrDefault(order, Set.of()).remove(changed));
            }
        };
    }
}
