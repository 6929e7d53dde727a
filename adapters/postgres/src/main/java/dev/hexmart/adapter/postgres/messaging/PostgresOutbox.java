package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.adapter.postgres.Topic;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The outbox of one context, in one transaction. */
public final class PostgresOutbox implements Outbox {

    private final Sql sql;
    private final MessageMetadata metadata;
    private final Sql.Pending<Row> rows;

    public PostgresOutbox(Sql sql, MessageMetadata metadata) {
        this.sql = sql;
        this.metadata = metadata;
        this.rows = sql.pending(this::insert);
    }

    @Override
    public void append(Message message) {
        UUID id = metadata.ids().get();
        Instant now = metadata.clock().instant();
        String type = MessageCodec.type(message);
        Map<String, String> headers = metadata.trace().creating(id, type);
        rows.add(new Row(
                id,
                message.order(),
                type,
                MessageCodec.encode(id, message, now, headers),
                Headers.write(headers),
                now));
        sql.announce(Topic.OUTBOX, "");
    }

    private void insert(List<Row> appended) {
        sql.statement("""
            INSERT INTO outbox (id, order_id, type, body, headers, appended_at)
            SELECT id, order_id, type, body, CAST(headers AS json), appended_at
            FROM unnest(CAST(:ids AS uuid[]), CAST(:orders AS uuid[]), CAST(:types AS text[]), CAST(:bodies AS text[]),
                        CAST(:headers AS text[]), CAST(:times AS timestamptz[]))
                WITH ORDINALITY AS message (id, order_id, type, body, headers, appended_at, place)
            ORDER BY place
            """)
                .with("ids", each(appended, Row::id))
                .with("orders", each(appended, Row::order))
                .with("types", each(appended, Row::type))
                .with("bodies", each(appended, Row::body))
                .with("headers", each(appended, Row::headers))
                .with("times", each(appended, Row::at))
                .update();
    }

    private static <T> List<T> each(List<Row> rows, Function<Row, T> column) {
        return rows.stream().map(column).toList();
    }

    private record Row(UUID id, OrderId order, String type, String body, String headers, Instant at) {}
}
