package dev.hexmart.bootstrap.orders;

import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.transaction.Transactor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** How many seconds the order has waited that has waited longest for something else than its customer; 0 if none does. */
record LongestWait(Transactor<OrderingStore> transactor, InstantSource clock) implements DoubleSupplier {

    private static final double MILLIS = 1000;

    @Override
    public double getAsDouble() {
        Instant now = clock.instant();
        Optional<Instant> since = transactor.reading(store -> store.orders().waitingSince(now));
        return since.map(start -> Duration.between(start, now).toMillis() / MILLIS)
                .orElse(0.0);
    }
}
