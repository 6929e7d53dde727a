package dev.hexmart.bootstrap.messaging;

import dev.hexmart.adapter.postgres.messaging.PostgresParkingLot;
import dev.hexmart.adapter.rabbitmq.AmqpConsumer;
import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.application.messaging.OutboxQueue;
import dev.hexmart.application.messaging.OutboxQueue.Backlog;
import dev.hexmart.application.messaging.RetryQueue;
import dev.hexmart.application.transaction.Transactor;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much waits in the outbox, in the queue, for another attempt and in the parking lot.
 *
 * <p>Measured every few seconds, so that a scrape neither waits for a database or a broker nor adds load to
 * them by reading more often. What cannot be looked up is not a number.
 */
final class Backlogs {

    private static final Logger LOG = LoggerFactory.getLogger(Backlogs.class);
    private static final double MILLIS = 1000;

    private final Transactor<? extends OutboxQueue> outbox;
    private final RetryQueue retries;
    private final PostgresParkingLot parking;
    private final AmqpConsumer<?> consumer;
    private final InstantSource clock;
    private volatile Levels levels = Levels.UNKNOWN;

    Backlogs(
            Transactor<? extends OutboxQueue> outbox,
            RetryQueue retries,
            PostgresParkingLot parking,
            AmqpConsumer<?> consumer,
            InstantSource clock) {
        this.outbox = outbox;
        this.retries = retries;
        this.parking = parking;
        this.consumer = consumer;
        this.clock = clock;
    }

    void show(Metrics metrics) {
        metrics.gauge("hexmart_outbox_unsent", "Messages that wait to be sent", level(Levels::unsent));
        metrics.gauge("hexmart_outbox_oldest_seconds", "Age of the oldest unsent message", level(Levels::oldest));
        metrics.gauge("hexmart_waiting_messages", "Messages in the retry queue", level(Levels::retrying));
        metrics.gauge(
                "hexmart_parked_messages",
                "Messages that failed too often and wait to be resent by hand",
                level(Levels::parked));
        metrics.gauges(
                "hexmart_queue_messages",
                "Messages that wait in the queue to be handled",
                "queue",
                Map.of(consumer.queue(), level(Levels::waiting)));
    }

    void look() {
        levels = new Levels(
                known(() -> backlog().size()),
                known(() -> backlog().age().toMillis() / MILLIS),
                known(retries::size),
                known(parking::count),
                known(consumer::waiting));
    }

    private Backlog backlog() {
        return outbox.reading(queue -> queue.backlog(clock.instant()));
    }

    private DoubleSupplier level(ToDoubleFunction<Levels> part) {
        return () -> part.applyAsDouble(levels);
    }

    /** An outage is told of by others. */
    private static double known(DoubleSupplier question) {
        try {
            return question.getAsDouble();
        } catch (RuntimeException e) {
            LOG.debug("A level cannot be looked up", e);
            return Double.NaN;
        }
    }

    private record Levels(double unsent, double oldest, double retrying, double parked, double waiting) {
        static final Levels UNKNOWN = new Levels(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
