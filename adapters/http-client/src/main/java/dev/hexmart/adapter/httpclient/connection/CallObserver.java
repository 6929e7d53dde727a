package dev.hexmart.adapter.httpclient.connection;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** Observes every request to a service, on the sending thread; used by telemetry. */
@FunctionalInterface
public interface CallObserver {

    /** Sees nothing, and adds nothing. */
    CallObserver NONE = (_, _, _) -> (_, _) -> {};

    /** @param header takes what the request is to carry besides what it asks, such as the trace that it belongs to */
    Call begin(String method, URI address, BiConsumer<String, String> header);

    /** A request that is under way. */
    @FunctionalInterface
    interface Call {

        /** Comes once: with the status of the answer, or with why there is none. */
        void end(OptionalInt status, Optional<Throwable> failure);
    }
}
