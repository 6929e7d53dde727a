package dev.hexmart.adapter.postgres.payment;

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
import dev.hexmart.application.payment.PaymentRepository;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.transaction.Transactor;
import java.util.Map;

/** The payment context's tables, in one transaction. */
public record PostgresPaymentStore(
        PaymentRepository payments, IdempotencyKeys idempotencyKeys, Outbox outbox, Inbox inbox)
        implements PaymentStore {

    /** What stands behind the ports that a transaction reaches. */
    public static final Map<Class<?>, Class<?>> ADAPTERS = Map.of(
            PaymentRepository.class, PostgresPaymentRepository.class,
            IdempotencyKeys.class, PostgresIdempotencyKeys.class,
            Outbox.class, PostgresOutbox.class,
            Inbox.class, PostgresInbox.class);

    public static Transactor<PaymentStore> transactor(PostgresDatabase database, MessageMetadata metadata) {
        return new PostgresTransactor<>(database, sql -> in(sql, metadata));
    }

    private static PostgresPaymentStore in(Sql sql, MessageMetadata metadata) {
        return new PostgresPaymentStore(
                new PostgresPaymentRepository(sql),
                new PostgresIdempotencyKeys(sql),
                new PostgresOutbox(sql, metadata),
                new PostgresInbox(sql));
    }
}
