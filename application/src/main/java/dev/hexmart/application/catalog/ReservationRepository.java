package dev.hexmart.application.catalog;

import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.shared.OrderId;
import java.util.Optional;

/** Driven port, part of a transaction: what the catalog has promised each order. */
public interface ReservationRepository {

    /** The order's reservation, which from now on no other transaction can change until this one ends. */
    Optional<Reservation> lock(OrderId order);

    /**
     * Adds the reservation or replaces the one that {@link #lock} gave.
     *
     * @throws dev.hexmart.application.transaction.StaleVersion where two transactions add the first one for an order
     */
    void save(Reservation reservation);
}
