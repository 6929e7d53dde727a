package dev.hexmart.bootstrap.messaging;

import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.application.messaging.DeadLetters;

/** How many dead letters there are, looked up every few seconds; not a number while the broker is away. */
final class DeadLetterCount {

    private final DeadLetters letters;
    private volatile double count = Double.NaN;

    DeadLetterCount(DeadLetters letters) {
        this.letters = letters;
    }

    void show(Metrics metrics) {
        metrics.gauge("hexmart_dead_letters", "Messages that the broker gave up on", () -> count);
    }

    void look() {
        count = Backlogs.known(letters::count);
    }
}
