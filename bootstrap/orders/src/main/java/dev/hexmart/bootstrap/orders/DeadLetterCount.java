package dev.hexmart.bootstrap.orders;

import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.application.messaging.DeadLetters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many dead letters there are, looked up every few seconds; not a number while the broker is away. */
final class DeadLetterCount {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterCount.class);

    private final DeadLetters letters;
    private volatile double count = Double.NaN;

    DeadLetterCount(DeadLetters letters) {
        this.letters = letters;
    }

    void show(Metrics metrics) {
        metrics.gauge("hexmart_dead_letters", "Messages in the broker's dead letter queue", () -> count);
    }

    void look() {
        try {
            count = letters.count();
        } catch (RuntimeException e) {
            // An outage has its own alert.
            LOG.debug("The dead letters cannot be counted", e);
            count = Double.NaN;
        }
    }
}
