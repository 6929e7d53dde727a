package dev.hexmart.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.catalog.StockMovement.Kind;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link StockRepository} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StockRepositoryContract {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final ProductId kettle = Products.newProduct();
    private final ProductId toaster = Products.newProduct();

    protected abstract Transactor<CatalogStore> transactor();

    @Test
    void aProductThatNeverHadStockIsMissingInTheAnswer() {
        open(kettle);
        assertThat(stock(kettle, toaster)).containsExactly(Map.entry(kettle, Stock.none(kettle)));
        assertThat(stock()).isEmpty();
    }

    @Test
    void stockThatHasBegunStaysAsItIsWhenItIsOpenedAgain() {
        open(kettle);
        apply(adjusted(kettle, 5));
        open(kettle);
        assertThat(stock(kettle)).containsEntry(kettle, new Stock(kettle, 5, 0));
    }

    @Test
    void eachMovementIsAppliedToItsProduct() {
        open(kettle);
        open(toaster);
        apply(adjusted(kettle, 10), adjusted(toaster, 20));
        apply(held(kettle, 3), held(toaster, 4));
        assertThat(stock(kettle, toaster))
                .containsOnly(
                        Map.entry(kettle, new Stock(kettle, 7, 3)), Map.entry(toaster, new Stock(toaster, 16, 4)));
        apply(sold(kettle, 1), released(toaster, 4));
        assertThat(stock(kettle, toaster))
                .containsOnly(
                        Map.entry(kettle, new Stock(kettle, 7, 2)), Map.entry(toaster, new Stock(toaster, 20, 0)));
    }

    @Test
    void severalMovementsOfOneProductAreAppliedOneAfterTheOther() {
        open(kettle);
        apply(adjusted(kettle, 10), held(kettle, 10), released(kettle, 4), held(kettle, 4));
        assertThat(stock(kettle)).containsEntry(kettle, new Stock(kettle, 0, 10));
    }

    @Test
    void applyingNothingChangesNothing() {
        open(kettle);
        apply();
        assertThat(stock(kettle)).containsEntry(kettle, Stock.none(kettle));
        assertThat(ledger(kettle, 10)).isEmpty();
    }

    @Test
    void aLevelNeverLeavesItsBoundsAndThenNothingIsApplied() {
        open(kettle);
        open(toaster);
        apply(adjusted(kettle, 1), adjusted(toaster, Stock.MAX));
        assertRefused(held(kettle, 1), held(kettle, 1));
        assertRefused(released(kettle, 1));
        assertRefused(adjusted(kettle, 1), adjusted(toaster, 1));
        assertThat(stock(kettle, toaster))
                .containsOnly(
                        Map.entry(kettle, new Stock(kettle, 1, 0)),
                        Map.entry(toaster, new Stock(toaster, Stock.MAX, 0)));
        assertThat(ledger(kettle, 10)).hasSize(1);
    }

    @Test
    void releasedPiecesAreAddedAboveTheMaximum() {
        open(kettle);
        apply(adjusted(kettle, 2), held(kettle, 2), adjusted(kettle, Stock.MAX));
        apply(released(kettle, 2));
        assertThat(stock(kettle)).containsEntry(kettle, new Stock(kettle, Stock.MAX + 2, 0));
        assertRefused(adjusted(kettle, 1));
        apply(adjusted(kettle, -1));
        assertThat(stock(kettle)).containsEntry(kettle, new Stock(kettle, Stock.MAX + 1, 0));
    }

    @Test
    void aProductWithoutStockHasNothingToMoveAndThenNothingIsApplied() {
        open(kettle);
        assertRefused(adjusted(kettle, 1), adjusted(toaster, 1));
        assertThat(stock(kettle, toaster)).containsOnly(Map.entry(kettle, Stock.none(kettle)));
    }

    @Test
    void theLedgerOfAProductTellsItsMovementsNewestFirst() {
        open(kettle);
        open(toaster);
        StockMovement delivery = adjusted(kettle, 10);
        StockMovement reservation = new StockMovement(kettle, Kind.RESERVED, -2, 2, "ünïcödé", NOON.plusSeconds(1));
        StockMovement loss = StockMovement.adjusted(kettle, -1, "'broken'", NOON.plusSeconds(2));
        apply(delivery, adjusted(toaster, 1));
        apply(reservation);
        apply(loss);
        assertThat(ledger(kettle, 10)).containsExactly(loss, reservation, delivery);
        assertThat(ledger(kettle, 2)).containsExactly(loss, reservation);
        assertThat(ledger(Products.newProduct(), 10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfMovementIsFoundInTheLedgerAsItWas(Kind kind) {
        open(kettle);
        apply(adjusted(kettle, 10), held(kettle, 5));
        StockMovement movement = new StockMovement(kettle, kind, 1, -1, "why", NOON.plusSeconds(9));
        apply(movement);
        assertThat(ledger(kettle, 1)).containsExactly(movement);
    }

    @Test
    void concurrentReservationsNeverExceedTheStock() {
        int pieces = 20;
        open(kettle);
        apply(adjusted(kettle, pieces));
        List<Boolean> served = AtOnce.times(
                2 * pieces,
                () -> AtOnce.insisting(() -> transactor().inTransaction(store -> {
                    Optional<Stock> after =
                            store.stock().lock(List.of(kettle)).get(kettle).after(held(kettle, 1));
                    after.ifPresent(_ -> store.stock().apply(List.of(held(kettle, 1))));
                    return after.isPresent();
                })));
        assertThat(served.stream().filter(it -> it)).hasSize(pieces);
        assertThat(stock(kettle)).containsEntry(kettle, new Stock(kettle, 0, pieces));
        assertThat(ledger(kettle, 1000)).hasSize(pieces + 1);
    }

    @Test
    void oppositeLockOrdersOfProductsDoNotDeadlock() {
        open(kettle);
        open(toaster);
        apply(adjusted(kettle, 100), adjusted(toaster, 100));
        AtOnce.times(
                16,
                i -> () -> AtOnce.insisting(() -> transactor().inTransaction(store -> {
                    boolean forwards = i % 2 == 0;
                    if (i % 4 < 2) {
                        store.stock().lock(forwards ? List.of(kettle, toaster) : List.of(toaster, kettle));
                    }
                    StockMovement ofKettle = held(kettle, 1);
                    StockMovement ofToaster = held(toaster, 1);
                    store.stock().apply(forwards ? List.of(ofKettle, ofToaster) : List.of(ofToaster, ofKettle));
                    return i;
                })));
        assertThat(stock(kettle, toaster))
                .containsOnly(
                        Map.entry(kettle, new Stock(kettle, 84, 16)), Map.entry(toaster, new Stock(toaster, 84, 16)));
    }

    private void open(ProductId product) {
        transactor().inTransaction(store -> {
            store.stock().open(product);
            return product;
        });
    }

    private void apply(StockMovement... movements) {
        transactor().inTransaction(store -> {
            store.stock().apply(List.of(movements));
            return movements.length;
        });
    }

    private void assertRefused(StockMovement... movements) {
        assertThatThrownBy(() -> apply(movements)).isInstanceOf(IllegalStateException.class);
    }

    private Map<ProductId, Stock> stock(ProductId... products) {
        return transactor().inTransaction(store -> store.stock().lock(List.of(products)));
    }

    private List<StockMovement> ledger(ProductId product, int limit) {
        return transactor().inTransaction(store -> store.stock().ledger(product, limit));
    }

    private static StockMovement adjusted(ProductId product, int delta) {
        return StockMovement.adjusted(product, delta, "counted", NOON);
    }

    private static StockMovement held(ProductId product, int pieces) {
        return new StockMovement(product, Kind.RESERVED, -pieces, pieces, "an order", NOON);
    }

    private static StockMovement released(ProductId product, int pieces) {
        return new StockMovement(product, Kind.RELEASED, pieces, -pieces, "an order", NOON);
    }

    private static StockMovement sold(ProductId product, int pieces) {
        return new StockMovement(product, Kind.SOLD, 0, -pieces, "an order", NOON);
    }
}
