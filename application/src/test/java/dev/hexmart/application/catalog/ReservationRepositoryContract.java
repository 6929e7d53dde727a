package dev.hexmart.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.catalog.Reservation.Committed;
import dev.hexmart.domain.catalog.Reservation.Held;
import dev.hexmart.domain.catalog.Reservation.Rejected;
import dev.hexmart.domain.catalog.Reservation.Released;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.Quantity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ReservationRepository} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ReservationRepositoryContract {

    private final OrderId order = Purchases.newOrder();
    private final List<LineItem> lines = List.of(
            new LineItem(Products.newProduct(), Quantity.of(99)),
            new LineItem(Products.newProduct(), Quantity.of(1)),
            new LineItem(Products.newProduct(), Quantity.of(2)));

    protected abstract Transactor<CatalogStore> transactor();

    @Test
    void anOrderWithoutAReservationHasNone() {
        assertThat(lock(order)).isEmpty();
    }

    @Test
    void aHeldReservationIsFoundAsItWas() {
        assertKept(new Held(order, lines));
    }

    @Test
    void aCommittedReservationIsFoundAsItWas() {
        assertKept(new Committed(order, lines));
    }

    @Test
    void aRejectedReservationIsFoundAsItWas() {
        assertKept(new Rejected(
                order, List.of(lines.getFirst().product(), lines.getLast().product())));
    }

    @Test
    void aReleasedReservationIsFoundAsItWas() {
        assertKept(new Released(order));
    }

    @Test
    void aReservationIsReplacedByItsNextState() {
        save(new Held(order, lines));
        save(new Committed(order, lines));
        assertThat(lock(order)).contains(new Committed(order, lines));
        save(new Released(order));
        assertThat(lock(order)).contains(new Released(order));
    }

    @Test
    void ordersDoNotTouchEachOthersReservations() {
        OrderId other = Purchases.newOrder();
        save(new Held(order, lines));
        save(new Released(other));
        assertThat(lock(order)).contains(new Held(order, lines));
        assertThat(lock(other)).contains(new Released(other));
    }

    @Test
    void concurrentFirstReservationsOfAnOrderSucceedOnce() {
        List<Boolean> first = AtOnce.times(
                8,
                () -> AtOnce.insisting(() -> transactor().inTransaction(store -> {
                    boolean none = store.reservations().lock(order).isEmpty();
                    if (none) {
                        store.reservations().save(new Held(order, lines));
                    }
                    return none;
                })));
        assertThat(first).containsOnlyOnce(true);
    }

    @Test
    void concurrentTransitionsOfAReservationSucceedOnce() {
        save(new Held(order, lines));
        List<Boolean> taken = AtOnce.times(
                8,
                () -> AtOnce.insisting(() -> transactor().inTransaction(store -> {
                    boolean held = store.reservations().lock(order).orElseThrow() instanceof Held;
                    if (held) {
                        store.reservations().save(new Released(order));
                    }
                    return held;
                })));
        assertThat(taken).containsOnlyOnce(true);
    }

    private void assertKept(Reservation reservation) {
        save(reservation);
        assertThat(lock(order)).contains(reservation);
    }

    private void save(Reservation reservation) {
        transactor().inTransaction(store -> {
            Optional<Reservation> before = store.reservations().lock(reservation.order());
            store.reservations().save(reservation);
            return before;
        });
    }

    private Optional<Reservation> lock(OrderId id) {
        return transactor().inTransaction(store -> store.reservations().lock(id));
    }
}
