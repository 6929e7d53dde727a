package dev.hexmart.application.catalog;

import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockKeeping;
import dev.hexmart.domain.catalog.StockKeeping.Decision;
import dev.hexmart.domain.messages.ForCatalog;
import dev.hexmart.domain.messages.ForCatalog.CommitStock;
import dev.hexmart.domain.messages.ForCatalog.ReleaseStock;
import dev.hexmart.domain.messages.ForCatalog.ReserveStock;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Use case, driven by messages: reserve, sell and release stock as the orders say. */
public final class KeepStock implements MessageHandler<ForCatalog> {

    private final Transactor<? extends CatalogStore> transactor;
    private final InstantSource clock;

    public KeepStock(Transactor<? extends CatalogStore> transactor, InstantSource clock) {
        this.transactor = transactor;
        this.clock = clock;
    }

    @Override
    public void handle(Received<ForCatalog> received) {
        Instant now = clock.instant();
        transactor.inTransaction(store -> {
            if (store.inbox().record(received.id())) {
                Decision decision = decide(store, received.message(), now);
                store.stock().apply(decision.movements());
                decision.next().ifPresent(store.reservations()::save);
                store.outbox().append(decision.answers());
            }
            return received.id();
        });
    }

    private static Decision decide(CatalogStore store, ForCatalog command, Instant now) {
        Optional<Reservation> current = store.reservations().lock(command.order());
        return switch (command) {
            case ReserveStock reserve -> StockKeeping.reserve(current, reserve, stock(store, reserve), now);
            case CommitStock commit -> StockKeeping.commit(current, commit, now);
            case ReleaseStock release -> StockKeeping.release(current, release, now);
        };
    }

    private static Map<ProductId, Stock> stock(CatalogStore store, ReserveStock command) {
        List<ProductId> products =
                command.lines().stream().map(LineItem::product).toList();
        return store.stock().lock(products);
    }
}
