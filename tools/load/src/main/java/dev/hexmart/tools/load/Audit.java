package dev.hexmart.tools.load;

import dev.hexmart.tools.load.Observation.Movement;
import dev.hexmart.tools.load.Observation.Order;
import dev.hexmart.tools.load.Observation.Payment;
import dev.hexmart.tools.load.Observation.Product;
import dev.hexmart.tools.load.client.Answer;
import dev.hexmart.tools.load.client.Patience;
import dev.hexmart.tools.load.client.ShopClient;
import dev.hexmart.tools.load.client.Shopper;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the final state from the shop over its public HTTP API; carol may see everything. */
final class Audit {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; *rel=\"next\"");
    private static final int PAGE = 100;

    private final ShopClient shop;
    private final Shopper carol;
    private final Map<String, Shopper> shoppers;
    private final Map<String, Integer> stocks;
    private final Optional<String> lastBefore;
    private final Map<String, Payment> payments = new HashMap<>();

    /** The orders whose payment has been seen to fit, and is not asked for again. */
    private final Set<String> settled = new HashSet<>();

    /**
     * @param shoppers by name; their payments are asked for by themselves, as there is a limit to how much one may ask
     * @param stocks how many pieces of which product there were to begin with
     * @param lastBefore the newest order from before the load
     */
    Audit(
            ShopClient shop,
            Shopper carol,
            Map<String, Shopper> shoppers,
            Map<String, Integer> stocks,
            Optional<String> lastBefore) {
        this.shop = shop;
        this.carol = carol;
        this.shoppers = shoppers;
        this.stocks = stocks;
        this.lastBefore = lastBefore;
    }

    static Optional<String> newestOrder(ShopClient shop, Shopper carol) {
        return ask(shop, "/orders?limit=1", carol).array().getValuesAs(JsonObject.class).stream()
                .map(order -> order.getString("orderId"))
                .findFirst();
    }

    /** Looks until nothing is amiss any more, or patience is at its end: what follows an order's end takes its time. */
    List<Breach> run(Logbook logbook, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            List<Breach> breaches = Invariants.check(look(logbook));
            if (breaches.isEmpty()
                    || System.nanoTime() > deadline
                    || breaches.stream().noneMatch(Audit::mayPass)) {
                return breaches;
            }
            Patience.pause(Duration.ofSeconds(1));
        }
    }

    private static boolean mayPass(Breach breach) {
        return switch (breach.rule()) {
            case FINISHED, PAID_FOR, STOCK -> true;
            case ANSWERED, ONCE, AS_ORDERED, ERRORS -> false;
        };
    }

    private Observation look(Logbook logbook) {
        List<Checkout> checkouts = logbook.checkouts();
        Map<String, Shopper> customers = new HashMap<>();
        for (Checkout checkout : checkouts) {
            checkout.customer()
                    .ifPresent(customer -> customers.put(customer, shoppers.getOrDefault(checkout.shopper(), carol)));
        }
        List<Order> orders = orders();
        for (Order order : orders) {
            if (!settled.contains(order.id())) {
                Optional<Payment> payment = payment(order, customers.getOrDefault(order.customer(), carol));
                payment.ifPresent(found -> payments.put(order.id(), found));
                if (!order.isOpen() && Invariants.wrongPayment(order, payment).isEmpty()) {
                    settled.add(order.id());
                }
            }
        }
        return new Observation(
                logbook.counts().started(), checkouts, orders, Map.copyOf(payments), products(), shop.serverErrors());
    }

    private List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        Optional<String> next = Optional.of("/orders?limit=" + PAGE);
        while (next.isPresent()) {
            String path = next.get();
            Answer page = ask(shop, path, carol);
            next = next(page);
            for (JsonObject json : page.array().getValuesAs(JsonObject.class)) {
                Order order = Order.read(json);
                if (lastBefore.filter(order.id()::equals).isPresent()) {
                    return orders;
                }
                if (order.lines().stream().anyMatch(line -> stocks.containsKey(line.product()))) {
                    orders.add(order);
                }
            }
        }
        return orders;
    }

    private Optional<Payment> payment(Order order, Shopper who) {
        String path = "/payments/" + order.id();
        Answer answer = Patience.ask(() -> shop.get(path, who));
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(Payment.read(answer.expect(200, "GET " + path).object()));
    }

    private Map<String, Product> products() {
        Map<String, Product> products = new HashMap<>();
        stocks.forEach((id, initial) -> {
            String path = "/products/" + id;
            JsonObject product = ask(shop, path, carol).object();
            List<Movement> ledger = ask(shop, path + "/stock", carol).array().getValuesAs(JsonObject.class).stream()
                    .map(Movement::read)
                    .toList();
            products.put(id, new Product(initial, product.getInt("stock"), ledger));
        });
        return products;
    }

    private static Optional<String> next(Answer page) {
        return page.headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(link -> URI.create(link.group(1)))
                .map(uri -> uri.getRawPath() + "?" + uri.getRawQuery());
    }

    private static Answer ask(ShopClient shop, String path, Shopper who) {
        return Patience.ask(() -> shop.get(path, who)).expect(200, "GET " + path);
    }
}
