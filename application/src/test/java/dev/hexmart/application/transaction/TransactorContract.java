package dev.hexmart.application.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.shared.OrderId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Transactor} keeps, told by the orders that one of the ordering context saves. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransactorContract {

    protected abstract Transactor<OrderingStore> transactor();

    /** Another transactor on the same store, as there is one after a restart. */
    protected abstract Transactor<OrderingStore> reopened();

    @Test
    void returnsTheResultOfTheWork() {
        assertThat(transactor().<String>inTransaction(_ -> "done")).isEqualTo("done");
    }

    @Test
    void committedChangesAreVisibleToAllTransactions() {
        Order order = Orders.placed();
        save(order);
        assertThat(isThere(order.id())).isTrue();
    }

    @Test
    void readingSeesWhatIsCommitted() {
        Order order = Orders.placed();
        save(order);
        boolean seen =
                transactor().reading(store -> store.orders().find(order.id()).isPresent());
        assertThat(seen).isTrue();
    }

    @Test
    void readingDoesNotSeeWhatIsNotCommitted() {
        Order order = Orders.placed();
        try (Held _ = Held.open(pause -> transactor().inTransaction(store -> {
            store.orders().save(order);
            pause.run();
            return order;
        }))) {
            boolean seen = transactor()
                    .reading(store -> store.orders().find(order.id()).isPresent());
            assertThat(seen).isFalse();
        }
    }

    @Test
    void changeWhileReadingIsRefusedOrLeavesNoTrace() {
        Order order = Orders.placed();
        try {
            transactor().reading(store -> {
                store.orders().save(order);
                return order;
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("transaction");
        }
        assertThat(isThere(order.id())).isFalse();
    }

    @Test
    void makesAllChangesOfOneWorkOrNone() {
        Order first = Orders.placed();
        Order second = Orders.placed();
        assertThatThrownBy(() -> transactor().inTransaction(store -> {
                    store.orders().save(first);
                    store.orders().save(second);
                    throw new DeliberateFailure();
                }))
                .isInstanceOf(DeliberateFailure.class);
        assertThat(isThere(first.id())).isFalse();
        assertThat(isThere(second.id())).isFalse();
    }

    @Test
    void itsChangesSurviveARestart() {
        Order order = Orders.placed();
        save(order);
        assertThat(reopened()
                        .<Boolean>inTransaction(
                                store -> store.orders().find(order.id()).isPresent()))
                .isTrue();
    }

    @Test
    void aWorkThatThrowsLeavesNoTraceAndItsExceptionIsPassedOn() {
        Order order = Orders.placed();
        DeliberateFailure failure = new DeliberateFailure();
        assertThatThrownBy(() -> transactor().inTransaction(store -> {
                    store.orders().save(order);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(isThere(order.id())).isFalse();
    }

    @Test
    void aWorkThatFailsWithAnErrorLeavesNoTraceEither() {
        Order order = Orders.placed();
        AssertionError failure = new AssertionError("deliberate");
        assertThatThrownBy(() -> transactor().inTransaction(store -> {
                    store.orders().save(order);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(isThere(order.id())).isFalse();
    }

    @Test
    void aWorkSeesItsOwnChanges() {
        Order order = Orders.placed();
        boolean seen = transactor().inTransaction(store -> {
            store.orders().save(order);
            return store.orders().find(order.id()).isPresent();
        });
        assertThat(seen).isTrue();
    }

    @Test
    void uncommittedChangesAreInvisible() {
        Order order = Orders.placed();
        try (Held _ = Held.open(pause -> transactor().inTransaction(store -> {
            store.orders().save(order);
            pause.run();
            return order;
        }))) {
            assertThat(isThere(order.id())).isFalse();
        }
        assertThat(isThere(order.id())).isTrue();
    }

    @Test
    void aWorkThatMeetsAStaleVersionIsRunAgainFromItsBeginning() {
        Order discarded = Orders.placed();
        Order kept = Orders.placed();
        AtomicInteger runs = new AtomicInteger();
        int run = transactor().inTransaction(store -> {
            if (runs.incrementAndGet() == 1) {
                store.orders().save(discarded);
                throw new StaleVersion("What this test reads");
            }
            store.orders().save(kept);
            return runs.get();
        });
        assertThat(run).isEqualTo(2);
        assertThat(isThere(discarded.id())).isFalse();
        assertThat(isThere(kept.id())).isTrue();
    }

    @Test
    void aWorkThatStaysContendedFailsForNowAndLeavesNoTrace() {
        Order order = Orders.placed();
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> transactor().inTransaction(store -> {
                    runs.incrementAndGet();
                    store.orders().save(order);
                    throw new StaleVersion("What this test reads");
                }))
                .isInstanceOf(TemporaryFailure.class);
        assertThat(runs.get()).isGreaterThan(1);
        assertThat(isThere(order.id())).isFalse();
    }

    @Test
    void concurrentChangesAreAllKept() {
        int threads = 8;
        Order order = Orders.cancelled();
        Orders.saveWithItsPast(transactor(), order);
        AtOnce.times(
                threads,
                () -> AtOnce.insisting(() -> transactor().inTransaction(store -> {
                    Order next =
                            Orders.oneStepOn(store.orders().find(order.id()).orElseThrow());
                    store.orders().save(next);
                    return next;
                })));
        Order last = transactor()
                .inTransaction(store -> store.orders().find(order.id()))
                .orElseThrow();
        assertThat(last.version()).isEqualTo(order.version() + threads);
    }

    private void save(Order order) {
        transactor().inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
    }

    private boolean isThere(OrderId order) {
        return transactor().inTransaction(store -> store.orders().find(order).isPresent());
    }

    private static final class DeliberateFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
