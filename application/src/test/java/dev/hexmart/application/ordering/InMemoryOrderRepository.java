package dev.hexmart.application.ordering;

import dev.hexmart.application.transaction.Rows;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.OrderNumber;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The orders in memory, for one transaction. */
public final class InMemoryOrderRepository implements OrderRepository {

    private static final Comparator<Position> NEWEST_FIRST =
            Comparator.comparing(Position::placedAt).reversed().thenComparing(Position::id);

    private final Rows<OrderId, Order> orders;
    /** What two transactions that count for one customer meet at. */
    private final Rows<CustomerId, Integer> holds;

    private final Consumer<OrderId> saved;

    InMemoryOrderRepository(Rows<OrderId, Order> orders, Rows<CustomerId, Integer> holds, Consumer<OrderId> saved) {
        this.orders = orders;
        this.holds = holds;
        this.saved = saved;
    }

    @Override
    public Optional<Order> find(OrderId id) {
        return orders.find(id);
    }

    @Override
    public Map<OrderId, Order> find(Collection<OrderId> ids) {
        return ids.stream()
                .distinct()
                .flatMap(id -> orders.find(id).stream())
                .collect(Collectors.toMap(Order::id, order -> order));
    }

    @Override
    public void save(Order order) {
        int present = orders.find(order.id()).map(Order::version).orElse(0);
        if (present != order.version() - 1) {
            throw new StaleVersion("Order " + order.id());
        }
        orders.put(order.id(), order);
        saved.accept(order.id());
    }

    @Override
    public List<Order> list(OrderQuery query, int limit) {
        return orders.all().stream()
                .filter(order ->
                        query.customer().stream().allMatch(order.purchase().customer()::equals))
                .filter(order -> query.filter().status().stream().allMatch(order.status()::equals))
                .filter(order -> query.filter().number().stream().allMatch(OrderNumber.of(order.id())::equals))
                .filter(order ->
                        query.after().stream().allMatch(after -> NEWEST_FIRST.compare(after, position(order)) < 0))
                .sorted(Comparator.comparing(InMemoryOrderRepository::position, NEWEST_FIRST))
                .limit(limit)
                .toList();
    }

    @Override
    public int countUnpaid(CustomerId customer) {
        return Math.toIntExact(orders.all().stream()
                .filter(order -> order.purchase().customer().equals(customer))
                .filter(InMemoryOrderRepository::isUnpaid)
                .count());
    }

    @Override
    public void holdUnpaid(CustomerId customer) {
        holds.put(customer, holds.find(customer).orElse(0) + 1);
    }

    private static boolean isUnpaid(Order order) {
        return switch (order) {
            case Order.Placed placed -> placed.purchase().method().isEmpty();
            case Order.Reserved reserved -> reserved.purchase().method().isEmpty() || reserved.declined() > 0;
            case Order.Paid _, Order.Cancelled _, Order.Refunded _ -> false;
        };
    }

    @Override
    public List<OrderId> overdue(Instant now, int limit) {
        return orders.all().stream()
                .filter(InMemoryOrderRepository::isOpen)
                .filter(order -> !order.purchase().payBy().isAfter(now))
                .sorted(Comparator.comparing((Order order) -> order.purchase().payBy())
                        .thenComparing(Order::id))
                .limit(limit)
                .map(Order::id)
                .toList();
    }

    @Override
    public Optional<Instant> waitingSince(Instant now) {
        return orders.all().stream()
                .flatMap(order -> waitingSince(order).stream())
                .filter(since -> !since.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    private static Optional<Instant> waitingSince(Order order) {
        return switch (order) {
            case Order.Placed placed -> Optional.of(placed.purchase().placedAt());
            case Order.Reserved reserved ->
                Optional.of(
                        reserved.purchase().method().isPresent() && reserved.declined() == 0
                                ? reserved.purchase().placedAt()
                                : reserved.purchase().payBy());
            case Order.Paid _, Order.Cancelled _, Order.Refunded _ -> Optional.empty();
        };
    }

    private static boolean isOpen(Order order) {
        return switch (order) {
            case Order.Placed _, Order.Reserved _ -> true;
            case Order.Paid _, Order.Cancelled _, Order.Refunded _ -> false;
        };
    }

    private static Position position(Order order) {
        return new Position(order.purchase().placedAt(), order.id());
    }
}
