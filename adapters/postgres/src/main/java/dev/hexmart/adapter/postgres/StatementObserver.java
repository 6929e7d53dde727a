package dev.hexmart.adapter.postgres;

import java.util.Optional;

/** Is told of every statement that is executed, on the thread that does: how telemetry sees them from inside. */
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
