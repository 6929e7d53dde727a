package dev.hexmart.adapter.entra;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/** Observes every request to the authority, on the calling thread; used by telemetry. */
@FunctionalInterface
public interface AuthorityObserver {

    /** Sees nothing. */
    AuthorityObserver NONE = (_, _) -> (_, _) -> {};

    /** @param address without what may stand behind its path; codes, secrets and tokens are in no part that is told */
    Question begin(String method, URI address);

    /** A question that is under way. */
    @FunctionalInterface
    interface Question {

        /** Comes once: with the status of the answer, or with why there is none. */
        void end(OptionalInt status, Optional<Throwable> failure);
    }
}
