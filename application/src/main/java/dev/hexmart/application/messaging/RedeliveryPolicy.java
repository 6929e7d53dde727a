package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a message whose handling failed.
 *
 * <p>An outage is nobody's fault and ends: the message is tried again for ever, ever more slowly. Anything else will
 * probably fail again, so that after a few attempts the message is parked and no longer in the others' way.
 *
 * @param attempts how often a message is tried, at most, before it is parked
 * @param firstPause before the second attempt; each further one is four times as long
 * @param longestPause never longer than this
 */
public record RedeliveryPolicy(int attempts, Duration firstPause, Duration longestPause) {

    public static RedeliveryPolicy standard() {
        return new RedeliveryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /**
     * How long to wait before the next attempt, or nothing where the message is to be parked.
     *
     * @param attempt how many attempts have failed so far, from 1
     */
    public Optional<Duration> pauseAfter(int attempt, RuntimeException failure) {
        if (!(failure instanceof TemporaryFailure) && attempt >= attempts) {
            return Optional.empty();
        }
        Duration pause = firstPause;
        for (int i = 1; i < attempt && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(4);
        }
        return Optional.of(pause.compareTo(longestPause) > 0 ? longestPause : pause);
    }
}
