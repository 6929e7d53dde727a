package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Rows;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.shared.OrderId;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The reservations in memory, for one transaction. */
public final class InMemoryReservationRepository implements ReservationRepository {

    private final Rows<OrderId, Reservation> reservations;

    InMemoryReservationRepository(Rows<OrderId, Reservation> reservations) {
        this.reservations = reservations;
    }

    @Override
    public Map<OrderId, Reservation> lock(Collection<OrderId> orders) {
        return orders.stream()
                .distinct()
                .flatMap(order -> reservations.find(order).stream())
                .collect(Collectors.toMap(Reservation::order, reservation -> reservation));
    }

    @Override
    public void save(Reservation reservation) {
        reservations.put(reservation.order(), reservation);
    }
}
