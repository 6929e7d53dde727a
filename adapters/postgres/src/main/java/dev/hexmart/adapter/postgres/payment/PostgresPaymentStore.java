package dev.hexmart.adapter.postgres.payment;

import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresTransactor;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.adapter.postgres.messaging.MessageStamp;
import dev.hexmart.adapter.postgres.messaging.PostgresIdempotencyKeys;
import dev.hexmart.adapter.postgres.messaging.PostgresInbox;
import dev.hexmart.adapter.postgres.messaging.PostgresOutbox;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.application.payment.PaymentRepository;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.transaction.Transactor;

/** The payment context's tables, in one transaction. */
public record PostgresPaymentStore(
        PaymentRepository payments, IdempotencyKeys idempotencyKeys, Outbox outbox, Inbox inbox)
        implements PaymentStore {

    public static Transactor<PaymentStore> transactor(PostgresDatabase database, MessageStamp stamp) {
        return new PostgresTransactor<>(database, sql -> in(sql, stamp));
    }

    private static PostgresPaymentStore in(Sql sql, MessageStamp stamp) {
        return new PostgresPaymentStore(
                new PostgresPaymentRepository(sql),
                new PostgresIdempotencyKeys(sql),
                new PostgresOutbox(sql, stamp),
                new PostgresInbox(sql));
    }
}
