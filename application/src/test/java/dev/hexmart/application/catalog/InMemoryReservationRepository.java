package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Rows;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.shared.OrderId;
import java.util.Optional;

/** The reservations in memory, for one transaction. */
public final class InMemoryReservationRepository implements ReservationRepository {

    private final Rows<OrderId, Reservation> reservations;

    InMemoryReservationRepository(Rows<OrderId, Reservation> reservations) {
        this.reservations = reservations;
    }

    @Override
    public Optional<Reservation> lock(OrderId order) {
        return reservations.find(order);
    }

    @Override
    public void save(Reservation reservation) {
        reservations.put(reservation.order(), reservation);
    }
}
