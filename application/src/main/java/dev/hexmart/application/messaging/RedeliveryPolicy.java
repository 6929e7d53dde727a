package dev.hexmart.application.messaging;

import java.time.Duration;

/**
 * How failed messages are retried: the number of attempts and the backoff between them.
 *
 * <p>After a temporary failure (an outage, a timeout) the message is retried without a limit, with exponential backoff. Any other failure will
 * probably fail again, so that after a few attempts the message is parked.
 *
 * @param attempts how many attempts may fail, or end the process, before the message is parked
 * @param firstPause before the second attempt; each further one is four times as long
 * @param longestPause never longer than this
 * @param lease how long one attempt may take, at most, before another process may begin the next
 */
public record RedeliveryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration lease) {

    public static RedeliveryPolicy standard() {
        return new RedeliveryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    /** The backoff before the next attempt. @param attempt how many there have been, from 1 */
    public Duration pauseAfter(int attempt) {
        Duration pause = firstPause;
        for (int i = 1; i < attempt && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(4);
        }
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }

    /** Whether the message is to be parked. @param failures how many attempts have failed that count against it */
    public boolean givesUpAfter(int failures) {
        return failures >= attempts;
    }
}
