package dev.hexmart.application.ordering;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.ordering.OrderRepository.Filter;
import dev.hexmart.application.ordering.OrderRepository.OrderQuery;
import dev.hexmart.application.ordering.OrderRepository.Position;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Use case: read orders, the caller's own or, with the role, all. Another customer's order is treated as unknown. */
public final class FollowOrder {

    private final Transactor<? extends OrderingStore> transactor;
    private final OrderChanges changes;

    public FollowOrder(Transactor<? extends OrderingStore> transactor, OrderChanges changes) {
        this.transactor = transactor;
        this.changes = changes;
    }

    public Optional<Order> find(OrderId id, Caller caller) {
        return transactor
                .reading(store -> store.orders().find(id))
                .filter(order -> caller.mayAccessOrdersOf(order.purchase().customer()));
    }

    /**
     * The caller's orders, newest first; with the role, all orders.
     *
     * @param limit how many at the most, 1 to {@link OrderQuery#MAX_LIMIT}
     */
    public Page list(Caller caller, Filter filter, Optional<Position> after, int limit) {
        Optional<CustomerId> whose = switch (caller) {
            case Caller _ when caller.may(Role.ORDERS_MANAGE) -> Optional.empty();
            case Caller.Person person -> Optional.of(person.id());
            case Caller.Service service ->
                throw new IllegalArgumentException("Service " + service.clientId() + " has no orders");
        };
        return page(new OrderQuery(whose, filter, after), limit);
    }

    /** The same, but only the caller's own orders, also for employees. */
    public Page listOwn(Caller caller, Filter filter, Optional<Position> after, int limit) {
        return switch (caller) {
            case Caller.Person person -> page(new OrderQuery(Optional.of(person.id()), filter, after), limit);
            case Caller.Service _ -> new Page(List.of(), Optional.empty());
        };
    }

    private Page page(OrderQuery query, int limit) {
        if (limit < 1 || limit > OrderQuery.MAX_LIMIT) {
            throw new IllegalArgumentException("A page has 1 to " + OrderQuery.MAX_LIMIT + " orders");
        }
        // One more than asked for tells whether there is a next page.
        List<Order> found = transactor.reading(store -> store.orders().list(query, limit + 1));
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        List<Order> page = found.subList(0, limit);
        Order last = page.getLast();
        return new Page(page, Optional.of(new Position(last.purchase().placedAt(), last.id())));
    }

    /**
     * Hands each entry of the orders' histories to the listener, those to come included, until the listener has had enough.
     * Between entries, and at least every {@code rhythm}, the listener is asked.
     *
     * @param after the orders to follow, in the order in which they are looked up, each with how many entries of its history
     *     to pass over
     * @return whether there were all these orders for this caller to the end; what is unknown ends it for all
     */
    public boolean follow(SequencedMap<OrderId, Integer> after, Caller caller, Duration rhythm, Listener listener) {
        if (after.isEmpty() || after.values().stream().anyMatch(entries -> entries < 0)) {
            throw new IllegalArgumentException("What is followed is an order, and no entry is before its first");
        }
        Map<OrderId, Integer> seen = new LinkedHashMap<>(after);
        try (OrderChanges.Watch watch = changes.watch(Set.copyOf(after.keySet()))) {
            while (true) {
                for (OrderId id : after.sequencedKeySet()) {
                    Optional<Order> order = find(id, caller);
                    if (order.isEmpty()) {
                        return false;
                    }
                    seen.compute(id, (_, entries) -> tell(order.get(), entries == null ? 0 : entries, listener));
                }
                if (!listener.wantsMore()) {
                    return true;
                }
                watch.await(rhythm);
            }
        }
    }

    /** @return the number of entries of the order's history that the follower has seen */
    private static int tell(Order order, int seen, Listener listener) {
        List<HistoryEntry> history = order.history();
        for (int entry = seen; entry < history.size(); entry++) {
            listener.entry(order, entry + 1, history.get(entry));
        }
        return Math.max(seen, history.size());
    }

    /** Who follows orders. */
    public interface Listener {

        /** @param version the entry's place in the history, from 1 */
        void entry(Order order, int version, HistoryEntry entry);

        boolean wantsMore();
    }

    /** @param next where the next page begins, if there is one */
    public record Page(List<Order> orders, Optional<Position> next) {
        public Page {
            orders = List.copyOf(orders);
        }
    }
}
