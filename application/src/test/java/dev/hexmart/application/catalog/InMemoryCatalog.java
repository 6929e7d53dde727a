package dev.hexmart.application.catalog;

import dev.hexmart.application.messaging.InMemoryMailbox;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.application.messaging.OutboxQueue;
import dev.hexmart.application.transaction.InMemoryDatabase;
import dev.hexmart.application.transaction.InMemoryTable;
import dev.hexmart.application.transaction.InMemoryTransaction;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.time.InstantSource;
import java.util.List;

/** The catalog's database in memory. */
public final class InMemoryCatalog {

    private final InMemoryDatabase database = new InMemoryDatabase();
    private final InMemoryTable<ProductId, Product> products = new InMemoryTable<>();
    private final InMemoryTable<Category, InMemoryCategoryRepository.Named> categories = new InMemoryTable<>();
    private final InMemoryTable<ProductId, Stock> stock = new InMemoryTable<>();
    private final InMemoryTable<ProductId, List<StockMovement>> ledger = new InMemoryTable<>();
    private final InMemoryTable<OrderId, Reservation> reservations = new InMemoryTable<>();
    private final InMemoryMailbox mailbox;
    private final InMemoryCatalogChanges changes = new InMemoryCatalogChanges();

    public InMemoryCatalog(InMemoryMessages messages, InstantSource clock) {
        this.mailbox = new InMemoryMailbox(messages, clock);
    }

    public static InMemoryCatalog create() {
        return new InMemoryCatalog(InMemoryMessages.create(), InstantSource.system());
    }

    public Transactor<CatalogStore> transactor() {
        return database.transactor(this::store);
    }

    public Transactor<OutboxQueue> queue() {
        return database.transactor(mailbox::queue);
    }

    /** What waits in the outbox, oldest first. */
    public List<Message> outgoing() {
        return mailbox.outgoing(queue());
    }

    public InMemoryCatalogChanges changes() {
        return changes;
    }

    private CatalogStore store(InMemoryTransaction transaction) {
        var stockRows = transaction.rows(stock);
        var productRows = transaction.rows(products);
        Runnable anythingChanged = () -> transaction.afterCommit(changes::tellOfAnything);
        return new Store(
                new InMemoryProductRepository(productRows, stockRows, anythingChanged),
                new InMemoryCategoryRepository(productRows, transaction.rows(categories), anythingChanged),
                new InMemoryStockRepository(
                        stockRows,
                        transaction.rows(ledger),
                        product -> transaction.afterCommit(() -> changes.tellOfStock(product))),
                new InMemoryReservationRepository(transaction.rows(reservations)),
                mailbox.outbox(transaction),
                mailbox.inbox(transaction));
    }

    private record Store(
            ProductRepository products,
            CategoryRepository categories,
            StockRepository stock,
            ReservationRepository reservations,
            Outbox outbox,
            Inbox inbox)
            implements CatalogStore {}
}
