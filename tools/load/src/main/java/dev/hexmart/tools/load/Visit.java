package dev.hexmart.tools.load;

import dev.hexmart.tools.load.Checkout.Outcome;
import dev.hexmart.tools.load.client.Answer;
import dev.hexmart.tools.load.client.NoAnswer;
import dev.hexmart.tools.load.client.Patience;
import dev.hexmart.tools.load.client.ShopClient;
import dev.hexmart.tools.load.client.Shopper;
import dev.hexmart.tools.load.client.UnexpectedAnswer;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One shopper's way through the shop, from the catalog to an order that is paid or cancelled. */
final class Visit {

    /** How often a checkout is sent under its one key before it is given up for lost. */
    private static final int MOST_ATTEMPTS = 5;

    /** How the note of a step begins that says that the payment was declined. */
    private static final String DECLINED = "\"Payment declined";

    private static final Set<String> ENDS = Set.of("PAID", "CANCELLED", "REFUNDED");

    private final ShopClient shop;
    private final Measurements measurements;
    private final Duration patience;
    private final Shopper shopper;
    private final int number;
    private final long arrival;
    private final String method;
    private final Map<String, Integer> wanted;
    private final AtomicLong lastAnswer;
    private final String key = UUID.randomUUID().toString();

    private final Set<String> orders = new LinkedHashSet<>();
    private Optional<String> customer = Optional.empty();
    private Optional<Money> total = Optional.empty();

    /**
     * @param arrival when the shopper meant to come, by {@link System#nanoTime}
     * @param lastAnswer when the last of all shoppers had their checkout accepted
     */
    Visit(
            ShopClient shop,
            Measurements measurements,
            Duration patience,
            Shopper shopper,
            int number,
            long arrival,
            String method,
            Offer offer,
            AtomicLong lastAnswer) {
        this.shop = shop;
        this.measurements = measurements;
        this.patience = patience;
        this.shopper = shopper;
        this.number = number;
        this.arrival = arrival;
        this.method = method;
        this.wanted = wanted(number, offer);
        this.lastAnswer = lastAnswer;
    }

    /** Two in five want a second product, and some want more than one piece. */
    private static Map<String, Integer> wanted(int number, Offer offer) {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        wanted.put(offer.product(number), 1 + number / 7 % 3);
        if (number % 5 < 2) {
            wanted.merge(offer.product(number + 3), 1, Integer::sum);
        }
        return wanted;
    }

    Checkout run() {
        Outcome outcome;
        try {
            outcome = shop();
        } catch (UnexpectedAnswer e) {
            String why = String.valueOf(e.getMessage());
            outcome = e.isRefusal() ? new Outcome.Refused(why) : new Outcome.Failed(why);
        } catch (NoAnswer e) {
            outcome = new Outcome.Lost(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            outcome = new Outcome.Failed(e.toString());
        }
        if (orders.isEmpty()) {
            leaveCart();
        }
        return new Checkout(
                number,
                shopper.toString(),
                customer,
                method,
                customer.isPresent() ? wanted : Map.of(),
                orders,
                total,
                outcome);
    }

    private Outcome shop() {
        timed(Step.LIST, arrival, () -> shop.get("/products?limit=24", shopper).expect(200, "GET /products"));
        timed(Step.VIEW, () -> shop.get("/products/" + first(), shopper).expect(200, "GET /products/{id}"));
        fillCart();
        JsonObject cart = timed(Step.CART, this::viewCart).object();
        if (!lines(cart).equals(wanted)) {
            // Left behind by an interrupted visit, such as one of an earlier load test.
            leaveCart();
            fillCart();
            cart = viewCart().object();
        }
        if (!lines(cart).equals(wanted)) {
            return new Outcome.Failed(
                    "The cart holds " + lines(cart) + " after " + wanted + " was put into an empty one");
        }
        customer = Optional.of(cart.getString("userId"));
        return checkOut();
    }

    private Answer viewCart() {
        return shop.get("/cart", shopper).expect(200, "GET /cart");
    }

    private void fillCart() {
        wanted.forEach((product, quantity) -> {
            String line = Json.createObjectBuilder()
                    .add("productId", product)
                    .add("quantity", quantity)
                    .build()
                    .toString();
            timed(Step.ADD, () -> shop.post("/cart/add", shopper, line).expect(200, "POST /cart/add"));
        });
    }

    private Outcome checkOut() {
        long sent = System.nanoTime();
        Answer answer = number % 20 == 7 ? clickTwice() : timed(Step.CHECKOUT, this::sendCheckout);
        for (int attempt = 1; mayBeDone(answer); attempt++) {
            if (attempt == MOST_ATTEMPTS) {
                return new Outcome.Lost("POST /cart/checkout: " + answer.summary() + ", each of " + attempt + " times");
            }
            Patience.pause(answer.pause());
            answer = sendCheckout();
        }
        if (answer.isShortage()) {
            return new Outcome.SoldOut(shortages(answer));
        }
        note(answer.expect(202, "POST /cart/checkout"));
        long accepted = System.nanoTime();
        measurements.record(Step.VISIT, accepted - arrival);
        lastAnswer.accumulateAndGet(accepted, Math::max);
        if (number % 10 == 3) {
            note(timed(Step.AGAIN, this::sendCheckout).expect(202, "POST /cart/checkout, again"));
        }
        return follow(orders.iterator().next(), sent);
    }

    /** An impatient shopper: two requests at the same time, of which one is enough. */
    private Answer clickTwice() {
        FutureTask<Answer> second = new FutureTask<>(this::sendCheckout);
        Thread.ofVirtual().start(second);
        Answer first = timed(Step.CHECKOUT, this::sendCheckout);
        try {
            Answer other = second.get();
            if (other.status() == 202) {
                note(other);
            }
            return first.status() == 202 ? first : other;
        } catch (ExecutionException _) {
            return first;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The load was interrupted", e);
        }
    }

    /** Retried with its idempotency key if there was no answer. */
    private Answer sendCheckout() {
        String body = Json.createObjectBuilder()
                .add("payment", Json.createObjectBuilder().add("method", method))
                .build()
                .toString();
        for (int attempt = 1; ; attempt++) {
            try {
                return shop.post("/cart/checkout", shopper, body, "Idempotency-Key", key);
            } catch (NoAnswer e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                Patience.pause(Duration.ofSeconds(1));
            }
        }
    }

    /** An answer that leaves open whether there is an order. */
    private static boolean mayBeDone(Answer answer) {
        return answer.isInFlight() || (answer.isRefusal() && answer.status() == 503);
    }

    private void note(Answer accepted) {
        JsonObject order = accepted.object();
        orders.add(order.getString("orderId"));
        total = Optional.of(Money.read(order.getJsonObject("total")));
    }

    private static Map<String, Integer> shortages(Answer refused) {
        return refused.object().getJsonArray("shortages").getValuesAs(JsonObject.class).stream()
                .collect(Collectors.toMap(
                        shortage -> shortage.getString("productId"), shortage -> shortage.getInt("available")));
    }

    private Outcome follow(String order, long sent) {
        long deadline = sent + patience.toNanos();
        String path = "/orders/" + order;
        shop.follow(
                path + "/events",
                shopper,
                line -> ENDS.contains(status(line)) || line.contains(DECLINED) || System.nanoTime() > deadline);
        long settled = System.nanoTime();
        boolean declined = false;
        while (true) {
            JsonObject seen = Patience.ask(() -> shop.get(path, shopper))
                    .expect(200, "GET /orders/{id}")
                    .object();
            String status = seen.getString("status");
            if (seen.containsKey("declined") && !declined) {
                declined = true;
                goOnAfterDeclined(order);
            }
            if (ENDS.contains(status)) {
                boolean late = declined || method.equals("card-slow") || method.equals("card-lost");
                measurements.record(late ? Step.SETTLED_LATE : Step.SETTLED, settled - sent);
                return new Outcome.Ended(status);
            }
            if (System.nanoTime() > deadline) {
                return new Outcome.Unfinished(
                        "order " + order + " is " + status + " after " + patience.toSeconds() + " s");
            }
            Patience.pause(Duration.ofMillis(100));
            settled = System.nanoTime();
        }
    }

    /** Whose card is declined takes another one or, every second, has enough of it. */
    private void goOnAfterDeclined(String order) {
        if (number % 2 == 0) {
            String body = Json.createObjectBuilder()
                    .add("orderId", order)
                    .add("method", "card-ok")
                    .build()
                    .toString();
            String again = UUID.randomUUID().toString();
            Patience.ask(() -> shop.post("/pay", shopper, body, "Idempotency-Key", again))
                    .expect(200, "POST /pay, by another card");
        } else {
            Patience.ask(() -> shop.post("/orders/" + order + "/cancel", shopper, ""))
                    .expect(202, "POST /orders/{id}/cancel");
        }
    }

    private static String status(String line) {
        if (!line.startsWith("data:") || !line.contains("\"status\"")) {
            return "";
        }
        try (var reader = Json.createReader(new StringReader(line.substring("data:".length())))) {
            return reader.readObject().getString("status");
        } catch (JsonException _) {
            return "";
        }
    }

    private void leaveCart() {
        try {
            Patience.ask(() -> shop.delete("/cart", shopper));
        } catch (NoAnswer _) {
            // The next visit finds the cart as it is, and empties it.
        }
    }

    private String first() {
        return wanted.keySet().iterator().next();
    }

    private static Map<String, Integer> lines(JsonObject cart) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (JsonObject line : cart.getJsonArray("lines").getValuesAs(JsonObject.class)) {
            lines.put(line.getString("productId"), line.getInt("quantity"));
        }
        return lines;
    }

    private Answer timed(Step step, Supplier<Answer> request) {
        return timed(step, System.nanoTime(), request);
    }

    private Answer timed(Step step, long since, Supplier<Answer> request) {
        Answer answer = request.get();
        measurements.record(step, System.nanoTime() - since);
        return answer;
    }
}
