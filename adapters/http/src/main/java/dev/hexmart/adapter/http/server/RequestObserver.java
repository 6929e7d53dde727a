package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.StreamObserver;
import dev.hexmart.adapter.http.exchange.Request;
import java.util.Optional;

/** Observes every request of a server, on its thread; used by telemetry. */
@FunctionalInterface
public interface RequestObserver extends StreamObserver {

    /** Sees nothing. */
    RequestObserver NONE = (_, _) -> (_, _) -> {};

    /** @param route the template of the route, if the path has one; paths themselves are without number */
    Observation begin(Request head, Optional<String> route);

    /** A request that is being worked on. */
    @FunctionalInterface
    interface Observation {

        /** The trace of the request, for error responses. */
        default Optional<String> traceId() {
            return Optional.empty();
        }

        /** The response is an event stream, and lasts until the client leaves or the stream ends. */
        default void streaming() {}

        /** @param failure of the server, for a 5xx response */
        void end(int status, Optional<Throwable> failure);
    }
}
