package dev.hexmart.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.Quantity;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final ProductId kettle = new ProductId(UUID.randomUUID());
    private final OrderId order = new OrderId(UUID.randomUUID());
    private final LineItem two = new LineItem(kettle, Quantity.of(2));

    @Test
    void eachMovementChangesTheLevelsByWhatItMeans() {
        Stock stock = new Stock(kettle, 10, 5);
        assertThat(stock.after(adjusted(3))).contains(new Stock(kettle, 13, 5));
        assertThat(stock.after(adjusted(-10))).contains(new Stock(kettle, 0, 5));
        assertThat(stock.after(StockMovement.reserved(two, order, NOON))).contains(new Stock(kettle, 8, 7));
        assertThat(stock.after(StockMovement.released(two, order, NOON))).contains(new Stock(kettle, 12, 3));
        assertThat(stock.after(StockMovement.sold(two, order, NOON))).contains(new Stock(kettle, 10, 3));
        assertThat(stock.after(StockMovement.returned(two, order, NOON))).contains(new Stock(kettle, 12, 5));
    }

    @Test
    void neitherLevelIsEverBelowZero() {
        Stock stock = new Stock(kettle, 1, 1);
        assertThat(stock.after(adjusted(-2))).isEmpty();
        assertThat(stock.after(StockMovement.reserved(two, order, NOON))).isEmpty();
        assertThat(stock.after(StockMovement.released(two, order, NOON))).isEmpty();
        assertThat(stock.after(StockMovement.sold(two, order, NOON))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Stock(kettle, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Stock(kettle, 0, -1));
    }

    @Test
    void stockAboveTheMaximumIsRefused() {
        Stock full = new Stock(kettle, Stock.MAX, 5);
        assertThat(full.after(adjusted(1))).isEmpty();
        assertThat(new Stock(kettle, 1, 0).after(adjusted(Stock.MAX))).isEmpty();
        assertThat(full.after(adjusted(-1))).contains(new Stock(kettle, Stock.MAX - 1, 5));
    }

    @Test
    void releasedPiecesAreAddedAboveTheMaximum() {
        Stock full = new Stock(kettle, Stock.MAX, 5);
        Stock overfull = full.after(StockMovement.released(two, order, NOON)).orElseThrow();
        assertThat(overfull).isEqualTo(new Stock(kettle, Stock.MAX + 2, 3));
        assertThat(full.after(StockMovement.returned(two, order, NOON))).contains(new Stock(kettle, Stock.MAX + 2, 5));
        assertThat(overfull.after(adjusted(1))).isEmpty();
        assertThat(overfull.after(adjusted(-1))).contains(new Stock(kettle, Stock.MAX + 1, 3));
    }

    @Test
    void aMovementOfAnotherProductIsAMistake() {
        Stock other = Stock.none(new ProductId(UUID.randomUUID()));
        assertThatIllegalArgumentException().isThrownBy(() -> other.after(adjusted(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Stock.MAX + 1, -Stock.MAX - 1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void anAdjustmentThatMakesNoSenseIsRefused(int delta) {
        assertThatIllegalArgumentException().isThrownBy(() -> adjusted(delta));
    }

    @Test
    void stockMovementNeedsAReason() {
        assertThat(StockMovement.adjusted(kettle, 1, "x".repeat(StockMovement.MAX_REASON), NOON)
                        .reason())
                .hasSize(StockMovement.MAX_REASON);
        assertThatIllegalArgumentException().isThrownBy(() -> StockMovement.adjusted(kettle, 1, " ", NOON));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StockMovement.adjusted(kettle, 1, "x".repeat(StockMovement.MAX_REASON + 1), NOON));
    }

    private StockMovement adjusted(int delta) {
        return StockMovement.adjusted(kettle, delta, "counted", NOON);
    }
}
