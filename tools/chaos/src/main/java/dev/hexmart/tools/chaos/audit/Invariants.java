package dev.hexmart.tools.chaos.audit;

import dev.hexmart.tools.chaos.audit.Snapshot.Entry;
import dev.hexmart.tools.chaos.audit.Snapshot.Key;
import dev.hexmart.tools.chaos.audit.Snapshot.Message;
import dev.hexmart.tools.chaos.audit.Snapshot.Order;
import dev.hexmart.tools.chaos.audit.Snapshot.Payment;
import dev.hexmart.tools.chaos.audit.Snapshot.Reservation;
import dev.hexmart.tools.chaos.audit.Snapshot.Stock;
import dev.hexmart.tools.chaos.audit.Verdict.Breach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds orders, payments, stock, messages and the provider's books against each other. */
final class Invariants {

    /** How long after its deadline an unpaid order may wait for its cancellation. */
    private static final Duration EXPIRY = Duration.ofMinutes(1);

    private final Snapshot seen;
    private final boolean settled;
    private final Map<String, Order> orders;
    private final Map<String, List<Entry>> books;
    private final Map<String, Integer> held;
    private final Map<String, Integer> sold;
    private final Set<String> moving = new HashSet<>();
    private final List<Breach> breaches = new ArrayList<>();
    private final Map<String, Integer> underWay = new LinkedHashMap<>();

    private Invariants(Snapshot seen, boolean settled) {
        this.seen = seen;
        this.settled = settled;
        this.orders = seen.orders().stream().collect(Collectors.toMap(Order::id, Function.identity()));
        this.books = seen.books().orElse(List.of()).stream().collect(Collectors.groupingBy(Entry::order));
        this.held = pieces(seen, "HELD");
        this.sold = pieces(seen, "COMMITTED");
    }

    /**
     * Everything that does not hold.
     *
     * @param acknowledged orders that customers were told of, besides those that answered keys name
     * @param settled whether the shop has been left alone for so long that nothing may be under way any more
     */
    static Verdict check(Snapshot seen, Set<String> acknowledged, boolean settled) {
        Invariants it = new Invariants(seen, settled);
        it.messages();
        it.acknowledged(acknowledged);
        it.oneOrderForEachKey();
        seen.orders().forEach(it::order);
        it.nothingWithoutAnOrder();
        seen.stocks().forEach(it::stock);
        String count = seen.orders().size() + " orders";
        String keys = seen.keys().size() + " keys";
        Map<Rule, String> checked = Map.of(
                Rule.ACKNOWLEDGED, acknowledged.size() + " answers, " + keys,
                Rule.FINISHED, count,
                Rule.ONCE, keys,
                Rule.TOTALS, count,
                Rule.MONEY,
                        seen.payments().size() + " payments, "
                                + seen.books()
                                        .map(lines -> lines.size() + " lines of the provider's books")
                                        .orElse("NOT the provider's books: say with --books where they are"),
                Rule.STOCK,
                        seen.stocks().size() + " products, "
                                + seen.reservations().size() + " reservations",
                Rule.MESSAGES,
                        seen.messages().size() + " unsent, waiting or parked, "
                                + seen.unhandled().size() + " in the broker");
        List<String> underWay = it.underWay.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .toList();
        return new Verdict(it.breaches, checked, underWay);
    }

    /** Comes first: an order that a message is on its way about is in motion, and need not fit together. */
    private void messages() {
        for (Message message : seen.messages()) {
            if (message.state() == Message.State.PARKED) {
                breach(Rule.MESSAGES, message.id(), message.toString());
            } else {
                pass(message.about(), message.id(), message.toString(), message.state() + " messages");
            }
        }
        seen.unhandled()
                .forEach((id, order) -> pass(
                        Set.of(order),
                        id,
                        "message " + id + " about order " + order + " was sent and not handled",
                        "messages in the broker"));
        if (!settled) {
            seen.payments().forEach((order, payment) -> {
                if (payment.isUnderWay()) {
                    moving.add(order);
                }
            });
            seen.orders().stream().filter(Order::isOpen).map(Order::id).forEach(moving::add);
        }
    }

    private void pass(Set<String> about, String id, String detail, String words) {
        if (settled) {
            breach(Rule.MESSAGES, id, detail);
        } else {
            moving.addAll(about);
            underWay.merge(words, 1, Integer::sum);
        }
    }

    private void acknowledged(Set<String> acknowledged) {
        Set<String> all = new TreeSet<>(acknowledged);
        seen.keys().forEach(key -> all.add(key.order()));
        all.removeAll(orders.keySet());
        all.forEach(
                order -> breach(Rule.ACKNOWLEDGED, order, "order " + order + " was acknowledged, and is not there"));
    }

    private void oneOrderForEachKey() {
        Map<String, List<Key>> byOrder = seen.keys().stream().collect(Collectors.groupingBy(Key::order));
        byOrder.forEach((order, keys) -> {
            if (keys.size() > 1) {
                breach(Rule.ONCE, order, "order " + order + " answers several keys: " + keys);
            }
        });
        // Keys are forgotten after a day, so an order from before the oldest one may have had any.
        Optional<Instant> oldest = seen.keys().stream().map(Key::claimed).min(Instant::compareTo);
        for (Order order : seen.orders()) {
            if (oldest.filter(order.placed()::isAfter).isPresent() && !byOrder.containsKey(order.id())) {
                breach(Rule.ONCE, order.id(), "no key was answered with this order, or another was too: " + order);
            }
        }
    }

    private void order(Order order) {
        boolean overdue = seen.at().isAfter(order.payBy().plus(EXPIRY));
        if (order.isOpen() && (settled || overdue)) {
            breach(Rule.FINISHED, order.id(), "not at its end: " + order);
        } else if (order.isOpen()) {
            underWay.merge("orders " + order.status() + " within their time to pay", 1, Integer::sum);
        }
        if (order.total() != order.linesTotal()) {
            breach(Rule.TOTALS, order.id(), "the lines add up to another total: " + order);
        }
        if (!moving.contains(order.id())) {
            payment(order, Optional.ofNullable(seen.payments().get(order.id())));
            seen.books().ifPresent(_ -> provider(order, books.getOrDefault(order.id(), List.of())));
            reservation(order, Optional.ofNullable(seen.reservations().get(order.id())));
        }
    }

    private void payment(Order order, Optional<Payment> payment) {
        String state = payment.map(Payment::state).orElse("absent");
        boolean inFull = payment.flatMap(Payment::amount)
                .filter(it -> it == order.total())
                .isPresent();
        boolean right = switch (order.status()) {
            case "PAID" -> inFull && Set.of("CAPTURED", "PART_REFUNDED").contains(state);
            case "REFUNDED" -> inFull && state.equals("REFUNDED");
            case "CANCELLED" ->
                Set.of("absent", "DECLINED", "VOIDED", "REFUNDED").contains(state);
            default -> true;
        };
        if (!right) {
            breach(Rule.MONEY, order.id(), "the payment does not fit the order: " + order + ", " + payment);
        }
    }

    private void provider(Order order, List<Entry> entries) {
        long captures = count(entries, "captured");
        long refunds = count(entries, "refunded");
        long parts = entries.stream().mapToLong(Entry::partsRefunded).max().orElse(0);
        boolean inFull = entries.stream()
                .filter(entry -> !entry.currency().isEmpty())
                .allMatch(entry ->
                        entry.amount() == order.total() && entry.currency().equals(order.currency()));
        boolean right = switch (order.status()) {
            case "PAID" -> captures == 1 && refunds == 0 && parts == order.refunded();
            case "REFUNDED" -> captures == 1 && refunds == 1;
            case "CANCELLED" -> captures == refunds && captures <= 1;
            default -> captures <= 1;
        };
        if (!right || !inFull) {
            breach(Rule.MONEY, order.id(), "the provider's books do not fit the order: " + order + ", " + entries);
        }
    }

    private static long count(List<Entry> entries, String kind) {
        return entries.stream().filter(entry -> entry.kind().equals(kind)).count();
    }

    private void reservation(Order order, Optional<Reservation> reservation) {
        String state = reservation.map(Reservation::state).orElse("absent");
        boolean right = switch (order.status()) {
            case "PAID" -> state.equals("COMMITTED");
            case "REFUNDED" -> Set.of("COMMITTED", "RELEASED").contains(state);
            case "CANCELLED" -> Set.of("absent", "RELEASED", "REJECTED").contains(state);
            default -> true;
        };
        boolean same = reservation
                .filter(Reservation::isHeld)
                .filter(held -> !held.pieces().equals(order.pieces()))
                .isEmpty();
        if (!right || !same) {
            breach(Rule.STOCK, order.id(), "the reservation does not fit the order: " + order + ", " + reservation);
        }
    }

    private void nothingWithoutAnOrder() {
        seen.payments().forEach((order, payment) -> unknown(Rule.MONEY, order, payment.toString()));
        books.forEach((order, entries) -> {
            if (count(entries, "captured") > count(entries, "refunded")) {
                unknown(Rule.MONEY, order, entries.toString());
            }
        });
        seen.reservations().forEach((order, reservation) -> {
            if (reservation.isHeld()) {
                unknown(Rule.STOCK, order, reservation.toString());
            }
        });
    }

    private void unknown(Rule rule, String order, String what) {
        if (!orders.containsKey(order)) {
            breach(rule, order, "there is no order " + order + ", but " + what);
        }
    }

    /** Stock, ledger and reservations change in one transaction: nothing is under way between them. */
    private void stock(Stock stock) {
        boolean right = stock.available() >= 0
                && stock.available() == stock.ledgerAvailable()
                && stock.reserved() == stock.ledgerReserved()
                && stock.reserved() == held.getOrDefault(stock.product(), 0)
                && stock.sold() == sold.getOrDefault(stock.product(), 0)
                && stock.available() + stock.reserved() + stock.sold() == stock.putIn();
        if (!right) {
            breach(
                    Rule.STOCK,
                    stock.product(),
                    "stock, ledger and reservations differ: %s, pieces held %d and sold %d by reservations"
                            .formatted(
                                    stock,
                                    held.getOrDefault(stock.product(), 0),
                                    sold.getOrDefault(stock.product(), 0)));
        }
    }

    private static Map<String, Integer> pieces(Snapshot seen, String state) {
        Map<String, Integer> pieces = new HashMap<>();
        for (Reservation reservation : seen.reservations().values()) {
            if (reservation.state().equals(state)) {
                reservation.pieces().forEach((product, count) -> pieces.merge(product, count, Integer::sum));
            }
        }
        return pieces;
    }

    private void breach(Rule rule, String subject, String detail) {
        breaches.add(new Breach(rule, subject, detail));
    }
}
