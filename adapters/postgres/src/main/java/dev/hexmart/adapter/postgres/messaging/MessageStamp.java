package dev.hexmart.adapter.postgres.messaging;

import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What every message gets on its way into the outbox.
 *
 * @param ids fresh ones, ascending in time (UUID version 7) where the receivers' indexes are to stay small
 * @param traceHeaders the trace that the calling thread is in; none is an empty map
 */
public record MessageStamp(Supplier<UUID> ids, Supplier<Map<String, String>> traceHeaders, InstantSource clock) {}
