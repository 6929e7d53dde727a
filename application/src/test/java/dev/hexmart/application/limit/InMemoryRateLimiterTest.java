package dev.hexmart.application.limit;

import dev.hexmart.application.ManualClock;
import java.time.Duration;

class InMemoryRateLimiterTest extends RateLimiterContract {

    private final ManualClock clock = ManualClock.atNoon();
    private final RateLimiter limiter = new InMemoryRateLimiter(clock);

    @Override
    protected RateLimiter limiter() {
        return limiter;
    }

    @Override
    protected void pass(Duration time) {
        clock.advance(time);
    }
}
