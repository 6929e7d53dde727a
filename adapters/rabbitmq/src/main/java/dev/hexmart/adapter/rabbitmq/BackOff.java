package dev.hexmart.adapter.rabbitmq;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Exponential backoff with jitter before the next connection attempt. */
final class BackOff {

    private static final long FIRST_MILLIS = 200;
    private static final int DOUBLINGS = 5;

    private BackOff() {}

    /** @param failures how many attempts have failed in a row, from 1 */
    static Duration after(int failures) {
        long millis = FIRST_MILLIS << Math.min(failures - 1, DOUBLINGS);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
    }
}
