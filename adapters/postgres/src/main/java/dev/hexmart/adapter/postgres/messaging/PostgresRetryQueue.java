package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresTransactor;
import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.messaging.RetryQueue;
import dev.hexmart.application.transaction.Transactor;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The messages of one context that wait for another attempt; each call is a transaction of its own. */
public final class PostgresRetryQueue implements RetryQueue {

    private final Transactor<Sql> transactor;

    public PostgresRetryQueue(PostgresDatabase database) {
        this.transactor = new PostgresTransactor<>(database, Function.identity());
    }

    @Override
    public void add(WaitingMessage message, Instant due) {
        transactor.inTransaction(sql -> insert(sql, message, due));
    }

    @Override
    public Optional<WaitingMessage> take(Instant now, Instant until) {
        return transactor.inTransaction(
                sql -> sql.statement("""
                    UPDATE waiting_message
                    SET attempts = attempts + 1, due_at = :until
                    WHERE id = (
                        SELECT id FROM waiting_message
                        WHERE due_at <= :now
                        ORDER BY due_at, id
                        LIMIT 1
                        FOR UPDATE SKIP LOCKED)
                    RETURNING id, type, body, CAST(headers AS text) AS headers, attempts, outages, reason
                    """).with("now", now).with("until", until).first(PostgresRetryQueue::message));
    }

    @Override
    public void putBack(WaitingMessage message, Instant due) {
        transactor.inTransaction(sql -> sql.statement("""
            UPDATE waiting_message
            SET attempts = :attempts, outages = :outages, reason = :reason, due_at = :due
            WHERE id = :id
            """)
                .with("id", message.id())
                .with("attempts", message.attempts())
                .with("outages", message.outages())
                .with("reason", message.reason())
                .with("due", due)
                .update());
    }

    @Override
    public void remove(UUID id) {
        transactor.inTransaction(sql -> remove(sql, id));
    }

    @Override
    public long size() {
        return transactor.reading(sql ->
                sql.statement("SELECT count(*) AS waiting FROM waiting_message").one(row -> row.bigint("waiting")));
    }

    /** By storing one: a database that can be read but not written, such as a standby or one without space, is no help. */
    @Override
    public void check() {
        WaitingMessage nothing = new WaitingMessage(UUID.randomUUID(), "", "", Map.of(), 0, 0, "");
        transactor.inTransaction(sql -> {
            insert(sql, nothing, Instant.EPOCH);
            return remove(sql, nothing.id());
        });
    }

    private static int insert(Sql sql, WaitingMessage message, Instant due) {
        return sql.statement("""
            INSERT INTO waiting_message (id, type, body, headers, attempts, outages, reason, due_at)
            VALUES (:id, :type, :body, :headers, :attempts, :outages, :reason, :due)
            ON CONFLICT DO NOTHING
            """)
                .with("id", message.id())
                .with("type", message.type())
                .with("body", message.body())
                .with("headers", Headers.write(message.headers()))
                .with("attempts", message.attempts())
                .with("outages", message.outages())
                .with("reason", message.reason())
                .with("due", due)
                .update();
    }

    private static int remove(Sql sql, UUID id) {
        return sql.statement("DELETE FROM waiting_message WHERE id = :id")
                .with("id", id)
                .update();
    }

    private static WaitingMessage message(Row row) {
        return new WaitingMessage(
                row.uuid("id"),
                row.text("type"),
                row.text("body"),
                Headers.read(row.text("headers")),
                row.integer("attempts"),
                row.integer("outages"),
                row.text("reason"));
    }
}
