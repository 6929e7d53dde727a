package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresTransactor;
import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.application.messaging.OutboxQueue;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The relay's end of one context's outbox, in one transaction.
 *
 * <p>What is unsent is told by its own mark and never by its place in the sequence: a transaction that took a lower number
 * may commit later, and would be passed over by whoever remembers the highest number seen.
 */
public final class PostgresOutboxQueue implements OutboxQueue {

    private final Sql sql;

    public PostgresOutboxQueue(Sql sql) {
        this.sql = sql;
    }

    public static Transactor<OutboxQueue> transactor(PostgresDatabase database) {
        return new PostgresTransactor<>(database, PostgresOutboxQueue::new);
    }

    @Override
    public List<OutboxMessage> unsent(int limit, Instant now) {
        if (!hold()) {
            return List.of();
        }
        return sql.statement("""
                SELECT id, order_id, type, body, CAST(headers AS text) AS headers
                FROM outbox AS message
                WHERE sent_at IS NULL
                  AND NOT EXISTS (
                    SELECT FROM outbox AS earlier
                    WHERE earlier.order_id = message.order_id
                      AND earlier.seq <= message.seq
                      AND earlier.sent_at IS NULL
                      AND earlier.put_off_until > :now)
                ORDER BY seq
                LIMIT :limit
                """).with("now", now).with("limit", limit).list(PostgresOutboxQueue::message);
    }

    @Override
    public void markSent(Collection<UUID> ids, Instant at) {
        sql.statement("""
                UPDATE outbox SET sent_at = :at
                WHERE id = ANY (CAST(:ids AS uuid[])) AND sent_at IS NULL
                """).with("at", at).with("ids", ids).update();
    }

    @Override
    public void putOff(Collection<UUID> ids, Instant until) {
        sql.statement("""
                UPDATE outbox SET put_off_until = :until, attempts = attempts + 1
                WHERE id = ANY (CAST(:ids AS uuid[])) AND sent_at IS NULL
                """).with("until", until).with("ids", ids).update();
    }

    @Override
    public int forgetSentBefore(Instant time, int limit) {
        return sql.statement("""
                DELETE FROM outbox
                WHERE seq IN (
                    SELECT seq FROM outbox
                    WHERE sent_at < :time
                    ORDER BY sent_at
                    LIMIT :limit
                    FOR UPDATE SKIP LOCKED)
                """).with("time", time).with("limit", limit).update();
    }

    @Override
    public Backlog backlog(Instant now) {
        return sql.statement("""
                SELECT count(*) AS size, min(appended_at) AS oldest
                FROM outbox
                WHERE sent_at IS NULL
                """)
                .one(row -> new Backlog(
                        Math.toIntExact(row.bigint("size")),
                        row.findInstant("oldest")
                                .map(oldest -> age(oldest, now))
                                .orElse(Duration.ZERO)));
    }

    /**
     * Takes the queue for this transaction, or finds it taken, without waiting.
     *
     * <p>Of all transactions only the relay's waits for the broker in its midst, so it alone may idle for longer than what
     * the pool's connections allow.
     */
    private boolean hold() {
        return sql.statement("""
                SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.outbox', 0)) AS held,
                       set_config('idle_in_transaction_session_timeout', '120s', true)
                """).one(row -> row.bool("held"));
    }

    private static OutboxMessage message(Row row) {
        return new OutboxMessage(
                row.uuid("id"),
                new OrderId(row.uuid("order_id")),
                row.text("type"),
                row.text("body"),
                Headers.read(row.text("headers")));
    }

    /** Clocks of two processes differ; nothing is younger than new. */
    private static Duration age(Instant oldest, Instant now) {
        return oldest.isBefore(now) ? Duration.between(oldest, now) : Duration.ZERO;
    }
}
