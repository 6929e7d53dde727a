package dev.hexmart.application.payment;

import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Driven port, part of a transaction: the one payment of each order. */
public interface PaymentRepository {

    Optional<Payment> find(OrderId order);

    /**
     * Adds a payment of version 1, or replaces the one of the version before the given one.
     *
     * @throws dev.hexmart.application.transaction.StaleVersion where another version is there
     */
    void save(Payment payment);

    /** Orders about whose payment the provider is to be asked by now, those that wait longest first. */
    List<OrderId> due(Instant now, int limit);
}
