package dev.hexmart.adapter.postgres.messaging;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What every message, and what goes with it, gets on its way into the database.
 *
 * @param ids fresh ones, ascending in time (UUID version 7) where the receivers' indexes are to stay small
 */
public record MessageMetadata(Supplier<UUID> ids, TraceContext trace, InstantSource clock) {}
