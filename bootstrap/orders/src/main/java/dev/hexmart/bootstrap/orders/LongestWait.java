package dev.hexmart.bootstrap.orders;

import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.transaction.Transactor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For how long the order has waited that has waited longest for what we do.
 *
 * <p>Measured every few seconds, so that a scrape neither waits for the database nor adds load to it by
 * reading more often. What cannot be looked up is not a number.
 */
final class LongestWait {

    private static final Logger LOG = LoggerFactory.getLogger(LongestWait.class);
    private static final double MILLIS = 1000;

    private final Transactor<OrderingStore> transactor;
    private final InstantSource clock;
    private volatile double seconds = Double.NaN;

    LongestWait(Transactor<OrderingStore> transactor, InstantSource clock) {
        this.transactor = transactor;
        this.clock = clock;
    }

    void show(Metrics metrics) {
        metrics.gauge(
                "hexmart_orders_undecided_oldest_seconds",
                "Longest waiting time of an order that does not wait for its customer",
                () -> seconds);
    }

    void look() {
        Instant now = clock.instant();
        try {
            Optional<Instant> since = transactor.reading(store -> store.orders().waitingSince(now));
            seconds = since.map(start -> Duration.between(start, now).toMillis() / MILLIS)
                    .orElse(0.0);
        } catch (RuntimeException e) {
            // An outage is told of by others.
            LOG.debug("The longest wait cannot be looked up", e);
            seconds = Double.NaN;
        }
    }
}
