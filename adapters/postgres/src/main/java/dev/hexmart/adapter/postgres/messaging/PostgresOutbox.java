package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.json.MessageCodec;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.adapter.postgres.Topic;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.domain.messages.Message;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** The outbox of one context, in one transaction. */
public final class PostgresOutbox implements Outbox {

    private final Sql sql;
    private final MessageStamp stamp;

    public PostgresOutbox(Sql sql, MessageStamp stamp) {
        this.sql = sql;
        this.stamp = stamp;
    }

    @Override
    public void append(Message message) {
        UUID id = stamp.ids().get();
        Instant now = stamp.clock().instant();
        Map<String, String> headers = stamp.trace().creating(id, MessageCodec.type(message));
        sql.statement("""
                INSERT INTO outbox (id, order_id, type, body, headers, appended_at)
                VALUES (:id, :order, :type, :body, :headers, :now)
                """)
                .with("id", id)
                .with("order", message.order().value())
                .with("type", MessageCodec.type(message))
                .with("body", MessageCodec.encode(id, message, now, headers))
                .with("headers", Headers.write(headers))
                .with("now", now)
                .update();
        sql.announce(Topic.OUTBOX, "");
    }
}
