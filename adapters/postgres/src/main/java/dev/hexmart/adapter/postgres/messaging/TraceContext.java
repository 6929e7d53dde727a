package dev.hexmart.adapter.postgres.messaging;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The trace context of the calling thread, to be stored with messages and orders. */
public interface TraceContext {

    /** No trace ever. */
    TraceContext NONE = new TraceContext() {
        @Override
        public Optional<String> traceId() {
            return Optional.empty();
        }

        @Override
        public Map<String, String> creating(UUID message, String type) {
            return Map.of();
        }
    };

    Optional<String> traceId();

    /** Notes that a message comes into being, and gives the headers by which its receivers go on with the trace. */
    Map<String, String> creating(UUID message, String type);
}
