package dev.hexmart.application.limit;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps for each key when its allowance will be whole again. */
public final class InMemoryRateLimiter implements RateLimiter {

    private final InstantSource clock;
    private final Map<String, Instant> whole = new HashMap<>();
    private boolean broken;

    public InMemoryRateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether it cannot count from now on. */
    public synchronized void broken(boolean now) {
        broken = now;
    }

    @Override
    public synchronized Verdict take(String key, Allowance allowance) {
        if (broken) {
            throw new TemporaryFailure("Nothing can be counted");
        }
        Instant now = clock.instant();
        Duration each = allowance.period().dividedBy(allowance.times());
        Duration debt = Optional.ofNullable(whole.get(key))
                .map(until -> Duration.between(now, until))
                .filter(Duration::isPositive)
                .map(owed -> owed.compareTo(allowance.period()) > 0 ? allowance.period() : owed)
                .orElse(Duration.ZERO);
        Duration after = debt.plus(each);
        if (after.compareTo(allowance.period()) > 0) {
            return new Verdict.Exhausted(after.minus(allowance.period()), debt);
        }
        whole.put(key, now.plus(after));
        return new Verdict.Taken((int) allowance.period().minus(after).dividedBy(each), after);
    }
}
