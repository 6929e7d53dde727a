package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresTransactor;
import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.messaging.ParkingLot;
import dev.hexmart.application.transaction.Transactor;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The parked messages of one context; each call is a transaction of its own. */
public final class PostgresParkingLot implements ParkingLot {

    private final Transactor<Sql> transactor;

    public PostgresParkingLot(PostgresDatabase database) {
        this.transactor = new PostgresTransactor<>(database, Function.identity());
    }

    @Override
    public void park(ParkedMessage message) {
        transactor.inTransaction(sql -> sql.statement("""
            INSERT INTO parked_message (id, type, body, headers, reason, parked_at)
            VALUES (:id, :type, :body, :headers, :reason, :at)
            ON CONFLICT (id) DO UPDATE SET reason = excluded.reason
            """)
                .with("id", message.id())
                .with("type", message.type())
                .with("body", message.body())
                .with("headers", Headers.write(message.headers()))
                .with("reason", message.reason())
                .with("at", message.at())
                .update());
    }

    @Override
    public List<ParkedMessage> list(int limit) {
        return transactor.reading(sql -> sql.statement("""
            SELECT id, type, body, CAST(headers AS text) AS headers, reason, parked_at
            FROM parked_message
            ORDER BY parked_at, id
            LIMIT :limit
            """).with("limit", limit).list(PostgresParkingLot::message));
    }

    @Override
    public Optional<ParkedMessage> find(UUID id) {
        return transactor.reading(sql -> sql.statement("""
            SELECT id, type, body, CAST(headers AS text) AS headers, reason, parked_at
            FROM parked_message
            WHERE id = :id
            """).with("id", id).first(PostgresParkingLot::message));
    }

    @Override
    public void remove(UUID id) {
        transactor.inTransaction(sql -> sql.statement("DELETE FROM parked_message WHERE id = :id")
                .with("id", id)
                .update());
    }

    /** How many messages are parked. */
    public long count() {
        return transactor.reading(sql ->
                sql.statement("SELECT count(*) AS parked FROM parked_message").one(row -> row.bigint("parked")));
    }

    private static ParkedMessage message(Row row) {
        return new ParkedMessage(
                row.uuid("id"),
                row.text("type"),
                row.text("body"),
                Headers.read(row.text("headers")),
                row.text("reason"),
                row.instant("parked_at"));
    }
}
