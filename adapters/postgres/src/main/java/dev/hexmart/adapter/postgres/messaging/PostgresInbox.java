package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresTransactor;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.transaction.Transactor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** The inbox of one context, in one transaction. */
public final class PostgresInbox implements Inbox {

    /** For longer than any parked message waits to be sent again. */
    public static final Duration KEPT = Duration.ofDays(30);

    private final Sql sql;

    public PostgresInbox(Sql sql) {
        this.sql = sql;
    }

    /** For the cleanup. */
    public static Transactor<PostgresInbox> transactor(PostgresDatabase database) {
        return new PostgresTransactor<>(database, PostgresInbox::new);
    }

    /** The second of two transactions waits here for the first, and records the message itself if that one rolls back. */
    @Override
    public Set<UUID> record(Collection<UUID> messageIds) {
        return Set.copyOf(sql.statement("""
            INSERT INTO inbox (message_id)
            SELECT DISTINCT id FROM unnest(CAST(:ids AS uuid[])) AS message (id) ORDER BY id
            ON CONFLICT DO NOTHING
            RETURNING message_id
            """).with("ids", messageIds).list(row -> row.uuid("message_id")));
    }

    /** Forgets messages recorded before the given time, at most {@code limit} of them; returns how many. */
    public int forgetBefore(Instant time, int limit) {
        return sql.statement("""
            DELETE FROM inbox
            WHERE message_id IN (
                SELECT message_id FROM inbox
                WHERE recorded_at < :time
                ORDER BY recorded_at
                LIMIT :limit
                FOR UPDATE SKIP LOCKED)
            """).with("time", time).with("limit", limit).update();
    }
}
