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
 * may commit later, and a relay that remembers the highest number seen would miss it.
 *
 * <p>Commits of claims and marks wait for no disk ({@code synchronous_commit}): what a crash of the server takes back is sent
 * twice, and its receivers know it by its id.
 */
public final class PostgresOutboxQueue implements OutboxQueue {

    private final Sql sql;

    public PostgresOutboxQueue(Sql sql) {
        this.sql = sql;
    }

    public static Transactor<OutboxQueue> transactor(PostgresDatabase database) {
        return new PostgresTransactor<>(database, PostgresOutboxQueue::new);
    }

    /**
     * A claim is a time before which the message is not handed out again, the same column that puts off what was refused.
     *
     * <p>Of two claims at once, the second passes over the rows that the first has locked; and no row is taken that follows
     * an unsent one about its order, claimed or not, so the passing over never changes the order of messages.
     */
    @Override
    public List<OutboxMessage> claim(int limit, Instant now, Instant until) {
        return sql.statement("""
            WITH claimed AS (
                UPDATE outbox SET put_off_until = :until
                FROM (SELECT set_config('synchronous_commit', 'off', true)) AS setting
                WHERE seq IN (
                    SELECT seq FROM outbox AS message
                    WHERE sent_at IS NULL
                      AND (put_off_until IS NULL OR put_off_until <= :now)
                      AND NOT EXISTS (
                        SELECT FROM outbox AS earlier
                        WHERE earlier.order_id = message.order_id
                          AND earlier.seq < message.seq
                          AND earlier.sent_at IS NULL)
                    ORDER BY seq
                    LIMIT :limit
                    FOR UPDATE SKIP LOCKED)
                RETURNING seq, id, order_id, type, body, CAST(headers AS text) AS headers)
            SELECT id, order_id, type, body, headers FROM claimed ORDER BY seq
            """)
                .with("now", now)
                .with("until", until)
                .with("limit", limit)
                .list(PostgresOutboxQueue::message);
    }

    @Override
    public void markSent(Collection<UUID> ids, Instant at) {
        sql.statement("""
            UPDATE outbox SET sent_at = :at
            FROM (SELECT set_config('synchronous_commit', 'off', true)) AS setting
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
