package dev.hexmart.application.limit;

import java.time.Duration;

/**
 * How much may be done: so many times at once, and as many again, evenly spread, in each period.
 *
 * @param times at least 1
 */
public record Allowance(int times, Duration period) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST = 1_000_000;

    public Allowance {
        if (times < 1 || times > MOST) {
            throw new IllegalArgumentException("An allowance is for 1 to " + MOST + " times");
        }
        if (!period.isPositive() || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("An allowance is for more than no time and at most a day");
        }
    }
}
