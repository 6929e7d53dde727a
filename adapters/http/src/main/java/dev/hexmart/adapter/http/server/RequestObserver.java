package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.access.StreamObserver;
import dev.hexmart.adapter.http.exchange.Request;
import java.util.Optional;

/** Is told of every request that a server answers, on the thread that does: how telemetry sees them from outside. */
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

        /** @param failure what went wrong here, for a request that it was not the client who got wrong */
        void end(int status, Optional<Throwable> failure);
    }
}
