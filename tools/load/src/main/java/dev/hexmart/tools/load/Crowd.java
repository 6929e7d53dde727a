package dev.hexmart.tools.load;

import dev.hexmart.tools.load.client.Identity;
import dev.hexmart.tools.load.client.Patience;
import dev.hexmart.tools.load.client.ShopClient;
import dev.hexmart.tools.load.client.Shopper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Shoppers who come at a given rate, and what became of them. */
public final class Crowd {

    private static final int SIGN_INS_AT_ONCE = 8;

    private final ShopClient shop;
    private final Identity identity;
    private final Logbook logbook = new Logbook();
    private final Measurements measurements = new Measurements();
    private final Map<String, Shopper> shoppers = new ConcurrentHashMap<>();

    /** Shoppers without a visit in progress: a cart is one person's, so a shopper has one visit at a time. */
    private final ConcurrentLinkedQueue<Shopper> waiting = new ConcurrentLinkedQueue<>();

    public Crowd(ShopClient shop, Identity identity) {
        this.shop = shop;
        this.identity = identity;
    }

    Logbook logbook() {
        return logbook;
    }

    Measurements measurements() {
        return measurements;
    }

    Map<String, Shopper> shoppers() {
        return shoppers;
    }

    /** The orders that shoppers were told of. */
    public Set<String> acknowledged() {
        return logbook.checkouts().stream()
                .flatMap(checkout -> checkout.orders().stream())
                .collect(Collectors.toSet());
    }

    /** The visits that ended otherwise than a visit may, in words. */
    public List<String> failures() {
        return logbook.checkouts().stream()
                .filter(checkout -> checkout.outcome() instanceof Checkout.Outcome.Failed)
                .map(checkout -> checkout + ": " + checkout.outcome())
                .toList();
    }

    /**
     * Lets shoppers buy what carol puts on offer for it; returns when the last of them has left.
     *
     * @param opened is run before the first one comes
     */
    public void visit(double rate, Duration duration, String methods, Duration patience, Runnable opened) {
        Arrivals arrivals = new Arrivals(rate, duration);
        signIn(arrivals);
        try (Offer offer = Offer.open(shop, new Shopper(identity, "carol"), run(), arrivals.count())) {
            opened.run();
            send(arrivals, offer, MethodMix.parse(methods), patience);
        }
    }

    /** What tells the products of one run from those of another. */
    static String run() {
        return Long.toString(System.currentTimeMillis() / 1000, Character.MAX_RADIX);
    }

    void signIn(Arrivals arrivals) {
        int count = Math.min(Shopper.MOST, arrivals.count());
        Semaphore turns = new Semaphore(SIGN_INS_AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i <= count; i++) {
                String name = "shopper-" + i;
                threads.submit(() -> {
                    turns.acquireUninterruptibly();
                    try {
                        Shopper shopper = new Shopper(identity, name);
                        shoppers.put(name, shopper);
                        waiting.add(shopper);
                    } finally {
                        turns.release();
                    }
                });
            }
        }
        if (waiting.size() < count) {
            // Once more, in the open, to hear what is in the way.
            new Shopper(identity, "shopper-" + Shopper.MOST);
            throw new IllegalStateException("only %d of %d shoppers could sign in".formatted(waiting.size(), count));
        }
    }

    /** Returns how many seconds passed from the first arrival until the last shopper was answered. */
    double send(Arrivals arrivals, Offer offer, MethodMix methods, Duration patience) {
        long start = System.nanoTime();
        AtomicLong lastAnswer = new AtomicLong(start);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            arrivals.send(Arrivals.Timeline.REAL, (number, intended) -> {
                logbook.started();
                String method = methods.pick(ThreadLocalRandom.current());
                threads.execute(() -> visit(offer, number, intended, method, patience, lastAnswer));
            });
        }
        return Duration.ofNanos(lastAnswer.get() - start).toMillis() / 1000.0;
    }

    private void visit(
            Offer offer, int number, long intended, String method, Duration patience, AtomicLong lastAnswer) {
        Optional<Shopper> shopper = Optional.ofNullable(waiting.poll());
        while (shopper.isEmpty()) {
            // All are in the shop. That they are is the shop's doing, so the time goes on counting.
            Patience.pause(Duration.ofMillis(10));
            shopper = Optional.ofNullable(waiting.poll());
        }
        try {
            Visit visit =
                    new Visit(shop, measurements, patience, shopper.get(), number, intended, method, offer, lastAnswer);
            logbook.ended(visit.run());
        } finally {
            waiting.add(shopper.get());
        }
    }
}
