package dev.hexmart.tools.load;

import dev.hexmart.tools.load.Breach.Rule;
import dev.hexmart.tools.load.Checkout.Outcome;
import dev.hexmart.tools.load.Observation.Line;
import dev.hexmart.tools.load.Observation.Movement;
import dev.hexmart.tools.load.Observation.Order;
import dev.hexmart.tools.load.Observation.Payment;
import dev.hexmart.tools.load.Observation.Product;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must hold in a shop that has come to rest, whatever was done to it. */
final class Invariants {

    private final Observation seen;
    private final Map<String, Order> orders;
    private final List<Breach> breaches = new ArrayList<>();

    private Invariants(Observation seen) {
        this.seen = seen;
        this.orders = seen.orders().stream().collect(Collectors.toMap(Order::id, Function.identity(), (one, _) -> one));
    }

    /** Everything that does not hold. */
    static List<Breach> check(Observation seen) {
        Invariants invariants = new Invariants(seen);
        invariants.everyRequestIsAnswered();
        invariants.acceptedOrdersExistAsOrdered();
        invariants.oneOrderForOneKey();
        seen.orders().forEach(invariants::order);
        seen.products().forEach(invariants::stock);
        seen.serverErrors().forEach(error -> invariants.breach(Rule.ERRORS, error));
        return List.copyOf(invariants.breaches);
    }

    /** What is wrong with an order's payment, in words, if anything is. */
    static Optional<String> wrongPayment(Order order, Optional<Payment> payment) {
        String status = payment.map(Payment::status).orElse("absent");
        boolean inFull =
                payment.flatMap(Payment::amount).filter(order.total()::equals).isPresent();
        String of =
                payment.flatMap(Payment::amount).map(amount -> " of " + amount).orElse("");
        boolean right = switch (order.status()) {
            case "PAID" -> status.equals("PAID") && inFull;
            case "REFUNDED" -> status.equals("REFUNDED") && inFull;
            case "CANCELLED" ->
                Set.of("absent", "DECLINED", "REFUNDED", "VOIDED").contains(status);
            default -> true;
        };
        return right
                ? Optional.empty()
                : Optional.of("order %s is %s, its total %s, and its payment%s is %s"
                        .formatted(order.id(), order.status(), order.total(), of, status));
    }

    private void everyRequestIsAnswered() {
        if (seen.started() != seen.checkouts().size()) {
            breach(
                    Rule.ANSWERED,
                    "%d checkouts were started, and %d have come back"
                            .formatted(seen.started(), seen.checkouts().size()));
        }
        if (seen.checkouts().stream().allMatch(checkout -> checkout.orders().isEmpty())) {
            breach(Rule.ANSWERED, "not one checkout of " + seen.started() + " was accepted, so nothing has been tried");
        }
        for (Checkout checkout : seen.checkouts()) {
            switch (checkout.outcome()) {
                case Outcome.Failed(String why) -> breach(Rule.ERRORS, checkout + ": " + why);
                case Outcome.Unfinished(String why) -> breach(Rule.FINISHED, checkout + ": " + why);
                case Outcome.SoldOut(Map<String, Integer> available) -> shortage(checkout, available);
                case Outcome.Ended _, Outcome.Refused _, Outcome.Lost _ -> {}
            }
        }
    }

    /** A refusal for want of stock is right only if the orders of the load could have taken so much of it. */
    private void shortage(Checkout checkout, Map<String, Integer> available) {
        if (available.isEmpty()) {
            breach(Rule.STOCK, checkout + " was refused for want of stock, of no product");
        }
        available.forEach((id, left) -> {
            int wanted = checkout.lines().getOrDefault(id, 0);
            int initial = Optional.ofNullable(seen.products().get(id))
                    .map(Product::initial)
                    .orElse(0);
            int ordered =
                    seen.orders().stream().mapToInt(order -> order.pieces(id)).sum();
            if (left < 0 || left >= wanted || left < initial - ordered) {
                breach(
                        Rule.STOCK,
                        "%s was refused as only %d of product %s are left, and wanted %d; of %d pieces %d were ordered"
                                .formatted(checkout, left, id, wanted, initial, ordered));
            }
        });
    }

    private void acceptedOrdersExistAsOrdered() {
        for (Checkout checkout : seen.checkouts()) {
            for (String id : checkout.orders()) {
                Optional<Order> order = Optional.ofNullable(orders.get(id));
                if (order.isEmpty()) {
                    breach(Rule.ANSWERED, checkout + " was accepted as order " + id + ", and there is no such order");
                }
                order.ifPresent(found -> asOrdered(checkout, found));
            }
        }
    }

    private void asOrdered(Checkout checkout, Order order) {
        Map<String, Integer> lines =
                order.lines().stream().collect(Collectors.toMap(Line::product, Line::quantity, Integer::sum));
        if (!lines.equals(checkout.lines())) {
            breach(
                    Rule.AS_ORDERED,
                    "order %s is for %s, in the cart was %s".formatted(order.id(), lines, checkout.lines()));
        }
        if (checkout.total().filter(order.total()::equals).isEmpty()) {
            breach(
                    Rule.AS_ORDERED,
                    "order %s costs %s, the checkout was answered with %s"
                            .formatted(
                                    order.id(),
                                    order.total(),
                                    checkout.total().map(Money::toString).orElse("no total")));
        }
    }

    private void oneOrderForOneKey() {
        Map<String, String> keys = new HashMap<>();
        for (Checkout checkout : seen.checkouts()) {
            if (checkout.orders().size() > 1) {
                breach(Rule.ONCE, checkout + " became several orders under one key: " + checkout.orders());
            }
            for (String order : checkout.orders()) {
                Optional.ofNullable(keys.put(order, checkout.toString()))
                        .ifPresent(other -> breach(
                                Rule.ONCE,
                                "order %s answers the keys of both %s and %s".formatted(order, other, checkout)));
            }
        }
        Map<String, List<Checkout>> byCustomer = seen.checkouts().stream()
                .filter(checkout -> checkout.customer().isPresent())
                .collect(Collectors.groupingBy(checkout -> checkout.customer().orElseThrow()));
        byCustomer.forEach((customer, checkouts) -> {
            // An answer that was lost may have been to an order that was made.
            long unsure = checkouts.stream()
                    .filter(checkout -> checkout.orders().isEmpty())
                    .filter(checkout -> checkout.outcome() instanceof Outcome.Lost)
                    .count();
            List<String> unknown = seen.orders().stream()
                    .filter(order -> order.customer().equals(customer) && !keys.containsKey(order.id()))
                    .map(Order::id)
                    .toList();
            if (unknown.size() > unsure) {
                breach(
                        Rule.ONCE,
                        "%s has orders that no checkout was answered with: %s"
                                .formatted(checkouts.getFirst().shopper(), unknown));
            }
        });
    }

    private void order(Order order) {
        if (order.isOpen()) {
            breach(Rule.FINISHED, "order " + order.id() + " is still " + order.status());
        }
        long sum = 0;
        boolean oneCurrency = true;
        for (Line line : order.lines()) {
            sum += line.total().amount();
            oneCurrency &= line.total().currency().equals(order.total().currency());
            if (!line.unitPrice().times(line.quantity()).equals(line.total())) {
                breach(
                        Rule.AS_ORDERED,
                        "order %s: %d times %s is not %s"
                                .formatted(order.id(), line.quantity(), line.unitPrice(), line.total()));
            }
        }
        if (sum != order.total().amount() || !oneCurrency) {
            breach(
                    Rule.AS_ORDERED,
                    "order %s: its lines add up to %d, its total is %s".formatted(order.id(), sum, order.total()));
        }
        wrongPayment(order, Optional.ofNullable(seen.payments().get(order.id())))
                .ifPresent(wrong -> breach(Rule.PAID_FOR, wrong));
    }

    private void stock(String id, Product product) {
        int sold = seen.orders().stream()
                .filter(order -> order.status().equals("PAID"))
                .mapToInt(order -> order.pieces(id))
                .sum();
        if (product.left() < 0) {
            breach(Rule.STOCK, "product " + id + " has " + product.left() + " pieces left");
        }
        if (product.initial() - sold != product.left()) {
            breach(
                    Rule.STOCK,
                    "product %s had %d pieces and sold %d, and has %d left; ordered by %s"
                            .formatted(id, product.initial(), sold, product.left(), buyers(id)));
        }
        if (product.isWholeLedger()) {
            ledger(id, product, sold);
        }
    }

    private void ledger(String id, Product product, int sold) {
        int available = 0;
        int reserved = 0;
        int soldByLedger = 0;
        for (Movement movement : product.ledger().reversed()) {
            available += movement.available();
            reserved += movement.reserved();
            if (available < 0 || reserved < 0) {
                breach(
                        Rule.STOCK,
                        "product %s: its ledger goes down to %d available, %d reserved"
                                .formatted(id, available, reserved));
            }
            soldByLedger += switch (movement.kind()) {
                case "SOLD" -> -movement.reserved();
                case "RETURNED" -> -movement.available();
                default -> 0;
            };
        }
        if (available != product.left() || reserved != 0 || soldByLedger != sold) {
            breach(
                    Rule.STOCK,
                    "product %s: its ledger says %d left, %d reserved, %d sold; the catalog says %d left, the orders %d sold"
                            .formatted(id, available, reserved, soldByLedger, product.left(), sold));
        }
    }

    private List<String> buyers(String product) {
        return seen.orders().stream()
                .filter(order -> order.pieces(product) > 0)
                .map(order -> order.id() + " " + order.status())
                .toList();
    }

    private void breach(Rule rule, String detail) {
        breaches.add(new Breach(rule, detail));
    }
}
