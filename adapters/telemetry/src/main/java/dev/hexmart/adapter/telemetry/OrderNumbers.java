package dev.hexmart.adapter.telemetry;

import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.application.ordering.OrderRepository;
import dev.hexmart.application.ordering.OrderedCarts;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.HistoryEntry;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How business goes, for the metrics and, an order at a time, for the log: what becomes of orders, what is earned, and how long a checkout takes until it is paid. */
public final class OrderNumbers {

    private static final Logger LOG = LoggerFactory.getLogger(OrderNumbers.class);
    private static final double MILLIS = 1000;
    private static final String ABANDONED = "abandoned";
    private static final double[] BOUNDS = {.1, .25, .5, 1, 2, 3, 5, 10, 30, 60, 300, 900};

    private final Counter orders;
    private final Counter revenue;
    private final Counter refunded;
    private final Gauge minorUnits;
    private final Histogram checkouts;

    public OrderNumbers(Telemetry telemetry) {
        Metrics metrics = telemetry.metrics();
        this.orders = metrics.counter("hexmart_orders_total", "Orders by outcome", "outcome", "reason");
        this.revenue = metrics.counter(
                "hexmart_revenue_minor_total", "Captured amounts, in the currency's minor unit", "currency");
        this.refunded = metrics.counter(
                "hexmart_refunded_minor_total", "Refunded amounts, in the currency's minor unit", "currency");
        this.minorUnits = metrics.gauge(
                "hexmart_currency_minor_units", "How many minor units make one unit of the currency", "currency");
        this.checkouts = metrics.seconds(
                "hexmart_checkout_duration", "Time from placed to paid, for orders with a payment method", BOUNDS);
        for (OrderStatus status : OrderStatus.values()) {
            if (status != OrderStatus.CANCELLED) {
                orders.initLabelValues(outcome(status), Names.NONE);
            }
        }
        for (CancellationReason reason : CancellationReason.values()) {
            orders.initLabelValues(outcome(OrderStatus.CANCELLED), lowerCase(reason));
        }
        orders.initLabelValues(outcome(OrderStatus.CANCELLED), ABANDONED);
    }

    /** The same transactor, with the orders counted that it has saved. */
    public Transactor<OrderingStore> observed(Transactor<OrderingStore> transactor) {
        return new CommittedChanges<>(transactor, Store::noting, this::count);
    }

    private void count(Saved saved) {
        Order order = saved.order();
        long givenBack = refunded(order) - saved.refundedBefore();
        if (givenBack > 0) {
            refunded.labelValues(order.purchase().total().currency().code()).inc(givenBack);
        }
        if (isStill(order)) {
            LOG.info("Order {}: {}", order.id(), order.history().getLast().note());
            return;
        }
        LOG.info("Order {} is {}", order.id(), outcome(order.status()));
        orders.labelValues(
                        outcome(order.status()),
                        order instanceof Order.Cancelled cancelled ? reason(cancelled) : Names.NONE)
                .inc();
        Money total = order.purchase().total();
        String currency = total.currency().code();
        minorUnits.labelValues(currency).set(total.currency().minorUnitsInOne());
        switch (order) {
            case Order.Paid paid -> {
                revenue.labelValues(currency).inc(total.amount());
                // A payment by hand, or a second attempt, takes the customer's time, not the shop's.
                if (paid.purchase().method().isPresent() && !wasDeclined(paid)) {
                    Instant at = paid.history().getLast().at();
                    checkouts.observe(
                            Duration.between(paid.purchase().placedAt(), at).toMillis() / MILLIS);
                }
            }
            case Order.Placed _, Order.Reserved _, Order.Cancelled _, Order.Refunded _ -> {}
        }
    }

    /** What was given back of an order, in minor units. */
    private static long refunded(Order order) {
        return switch (order) {
            case Order.Paid paid -> paid.refunded().amount();
            case Order.Refunded it -> it.purchase().total().amount();
            case Order.Placed _, Order.Reserved _, Order.Cancelled _ -> 0;
        };
    }

    /** Each declined attempt to pay is another entry of an order that stays reserved. */
    private static boolean wasDeclined(Order order) {
        return order.history().stream()
                        .filter(entry -> entry.status() == OrderStatus.RESERVED)
                        .count()
                > 1;
    }

    /** An order is saved again where it stands when it notes a declined payment or what becomes of its money. */
    private static boolean isStill(Order order) {
        List<HistoryEntry> history = order.history();
        return history.size() > 1 && history.get(history.size() - 2).status() == order.status();
    }

    /** An order that expires has failed, unless it was the customer's to pay it. */
    private static String reason(Order.Cancelled order) {
        return order.reason() == CancellationReason.EXPIRED
                        && order.purchase().method().isEmpty()
                ? ABANDONED
                : lowerCase(order.reason());
    }

    private static String outcome(OrderStatus status) {
        return status == OrderStatus.PENDING ? "placed" : lowerCase(status);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private record Store(
            OrderRepository orders,
            OrderedCarts orderedCarts,
            IdempotencyKeys idempotencyKeys,
            Outbox outbox,
            Inbox inbox)
            implements OrderingStore {

        static OrderingStore noting(OrderingStore store, Consumer<Saved> saved) {
            return new Store(
                    new Orders(store.orders(), saved, new HashMap<>()),
                    store.orderedCarts(),
                    store.idempotencyKeys(),
                    store.outbox(),
                    store.inbox());
        }
    }

    /** @param refundedBefore what was given back of it before, in minor units */
    private record Saved(Order order, long refundedBefore) {}

    /** @param found what was given back of the orders that this transaction has found */
    private record Orders(OrderRepository orders, Consumer<Saved> saved, Map<OrderId, Long> found)
            implements OrderRepository {

        @Override
        public Optional<Order> find(OrderId id) {
            Optional<Order> order = orders.find(id);
            order.ifPresent(it -> found.put(id, refunded(it)));
            return order;
        }

        @Override
        public Map<OrderId, Order> find(Collection<OrderId> ids) {
            Map<OrderId, Order> present = orders.find(ids);
            present.forEach((id, order) -> found.put(id, refunded(order)));
            return present;
        }

        @Override
        public void save(Order order) {
            orders.save(order);
            saved.accept(new Saved(order, found.getOrDefault(order.id(), 0L)));
            found.put(order.id(), refunded(order));
        }

        @Override
        public List<Order> list(OrderQuery query, int limit) {
            return orders.list(query, limit);
        }

        @Override
        public int countUnpaid(CustomerId customer) {
            return orders.countUnpaid(customer);
        }

        @Override
        public void holdUnpaid(CustomerId customer) {
            orders.holdUnpaid(customer);
        }

        @Override
        public List<OrderId> overdue(Instant now, int limit) {
            return orders.overdue(now, limit);
        }

        @Override
        public Optional<Instant> waitingSince(Instant now) {
            return orders.waitingSince(now);
        }
    }
}
