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

        /** The trace that the request is part of, for whoever is told that it went wrong. */
        default Optional<String> traceId() {
            return Optional.empty();
        }

        /** The answer has begun, and goes on for as long as something happens and somebody listens. */
        default void streaming() {}

        /** @param failure what went wrong here, for a request that it was not the client who got wrong */
        void end(int status, Optional<Throwable> failure);
    }
}
