package dev.hexmart.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.messages.CheckoutEvent.StockRejected;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.messages.StockCommand;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HandleStockCommandsTest {

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryCatalog catalog = InMemoryCatalog.create();
    private final HandleStockCommands keeping = new HandleStockCommands(catalog.transactor(), clock);
    private final ProductId kettle = Products.added(
                    new AddProduct(catalog.transactor(), Products.CURRENCIES, Products::newProduct, clock),
                    Products.kettleDetails(),
                    10)
            .product()
            .id();
    private final OrderId order = Purchases.newOrder();

    @Test
    void orderedStockIsReserved() {
        handle(reserve(order, 4));
        assertThat(stock()).isEqualTo(new Stock(kettle, 6, 4));
        assertThat(catalog.outgoing()).containsExactly(new StockReserved(order));
    }

    @Test
    void missingStockIsNotReserved() {
        handle(reserve(order, 11));
        assertThat(stock()).isEqualTo(new Stock(kettle, 10, 0));
        assertThat(catalog.outgoing()).containsExactly(new StockRejected(order, List.of(kettle)));
    }

    @Test
    void committedStockIsSold() {
        handle(reserve(order, 4));
        handle(new CommitStock(order));
        assertThat(stock()).isEqualTo(new Stock(kettle, 6, 0));
    }

    @Test
    void releasedStockIsAvailable() {
        handle(reserve(order, 10));
        handle(new ReleaseStock(order));
        assertThat(stock()).isEqualTo(new Stock(kettle, 10, 0));
        OrderId other = Purchases.newOrder();
        handle(reserve(other, 10));
        assertThat(catalog.outgoing()).last().isEqualTo(new StockReserved(other));
    }

    @Test
    void returnedStockIsAvailable() {
        handle(reserve(order, 4));
        handle(new CommitStock(order));
        handle(new ReleaseStock(order));
        assertThat(stock()).isEqualTo(new Stock(kettle, 10, 0));
    }

    @Test
    void aMessageThatIsDeliveredTwiceHasItsEffectOnce() {
        Received<StockCommand> reserve = new Received<>(UUID.randomUUID(), reserve(order, 4));
        Received<StockCommand> release = new Received<>(UUID.randomUUID(), new ReleaseStock(order));
        keeping.handle(reserve);
        keeping.handle(reserve);
        assertThat(stock()).isEqualTo(new Stock(kettle, 6, 4));
        assertThat(catalog.outgoing()).hasSize(1);
        keeping.handle(release);
        keeping.handle(reserve);
        keeping.handle(release);
        assertThat(stock()).isEqualTo(new Stock(kettle, 10, 0));
    }

    @Test
    void aWishThatIsSentTwiceIsAnsweredTwiceAndHasItsEffectOnce() {
        handle(reserve(order, 4));
        handle(reserve(order, 4));
        assertThat(stock()).isEqualTo(new Stock(kettle, 6, 4));
        assertThat(catalog.outgoing()).containsExactly(new StockReserved(order), new StockReserved(order));
    }

    @Test
    void aReservationThatComesAfterItsReleaseHoldsNothing() {
        handle(new ReleaseStock(order));
        handle(reserve(order, 4));
        handle(new CommitStock(order));
        assertThat(stock()).isEqualTo(new Stock(kettle, 10, 0));
        assertThat(catalog.outgoing()).isEmpty();
    }

    @Test
    void concurrentOrdersNeverExceedTheStock() {
        AtOnce.times(30, () -> {
            OrderId one = Purchases.newOrder();
            handle(reserve(one, 1));
            return one;
        });
        assertThat(stock()).isEqualTo(new Stock(kettle, 0, 10));
        assertThat(catalog.outgoing().stream().filter(StockReserved.class::isInstance))
                .hasSize(10);
        assertThat(catalog.outgoing().stream().filter(StockRejected.class::isInstance))
                .hasSize(20);
    }

    @Test
    void concurrentDeliveriesHaveOneEffect() {
        Received<StockCommand> reserve = new Received<>(UUID.randomUUID(), reserve(order, 4));
        AtOnce.times(8, () -> {
            keeping.handle(reserve);
            return order;
        });
        assertThat(stock()).isEqualTo(new Stock(kettle, 6, 4));
        assertThat(catalog.outgoing()).hasSize(1);
    }

    @Test
    void commandsOfABatchSeeEarlierReservations() {
        List<OrderId> orders = List.of(Purchases.newOrder(), Purchases.newOrder(), Purchases.newOrder());
        handle(reserve(order, 2));
        List<Received<StockCommand>> received = new ArrayList<>();
        orders.forEach(by -> received.add(new Received<>(UUID.randomUUID(), reserve(by, 4))));
        received.add(new Received<>(UUID.randomUUID(), new CommitStock(order)));
        Batch<StockCommand> batch = Batch.of(received, (_, work) -> work.run());
        keeping.handleTogether(batch);
        keeping.handleTogether(batch);
        assertThat(stock()).isEqualTo(new Stock(kettle, 0, 8));
        assertThat(catalog.outgoing())
                .containsExactlyInAnyOrder(
                        new StockReserved(order),
                        new StockReserved(orders.get(0)),
                        new StockReserved(orders.get(1)),
                        new StockRejected(orders.get(2), List.of(kettle)));
    }

    private ReserveStock reserve(OrderId by, int pieces) {
        return new ReserveStock(by, List.of(new LineItem(kettle, Quantity.of(pieces))));
    }

    private void handle(StockCommand message) {
        keeping.handle(new Received<>(UUID.randomUUID(), message));
    }

    private Stock stock() {
        return catalog.transactor()
                .inTransaction(store -> store.stock().lock(List.of(kettle)))
                .values()
                .iterator()
                .next();
    }
}
