package dev.hexmart.adapter.postgres;

import java.util.Optional;

/** Observes every statement, on its thread; used by telemetry. */
@FunctionalInterface
public interface StatementObserver {

    /** Sees nothing. */
    StatementObserver NONE = _ -> _ -> {};

    /** @param text of the statement, with the names of its parameters and never their values */
    Observation begin(String text);

    /** A statement that is under way. */
    @FunctionalInterface
    interface Observation {

        /** Comes once. @param failure why it failed, if it did */
        void end(Optional<Throwable> failure);
    }
}
