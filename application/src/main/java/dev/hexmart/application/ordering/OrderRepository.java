package dev.hexmart.application.ordering;

import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.OrderNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Driven port, part of a transaction: all orders, with their histories. */
public interface OrderRepository {

    /** The order with its history; empty if there is none. */
    Optional<Order> find(OrderId id);

    /** Those of the orders that are there. */
    Map<OrderId, Order> find(Collection<OrderId> ids);

    /**
     * Adds an order of version 1, or replaces the one of the version before the given one. It may be written later, together with
     * others: before the transaction reads anything further, or ends.
     *
     * @throws dev.hexmart.application.transaction.StaleVersion where another version is there; from here, or when it is written
     */
    void save(Order order);

    /** The newest orders first, at most {@code limit} of them; ties are broken by id, so that the order is total. */
    List<Order> list(OrderQuery query, int limit);

    /**
     * How many orders of a customer may hold stock and wait for that customer to pay: those that are neither paid nor given
     * up and came without a means of payment, or had one declined.
     */
    int countUnpaid(CustomerId customer);

    /**
     * Has all other transactions that call this for the same customer wait until this one has ended, or be run again: what this
     * one counts afterwards stays true until then.
     */
    void holdUnpaid(CustomerId customer);

    /** Orders that are neither paid nor given up although their time to be paid is over, oldest first. */
    List<OrderId> overdue(Instant now, int limit);

    /**
     * Since when the order has waited that, by now, has waited longest for what we do; nothing where none does.
     *
     * <p>An order waits from when it is placed until it is paid or given up. Meanwhile it waits for its customer, and not for
     * us, where they have not said how they pay, from when its stock is held until their time to pay is over; the same where
     * the payment was declined.
     */
    Optional<Instant> waitingSince(Instant now);

    /**
     * Which orders to list.
     *
     * @param customer whose orders; empty means all
     * @param after where the page before ended
     */
    record OrderQuery(Optional<CustomerId> customer, Filter filter, Optional<Position> after) {

        public static final int MAX_LIMIT = 100;
    }

    /**
     * What the listed orders have in common.
     *
     * @param status where they stand; nothing means wherever
     * @param number by which people talk about them; nothing means any
     */
    record Filter(Optional<OrderStatus> status, Optional<OrderNumber> number) {

        /** Orders of any status and number. */
        public static final Filter NONE = new Filter(Optional.empty(), Optional.empty());
    }

    /** The last order of a page. */
    record Position(Instant placedAt, OrderId id) {}
}
