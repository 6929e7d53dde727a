package dev.hexmart.tools.load;

import dev.hexmart.tools.load.client.Identity;
import dev.hexmart.tools.load.client.NoAnswer;
import dev.hexmart.tools.load.client.Patience;
import dev.hexmart.tools.load.client.ShopClient;
import dev.hexmart.tools.load.client.Shopper;
import dev.hexmart.tools.load.client.UnexpectedAnswer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A load, from its first word to its verdict. */
public final class Load {

    /** Besides what was breached, which is 1. */
    private static final int MISUSED = 2;

    private static final int SIGN_INS_AT_ONCE = 8;

    private final Options options;
    private final PrintStream out;
    private final ShopClient shop;
    private final Identity identity;
    private final Logbook logbook = new Logbook();
    private final Measurements measurements = new Measurements();
    private final Map<String, Shopper> shoppers = new ConcurrentHashMap<>();

    /** Shoppers without a visit in progress: a cart is one person's, so a shopper has one visit at a time. */
    private final ConcurrentLinkedQueue<Shopper> waiting = new ConcurrentLinkedQueue<>();

    private Load(Options options, PrintStream out, ShopClient shop, Identity identity) {
        this.options = options;
        this.out = out;
        this.shop = shop;
        this.identity = identity;
    }

    /**
     * Runs a load as its user asks for it.
     *
     * @return the exit status: 0 if everything holds, 1 for a breach or without an answer, 2 for invalid arguments
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.print(Options.USAGE);
            return 0;
        }
        Options options;
        try {
            options = Options.parse(arguments, environment);
        } catch (IllegalArgumentException e) {
            err.println("hexmart load: " + e.getMessage());
            return MISUSED;
        }
        try (ShopClient shop = new ShopClient(options.shop());
                Identity identity = new Identity(options.identity())) {
            Result result = new Load(options, out, shop, identity).run();
            result.print(out);
            options.json().ifPresent(file -> write(result, file));
            return result.exitStatus();
        } catch (NoAnswer e) {
            err.println("hexmart load: " + e.getMessage() + ".\nIs the shop running at " + options.shop()
                    + ", its sign-in at " + options.identity() + "? Start ./hexmart demo first, or say where they are"
                    + " with --shop and --identity.");
            return 1;
        } catch (UnexpectedAnswer | IllegalStateException | UncheckedIOException e) {
            err.println("hexmart load: " + e.getMessage());
            return 1;
        }
    }

    private Result run() {
        Shopper carol = new Shopper(identity, "carol");
        Optional<String> lastBefore = Audit.newestOrder(shop, carol);
        Arrivals arrivals = options.arrivals();
        String run = Long.toString(System.currentTimeMillis() / 1000, Character.MAX_RADIX);
        try (Offer offer = Offer.open(shop, carol, run, arrivals.count())) {
            Thread tidyUp = new Thread(offer::close, "tidy up");
            Runtime.getRuntime().addShutdownHook(tidyUp);
            signInShoppers(Math.min(Shopper.MOST, arrivals.count()));
            out.printf(
                    "%d shoppers in %d s, %s each, to %s%n",
                    arrivals.count(), options.duration().toSeconds(), options.methods(), options.shop());
            double seconds = send(arrivals, offer);
            out.println("checking");
            List<Breach> breaches =
                    new Audit(shop, carol, shoppers, offer.stocks(), lastBefore).run(logbook, options.patience());
            Runtime.getRuntime().removeShutdownHook(tidyUp);
            return new Result(
                    options,
                    seconds,
                    logbook.counts(),
                    logbook.checkouts(),
                    measurements,
                    shop.streamsRefused(),
                    breaches);
        }
    }

    private void signInShoppers(int count) {
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
            throw new IllegalStateException(
                    "only %d of %d shoppers could sign in at %s".formatted(waiting.size(), count, options.identity()));
        }
    }

    /** Returns how many seconds passed from the first arrival until the last shopper was answered. */
    private double send(Arrivals arrivals, Offer offer) {
        long start = System.nanoTime();
        AtomicLong lastAnswer = new AtomicLong(start);
        try (Progress _ = Progress.start(out, logbook, measurements);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            arrivals.send(Arrivals.Timeline.REAL, (number, intended) -> {
                logbook.started();
                String method = options.methods().pick(ThreadLocalRandom.current());
                threads.execute(() -> visit(offer, number, intended, method, lastAnswer));
            });
        }
        return Duration.ofNanos(lastAnswer.get() - start).toMillis() / 1000.0;
    }

    private void visit(Offer offer, int number, long intended, String method, AtomicLong lastAnswer) {
        Optional<Shopper> shopper = Optional.ofNullable(waiting.poll());
        while (shopper.isEmpty()) {
            // All are in the shop. That they are is the shop's doing, so the time goes on counting.
            Patience.pause(Duration.ofMillis(10));
            shopper = Optional.ofNullable(waiting.poll());
        }
        try {
            Visit visit = new Visit(
                    shop, measurements, options.patience(), shopper.get(), number, intended, method, offer, lastAnswer);
            logbook.ended(visit.run());
        } finally {
            waiting.add(shopper.get());
        }
    }

    private static void write(Result result, Path file) {
        try {
            Files.writeString(file, result.json() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be written to " + file + ": " + e, e);
        }
    }
}
