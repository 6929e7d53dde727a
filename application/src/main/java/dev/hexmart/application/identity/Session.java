package dev.hexmart.application.identity;

import java.time.Duration;
import java.time.Instant;

/** A person signed in with a browser, until the idle or the absolute timeout. */
public record Session(SignedIn signedIn, Instant startedAt, Instant lastUsed) {

    public static final Duration LONGEST_IDLE = Duration.ofMinutes(30);
    public static final Duration LONGEST = Duration.ofHours(8);

    public static Session startedAt(Instant now, SignedIn signedIn) {
        return new Session(signedIn, now, now);
    }

    /** When it is over unless it is used before. */
    public Instant endsAt() {
        Instant idle = lastUsed.plus(LONGEST_IDLE);
        Instant last = startedAt.plus(LONGEST);
        return idle.isBefore(last) ? idle : last;
    }

    boolean isOverAt(Instant now) {
        return !now.isBefore(endsAt());
    }
}
