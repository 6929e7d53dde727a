package dev.hexmart.application.ordering;

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
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import java.time.InstantSource;
import java.util.List;

/** The ordering context's database in memory. */
public final class InMemoryOrdering {

    private final InMemoryDatabase database = new InMemoryDatabase();
    private final InMemoryTable<OrderId, Order> orders = new InMemoryTable<>();
    private final InMemoryTable<OperationKey, InMemoryIdempotencyKeys.Entry> keys = new InMemoryTable<>();
    private final InMemoryTable<InMemoryOrderedCarts.Key, OrderId> carts = new InMemoryTable<>();
    private final InMemoryTable<CustomerId, Integer> counts = new InMemoryTable<>();
    private final InMemoryMailbox mailbox;
    private final InMemoryOrderChanges changes = new InMemoryOrderChanges();

    public InMemoryOrdering(InMemoryMessages messages, InstantSource clock) {
        this.mailbox = new InMemoryMailbox(messages, clock);
    }

    public static InMemoryOrdering create() {
        return new InMemoryOrdering(InMemoryMessages.create(), InstantSource.system());
    }

    public Transactor<OrderingStore> transactor() {
        return database.transactor(this::store);
    }

    public Transactor<OutboxQueue> queue() {
        return database.transactor(mailbox::queue);
    }

    /** What waits in the outbox, oldest first. */
    public List<Message> outgoing() {
        return mailbox.outgoing(queue());
    }

    public OrderChanges changes() {
        return changes;
    }

    private OrderingStore store(InMemoryTransaction transaction) {
        return new Store(
                new InMemoryOrderRepository(
                        transaction.rows(orders),
                        transaction.rows(counts),
                        order -> transaction.afterCommit(() -> changes.tell(order))),
                new InMemoryOrderedCarts(transaction.rows(carts)),
                new InMemoryIdempotencyKeys(transaction, keys),
                mailbox.outbox(transaction),
                mailbox.inbox(transaction));
    }

    private record Store(
            OrderRepository orders,
            OrderedCarts orderedCarts,
            IdempotencyKeys idempotencyKeys,
            Outbox outbox,
            Inbox inbox)
            implements OrderingStore {}
}
