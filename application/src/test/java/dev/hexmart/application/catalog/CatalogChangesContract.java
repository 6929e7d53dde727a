package dev.hexmart.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link CatalogChanges} keeps. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CatalogChangesContract {

    private static final String ANYTHING = "anything";
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final Product kettle = Products.kettle();
    private final List<String> told = new CopyOnWriteArrayList<>();

    protected abstract CatalogChanges changes();

    protected abstract Transactor<CatalogStore> transactor();

    protected abstract Transactor<CatalogStore> transactorOfAnotherProcess();

    /** Other processes are not heard from when this returns. */
    protected abstract void interrupt();

    /** Ends an interruption, sooner or later. */
    protected abstract void resume();

    @BeforeEach
    void follow() {
        change(store -> {
            store.products().add(kettle);
            store.stock().open(kettle.id());
            store.stock().apply(List.of(StockMovement.adjusted(kettle.id(), 10, "delivery", NOON)));
        });
        await().until(changes()::isComplete);
        changes().follow(new CatalogChanges.Listener() {
            @Override
            public void stockChanged(ProductId product) {
                told.add(product.toString());
            }

            @Override
            public void anythingChanged() {
                told.add(ANYTHING);
            }
        });
    }

    @Test
    void changedStockIsToldWithItsProductBeforeTheTransactionReturns() {
        change(store -> store.stock().apply(List.of(StockMovement.adjusted(kettle.id(), -1, "broken", NOON))));
        assertThat(told).containsExactly(kettle.id().toString());
    }

    @Test
    void reservationIsAnnouncedAndItsSaleIsNot() {
        move(StockMovement.Kind.RESERVED, -2, 2);
        assertThat(told).containsExactly(kettle.id().toString());
        move(StockMovement.Kind.SOLD, 0, -2);
        assertThat(told).hasSize(1);
    }

    @Test
    void productChangesAreAnnouncedBeforeTheTransactionReturns() {
        Product cup = Products.kettle();
        Product revised = cup.revise(Products.details("Cup", "", Products.KITCHEN, 399));
        change(store -> store.products().add(cup));
        assertThat(told).containsExactly(ANYTHING);
        change(store -> store.products().save(revised));
        assertThat(told).containsExactly(ANYTHING, ANYTHING);
        change(store -> store.products().remove(revised));
        assertThat(told).containsExactly(ANYTHING, ANYTHING, ANYTHING);
    }

    @Test
    void nameOfACategoryIsToldAsAnythingBeforeTheTransactionReturns() {
        change(store -> store.categories().name(new Category("garden"), new CategoryName("Out of doors")));
        assertThat(told).containsExactly(ANYTHING);
    }

    @Test
    void rolledBackChangeIsNotTold() {
        assertThatThrownBy(() -> change(store -> {
                    store.products().add(Products.kettle());
                    throw new IllegalStateException("deliberate");
                }))
                .hasMessage("deliberate");
        assertThat(told).isEmpty();
    }

    @Test
    void changesOfAnotherProcessAreTold() {
        transactorOfAnotherProcess().inTransaction(store -> {
            store.stock().apply(List.of(StockMovement.adjusted(kettle.id(), 5, "delivery", NOON)));
            return kettle;
        });
        await().untilAsserted(() -> assertThat(told).contains(kettle.id().toString()));
        transactorOfAnotherProcess().inTransaction(store -> {
            store.products().save(kettle.revise(Products.details("Cup", "", Products.KITCHEN, 399)));
            return kettle;
        });
        await().untilAsserted(() -> assertThat(told).contains(ANYTHING));
    }

    @Test
    void lostNotificationsMakeChangesIncompleteUntilTheReconnect() {
        interrupt();
        assertThat(changes().isComplete()).isFalse();
        assertThat(told).isEmpty();
        resume();
        await().until(changes()::isComplete);
        assertThat(told).containsExactly(ANYTHING);
    }

    private void move(StockMovement.Kind kind, int available, int reserved) {
        change(store -> store.stock()
                .apply(List.of(new StockMovement(kettle.id(), kind, available, reserved, "an order", NOON))));
    }

    private void change(Consumer<CatalogStore> change) {
        transactor().inTransaction(store -> {
            change.accept(store);
            return kettle;
        });
    }
}
