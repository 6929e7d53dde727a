package dev.hexmart.adapter.postgres.ordering;

import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresTransactor;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.adapter.postgres.messaging.MessageMetadata;
import dev.hexmart.adapter.postgres.messaging.PostgresIdempotencyKeys;
import dev.hexmart.adapter.postgres.messaging.PostgresInbox;
import dev.hexmart.adapter.postgres.messaging.PostgresOutbox;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.application.ordering.OrderRepository;
import dev.hexmart.application.ordering.OrderedCarts;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.transaction.Transactor;
import java.util.Map;

/** The ordering context's tables, in one transaction. */
public record PostgresOrderingStore(
        OrderRepository orders, OrderedCarts orderedCarts, IdempotencyKeys idempotencyKeys, Outbox outbox, Inbox inbox)
        implements OrderingStore {

    /** What stands behind the ports that a transaction reaches. */
    public static final Map<Class<?>, Class<?>> ADAPTERS = Map.of(
            OrderRepository.class, PostgresOrderRepository.class,
            OrderedCarts.class, PostgresOrderedCarts.class,
            IdempotencyKeys.class, PostgresIdempotencyKeys.class,
            Outbox.class, PostgresOutbox.class,
            Inbox.class, PostgresInbox.class);

    public static Transactor<OrderingStore> transactor(PostgresDatabase database, MessageMetadata metadata) {
        return new PostgresTransactor<>(database, sql -> in(sql, metadata));
    }

    private static PostgresOrderingStore in(Sql sql, MessageMetadata metadata) {
        return new PostgresOrderingStore(
                new PostgresOrderRepository(sql, metadata.trace()),
                new PostgresOrderedCarts(sql),
                new PostgresIdempotencyKeys(sql),
                new PostgresOutbox(sql, metadata),
                new PostgresInbox(sql));
    }
}
