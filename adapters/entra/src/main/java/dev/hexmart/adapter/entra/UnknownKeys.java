package dev.hexmart.adapter.entra;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits how often tokens with unknown key ids make the authority be asked; guarded by its owner's lock.
 *
 * <p>A token bucket bounds all of them together. Beside it each id has a pause of its own that doubles, so that one client
 * that repeats a foreign token takes few of the look-ups, while a new key that a replica of the authority did not have
 * yet is looked up again soon.
 */
final class UnknownKeys {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** Ids are what a stranger writes, so only the last ones are remembered. */
    private static final int MOST_REMEMBERED = 256;

    private final int atOnce;
    private final Duration interval;

    /** When the bucket is full again: each look-up in vain moves it on by one interval. */
    private Instant full = Instant.MIN;

    private final Map<String, Pause> pauses = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pause> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * @param atOnce how many look-ups in vain the full bucket has
     * @param interval how long it takes until there is one more
     */
    UnknownKeys(int atOnce, Duration interval) {
        this.atOnce = atOnce;
        this.interval = interval;
    }

    boolean mayBeLookedUp(String id, Instant now) {
        Pause pause = pauses.get(id);
        boolean pausing = pause != null && now.isBefore(pause.until());
        return !pausing && !full.isAfter(now.plus(interval.multipliedBy(atOnce - 1L)));
    }

    void lookedUpInVain(String id, Instant now) {
        full = (full.isAfter(now) ? full : now).plus(interval);
        Pause before = pauses.remove(id);
        Duration length = before == null ? FIRST_PAUSE : shorter(before.length().multipliedBy(2), LONGEST_PAUSE);
        pauses.put(id, new Pause(now.plus(length), length));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private record Pause(Instant until, Duration length) {}
}
