package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.Burst;
import dev.hexmart.tools.bench.generator.Latency;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Places orders at {@code POST /cartCheckout} and waits until all are paid.
 *
 * <p>This process sends them, since no generator sends each with a key of its own and knows the answers.
 */
final class OrderLoad {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final URI orders;
    private final Customers customers;
    private final Client client;
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<Double> answered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicLong errors = new AtomicLong();

    OrderLoad(URI orders, Customers customers, Client client) {
        this.orders = orders;
        this.customers = customers;
        this.client = client;
    }

    /** What is known before the orders have been looked at one by one. */
    record Placed(Instant began, Burst post) {}

    /** Closed loop: each connection sends its next order when the one before is answered; returns when the last order is paid. */
    Placed closedLoop(int connections, int seconds) {
        Instant began = Instant.now();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                threads.execute(() -> {
                    while (System.nanoTime() < end) {
                        place();
                    }
                });
            }
        }
        return drained(began, seconds);
    }

    /** Open loop: a fixed number a second, whether or not earlier ones are answered; returns when the last order is paid. */
    Placed fixedRate(int perSecond, int seconds) {
        Instant began = Instant.now();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < perSecond * seconds; i++) {
                long due = start + i * 1_000_000_000L / perSecond;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                threads.execute(this::place);
            }
        }
        return drained(began, seconds);
    }

    private void place() {
        long began = System.nanoTime();
        Optional<String> order = customers.placeOrder(orders, number.getAndIncrement());
        answered.add((System.nanoTime() - began) / 1e6);
        order.ifPresentOrElse(accepted::add, errors::incrementAndGet);
    }

    /** Waits for the orders that were accepted last, by asking for few of them. */
    private Placed drained(Instant began, double seconds) {
        List<String> all = List.copyOf(accepted);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String order : all.subList(Math.max(0, all.size() - 64), all.size())) {
            while (!isOver(find(order)) && System.nanoTime() < deadline) {
                Shop.pause(Duration.ofMillis(20));
            }
        }
        double[] times = answered.stream().mapToDouble(Double::doubleValue).toArray();
        return new Placed(began, new Burst(times.length, seconds, errors.get(), Latency.of(times)));
    }

    /** Looks at each order: what time it took, by the history that the orders service keeps. */
    Report.OrderRound look(Meter.Measured<Placed> measured) {
        Placed placed = measured.result();
        List<Double> times = new ArrayList<>();
        Instant last = placed.began();
        for (String order : accepted) {
            Map<String, Instant> history = find(order);
            Optional<Instant> paid = Optional.ofNullable(history.get("PAID"));
            Optional<Instant> pending = Optional.ofNullable(history.get("PENDING"));
            if (paid.isPresent() && pending.isPresent()) {
                times.add(Duration.between(pending.get(), paid.get()).toNanos() / 1e6);
                last = paid.get().isAfter(last) ? paid.get() : last;
            }
        }
        return new Report.OrderRound(
                placed.post(),
                times.size(),
                Duration.between(placed.began(), last).toNanos() / 1e9,
                Latency.of(times.stream().mapToDouble(Double::doubleValue).toArray()),
                measured.cpu());
    }

    private static boolean isOver(Map<String, Instant> history) {
        return history.containsKey("PAID") || history.containsKey("CANCELLED");
    }

    /** When the order first was in each status; empty if it cannot be read. */
    private Map<String, Instant> find(String order) {
        Map<String, Instant> history = new HashMap<>();
        client.findAs(customers.manager(), "GET", orders.resolve("/orders/" + order), "")
                .filter(answer -> answer.status() == 200)
                .map(answer -> answer.json().asJsonObject())
                .filter(json -> json.containsKey("history"))
                .ifPresent(json -> json.getJsonArray("history").getValuesAs(JsonObject.class).stream()
                        .forEach(entry ->
                                history.putIfAbsent(entry.getString("status"), Instant.parse(entry.getString("at")))));
        return history;
    }
}
