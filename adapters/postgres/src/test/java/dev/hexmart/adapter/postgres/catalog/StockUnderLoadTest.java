package dev.hexmart.adapter.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.catalog.AddProduct;
import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.HandleStockCommands;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.messages.StockCommand;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many who want the same few pieces. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StockUnderLoadTest {

    private static final int BUYERS = 400;
    private static final int PIECES = 100;

    private final Transactor<CatalogStore> transactor =
            PostgresCatalogStore.transactor(TestServer.database("catalog"), TestServer.metadata());
    private final HandleStockCommands keepStock = new HandleStockCommands(transactor, Clock.systemUTC());

    @Test
    void ofFourHundredBuyersOfAHundredPiecesExactlyAHundredAreServed() {
        ProductId product = onOffer(PIECES);
        List<OrderId> orders = AtOnce.times(BUYERS, () -> {
            OrderId order = Purchases.newOrder();
            Received<StockCommand> command = command(order, product);
            AtOnce.insisting(() -> handle(command));
            return order;
        });
        assertThat(orders.stream().filter(order -> reservation(order) instanceof Reservation.Held))
                .hasSize(PIECES);
        assertThat(orders.stream().filter(order -> reservation(order) instanceof Reservation.Rejected))
                .hasSize(BUYERS - PIECES);
        assertThat(stock(product)).isEqualTo(new Stock(product, 0, PIECES));
        List<StockMovement> ledger =
                transactor.inTransaction(store -> store.stock().ledger(product, BUYERS));
        assertThat(ledger.stream().mapToInt(StockMovement::available).sum()).isZero();
        assertThat(ledger.stream().mapToInt(StockMovement::reserved).sum()).isEqualTo(PIECES);
    }

    @Test
    void aWishThatIsDeliveredManyTimesAtOnceReservesOnce() {
        ProductId product = onOffer(PIECES);
        Received<StockCommand> command = command(Purchases.newOrder(), product);
        AtOnce.times(16, () -> AtOnce.insisting(() -> handle(command)));
        assertThat(stock(product)).isEqualTo(new Stock(product, PIECES - 1, 1));
    }

    private ProductId onOffer(int pieces) {
        Product product = Products.kettle();
        new AddProduct(transactor, Products.CURRENCIES, product::id, Clock.systemUTC())
                .add(Callers.employee(), product.details(), pieces);
        return product.id();
    }

    private static Received<StockCommand> command(OrderId order, ProductId product) {
        return new Received<>(
                UUID.randomUUID(), new ReserveStock(order, List.of(new LineItem(product, Quantity.of(1)))));
    }

    private boolean handle(Received<StockCommand> received) {
        keepStock.handle(received);
        return true;
    }

    private Reservation reservation(OrderId order) {
        return transactor.inTransaction(
                store -> store.reservations().lock(order).orElseThrow());
    }

    private Stock stock(ProductId product) {
        return transactor.inTransaction(
                store -> store.stock().lock(List.of(product)).get(product));
    }
}
