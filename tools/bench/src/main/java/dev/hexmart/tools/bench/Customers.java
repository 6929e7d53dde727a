package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Route;
import dev.hexmart.tools.bench.generator.Shopper;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The shoppers at one target, and what they need there: tokens, sessions, products on stock, carts, orders. */
final class Customers {

    private static final int SHOPPERS = 64;
    private static final int WITH_SESSION = 24;
    private static final int PRODUCTS = 20;
    private static final int IN_CART = 3;
    private static final int AT_ONCE = 8;
    private static final int PLENTY = 500_000;

    private final Target target;
    private final Client client;
    private final String manager;
    private final List<String> products;
    private List<Shopper> shoppers;
    private boolean cartsFilled;

    private Customers(Target target, Client client, String manager, List<Shopper> shoppers, List<String> products) {
        this.target = target;
        this.client = client;
        this.manager = manager;
        this.shoppers = shoppers;
        this.products = products;
    }

    static Customers signIn(Target target, Client client) {
        List<String> names = IntStream.rangeClosed(1, SHOPPERS)
                .mapToObj(number -> "shopper-" + number)
                .toList();
        List<Shopper> shoppers = each(names, name -> new Shopper(name, client.token(target.identity(), name), "", ""));
        String manager = client.token(target.identity(), "carol");
        URI catalog = target.service("products")
                .or(() -> target.service("gateway"))
                .or(() -> target.service("cart"))
                .orElseThrow();
        Client.Answer page = client.send(
                "GET", catalog.resolve("/products?limit=" + PRODUCTS), "", "Authorization", "Bearer " + manager);
        if (page.status() != 200) {
            throw new BenchFailure("%s of %s answers GET /products with %d: %s"
                    .formatted(catalog, target.name(), page.status(), page.body()));
        }
        List<String> products = page.json().asJsonArray().getValuesAs(JsonObject.class).stream()
                .map(product -> product.getString("id"))
                .toList();
        if (products.isEmpty()) {
            throw new BenchFailure(catalog + " of " + target.name() + " has no products");
        }
        return new Customers(target, client, manager, shoppers, products);
    }

    /** Adds to the stock of each product what thousands of orders take. Returns whether the target let it. */
    boolean restock() {
        URI catalog =
                target.service("products").or(() -> target.service("gateway")).orElse(target.identity());
        String body = "{\"delta\":" + PLENTY + ",\"reason\":\"benchmark\"}";
        return each(
                        products,
                        product -> client.findAs(
                                manager, "POST", catalog.resolve("/products/" + product + "/stock"), body))
                .stream()
                .allMatch(answer -> answer.filter(it -> it.status() == 200).isPresent());
    }

    /** Signs some in at the gateway. Returns whether the target has such a sign-in. */
    boolean openSessions() {
        Optional<URI> gateway = target.service("gateway");
        if (gateway.isEmpty()) {
            return false;
        }
        List<Optional<String>> sessions =
                each(shoppers.subList(0, WITH_SESSION), shopper -> openSession(gateway.get(), shopper));
        if (sessions.contains(Optional.<String>empty())) {
            return false;
        }
        List<Shopper> signedIn = new ArrayList<>(shoppers);
        for (int i = 0; i < WITH_SESSION; i++) {
            signedIn.set(i, signedIn.get(i).withSession(sessions.get(i).orElseThrow()));
        }
        shoppers = signedIn;
        return true;
    }

    /** A service that has just been started may refuse the first. */
    private Optional<String> openSession(URI gateway, Shopper shopper) {
        return client.session(gateway, shopper.name())
                .or(() -> client.session(gateway, shopper.name()))
                .or(() -> client.session(gateway, shopper.name()));
    }

    /** Lets each with a session order something, and waits until it is paid. Returns whether there are such orders. */
    boolean placeOrders() {
        Optional<URI> orders = target.service("orders");
        if (orders.isEmpty()) {
            return false;
        }
        List<Shopper> ordered = new ArrayList<>(shoppers);
        for (int i = 0; i < WITH_SESSION; i++) {
            Shopper shopper = shoppers.get(i);
            Optional<String> order = placeOrder(orders.get(), i);
            if (order.isEmpty()) {
                return false;
            }
            ordered.set(i, shopper.withOrder(order.get()));
        }
        shoppers = ordered;
        // A paid order's page shows its whole history.
        for (int attempt = 0; attempt < 50 && !isPaid(orders.get(), shoppers.get(WITH_SESSION - 1)); attempt++) {
            Shop.pause(Duration.ofMillis(200));
        }
        return true;
    }

    /** Orders one piece of one product, by a card that is accepted; returns the order's id if the target takes it. */
    Optional<String> placeOrder(URI orders, int number) {
        Shopper shopper = shoppers.get(number % shoppers.size());
        String body = "{\"lines\":[{\"productId\":\"" + products.get(number % products.size())
                + "\",\"quantity\":1}],\"payment\":{\"method\":\"card-ok\"}}";
        return client.find(
                        "POST",
                        orders.resolve("/cartCheckout"),
                        body,
                        "Authorization",
                        "Bearer " + shopper.token(),
                        "Idempotency-Key",
                        UUID.randomUUID().toString())
                .filter(answer -> answer.status() == 201)
                .map(answer -> answer.json().asJsonObject().getString("orderId"));
    }

    private boolean isPaid(URI orders, Shopper shopper) {
        return client.findAs(shopper.token(), "GET", orders.resolve("/orders/" + shopper.order()), "")
                .filter(answer -> answer.body().contains("PAID"))
                .isPresent();
    }

    /** Makes the carts as the route needs them: some lines, or none. */
    void prepareCarts(Route route) {
        Optional<URI> cart = target.service("cart");
        boolean fill = route.needsCart();
        if (cart.isEmpty() || (fill && cartsFilled) || !(fill || route == Route.CART_ADD)) {
            return;
        }
        each(shoppers, shopper -> {
            client.findAs(shopper.token(), "DELETE", cart.get().resolve("/cart"), "");
            for (int i = 0; fill && i < IN_CART; i++) {
                String line = "{\"productId\":\"" + products.get(i % products.size()) + "\",\"quantity\":2}";
                client.findAs(shopper.token(), "POST", cart.get().resolve("/cart/add"), line);
            }
            return shopper;
        });
        cartsFilled = fill;
    }

    List<Route.Ask> asks(Route route) {
        List<Shopper> askers = route.as() == Route.As.SESSION ? shoppers.subList(0, WITH_SESSION) : shoppers;
        return route.asks(askers, products, SHOPPERS * PRODUCTS);
    }

    List<Shopper> shoppers() {
        return shoppers;
    }

    List<String> products() {
        return products;
    }

    /** A token that may see the orders of all customers. */
    String manager() {
        return manager;
    }

    private static <T, R> List<R> each(List<T> items, Function<T, R> work) {
        Semaphore turns = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> all = items.stream()
                    .map(item -> threads.submit(() -> {
                        turns.acquireUninterruptibly();
                        try {
                            return work.apply(item);
                        } finally {
                            turns.release();
                        }
                    }))
                    .toList();
            List<R> results = new ArrayList<>();
            for (Future<R> one : all) {
                try {
                    results.add(one.get());
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof BenchFailure failure ? failure : new IllegalStateException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new BenchFailure("interrupted", e);
                }
            }
            return results;
        }
    }
}
