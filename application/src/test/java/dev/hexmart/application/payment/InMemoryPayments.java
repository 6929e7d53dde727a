package dev.hexmart.application.payment;

import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.idempotency.InMemoryIdempotencyKeys;
import dev.hexmart.application.idempotency.OperationKey;
import dev.hexmart.application.messaging.InMemoryMailbox;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.application.messaging.OutboxQueue;
import dev.hexmart.application.transaction.InMemoryDatabase;
import dev.hexmart.application.transaction.InMemoryTable;
import dev.hexmart.application.transaction.InMemoryTransaction;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.shared.OrderId;
import java.time.InstantSource;
import java.util.List;

/** The payment context's database in memory. */
public final class InMemoryPayments {

    private final InMemoryDatabase database = new InMemoryDatabase();
    private final InMemoryTable<OrderId, Payment> payments = new InMemoryTable<>();
    private final InMemoryTable<OperationKey, InMemoryIdempotencyKeys.Entry> keys = new InMemoryTable<>();
    private final InMemoryMailbox mailbox;

    public InMemoryPayments(InMemoryMessages messages, InstantSource clock) {
        this.mailbox = new InMemoryMailbox(messages, clock);
    }

    public static InMemoryPayments create() {
        return new InMemoryPayments(InMemoryMessages.create(), InstantSource.system());
    }

    public Transactor<PaymentStore> transactor() {
        return database.transactor(this::store);
    }

    public Transactor<OutboxQueue> queue() {
        return database.transactor(mailbox::queue);
    }

    /** What waits in the outbox, oldest first. */
    public List<Message> outgoing() {
        return mailbox.outgoing(queue());
    }

    private PaymentStore store(InMemoryTransaction transaction) {
        return new Store(
                new InMemoryPaymentRepository(transaction.rows(payments)),
                new InMemoryIdempotencyKeys(transaction, keys),
                mailbox.outbox(transaction),
                mailbox.inbox(transaction));
    }

    private record Store(PaymentRepository payments, IdempotencyKeys idempotencyKeys, Outbox outbox, Inbox inbox)
            implements PaymentStore {}
}
