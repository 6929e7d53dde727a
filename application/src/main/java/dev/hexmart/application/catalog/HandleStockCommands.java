package dev.hexmart.application.catalog;

import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.catalog.Reservation.Committed;
import dev.hexmart.domain.catalog.Reservation.Held;
import dev.hexmart.domain.catalog.Reservation.Rejected;
import dev.hexmart.domain.catalog.Reservation.Released;
import dev.hexmart.domain.catalog.StockKeeping;
import dev.hexmart.domain.catalog.StockKeeping.Decision;
import dev.hexmart.domain.messages.StockCommand;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Use case, driven by messages: reserve, sell and release stock as the orders say. */
public final class HandleStockCommands implements MessageHandler<StockCommand> {

    private final Transactor<? extends CatalogStore> transactor;
    private final InstantSource clock;

    public HandleStockCommands(Transactor<? extends CatalogStore> transactor, InstantSource clock) {
        this.transactor = transactor;
        this.clock = clock;
    }

    @Override
    public void handle(Received<StockCommand> received) {
        handleTogether(Batch.of(received));
    }

    @Override
    public void handleTogether(Batch<StockCommand> batch) {
        Instant now = clock.instant();
        transactor.inTransaction(store -> {
            Batch<StockCommand> fresh = batch.only(store.inbox().record(batch.ids()));
            Map<OrderId, Reservation> reservations = store.reservations().lock(fresh.orders());
            // All at once, since products are locked in a fixed order only within one call.
            store.stock().lock(products(fresh.messages(), reservations.values()));
            fresh.each(command -> {
                Decision decision = decide(store, reservations, command, now);
                store.stock().apply(decision.movements());
                decision.next().ifPresent(store.reservations()::save);
                store.outbox().append(decision.answers());
            });
            return fresh;
        });
    }

    private static Decision decide(
            CatalogStore store, Map<OrderId, Reservation> reservations, StockCommand command, Instant now) {
        Optional<Reservation> current = Optional.ofNullable(reservations.get(command.order()));
        return switch (command) {
            case ReserveStock reserve ->
                StockKeeping.reserve(current, reserve, store.stock().lock(products(reserve.lines())), now);
            case CommitStock commit -> StockKeeping.commit(current, commit, now);
            case ReleaseStock release -> StockKeeping.release(current, release, now);
        };
    }

    /** All whose stock any of the commands can change. */
    private static Set<ProductId> products(List<StockCommand> commands, Collection<Reservation> reservations) {
        Set<ProductId> products = new HashSet<>();
        for (StockCommand command : commands) {
            if (command instanceof ReserveStock reserve) {
                products.addAll(products(reserve.lines()));
            }
        }
        for (Reservation reservation : reservations) {
            switch (reservation) {
                case Held held -> products.addAll(products(held.lines()));
                case Committed committed -> products.addAll(products(committed.lines()));
                case Rejected _, Released _ -> {}
            }
        }
        return products;
    }

    private static List<ProductId> products(List<LineItem> lines) {
        return lines.stream().map(LineItem::product).toList();
    }
}
