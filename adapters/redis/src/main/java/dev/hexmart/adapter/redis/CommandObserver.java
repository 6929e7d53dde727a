package dev.hexmart.adapter.redis;

import java.util.Optional;

/** Observes every command to Redis, on the sending thread; used by telemetry. */
@FunctionalInterface
public interface CommandObserver {

    /** Sees nothing. */
    CommandObserver NONE = _ -> _ -> {};

    /** @param command its name, and for a script that of the script; never a key, which would name a customer */
    Observation begin(String command);

    /** A command that is under way. */
    @FunctionalInterface
    interface Observation {

        /** Comes once. @param failure why there is no answer, if there is none */
        void end(Optional<Throwable> failure);
    }
}
