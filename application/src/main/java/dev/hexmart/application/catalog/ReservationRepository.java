package dev.hexmart.application.catalog;

import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.shared.OrderId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Driven port, part of a transaction: the catalog's reservations. */
public interface ReservationRepository {

    /** The reservations that these orders have, which from now on no other transaction can change until this one ends. */
    Map<OrderId, Reservation> lock(Collection<OrderId> orders);

    default Optional<Reservation> lock(OrderId order) {
        return Optional.ofNullable(lock(Set.of(order)).get(order));
    }

    /**
     * Adds the reservation or replaces the one that {@link #lock} gave. It may be written later, together with others: before the
     * transaction reads anything further, or ends.
     *
     * @throws dev.hexmart.application.transaction.StaleVersion where two transactions add the first one for an order; from here,
     *     or when it is written
     */
    void save(Reservation reservation);
}
