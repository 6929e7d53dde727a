package dev.hexmart.application.payment;

import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.shared.OrderId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Driven port, part of a transaction: the one payment of each order. */
public interface PaymentRepository {

    /** The payment of an order; empty if it has none. */
    Optional<Payment> find(OrderId order);

    /** The payments that these orders have. */
    Map<OrderId, Payment> find(Collection<OrderId> orders);

    /**
     * Adds a payment of version 1, or replaces the one of the version before the given one. It may be written later,
     * together with others: before the transaction reads anything further, or ends.
     *
     * @throws dev.hexmart.application.transaction.StaleVersion where another version is there; from here, or when it is written
     */
    void save(Payment payment);

    /** Orders with a due payment, longest waiting first. */
    List<OrderId> due(Instant now, int limit);
}
