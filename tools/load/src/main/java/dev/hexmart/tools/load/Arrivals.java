package dev.hexmart.tools.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * When shoppers come: evenly, and whether or not those before them are done.
 *
 * <p>A shop that is slow has more shoppers in it, it does not have fewer to come; and each one's time counts from when
 * they meant to come, so that a delay shows in the latency of every delayed shopper.
 */
record Arrivals(double rate, Duration duration) {

    private static final double NANOS = 1e9;

    /** How many there are, at least one. */
    int count() {
        return (int) Math.max(1, Math.floor(rate * duration.toNanos() / NANOS + 1e-6));
    }

    /** After how many nanoseconds the shopper of that number comes, from 0. */
    long offset(int number) {
        return (long) (number / rate * NANOS);
    }

    /** Starts each visit at its time, late ones at once. Returns at the last one's arrival. */
    void send(Timeline timeline, Door door) {
        long start = timeline.now();
        for (int number = 0; number < count(); number++) {
            long intended = start + offset(number);
            timeline.waitUntil(intended);
            door.enter(number, intended);
        }
    }

    /** Where the shoppers come in; must not hold them up. */
    @FunctionalInterface
    interface Door {
        void enter(int number, long intendedNanos);
    }

    /** A clock that can be waited on. */
    interface Timeline {

        Timeline REAL = new Timeline() {
            @Override
            public long now() {
                return System.nanoTime();
            }

            @Override
            public void waitUntil(long nanos) {
                for (long left = nanos - now(); left > 0; left = nanos - now()) {
                    LockSupport.parkNanos(left);
                    if (Thread.interrupted()) {
                        throw new IllegalStateException("The load was interrupted");
                    }
                }
            }
        };

        long now();

        void waitUntil(long nanos);
    }
}
