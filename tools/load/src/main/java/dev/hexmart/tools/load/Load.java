package dev.hexmart.tools.load;

import dev.hexmart.tools.load.client.Identity;
import dev.hexmart.tools.load.client.NoAnswer;
import dev.hexmart.tools.load.client.ShopClient;
import dev.hexmart.tools.load.client.Shopper;
import dev.hexmart.tools.load.client.UnexpectedAnswer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A load, from its first word to its verdict. */
public final class Load {

    /** Besides what was breached, which is 1. */
    private static final int MISUSED = 2;

    private final Options options;
    private final PrintStream out;
    private final ShopClient shop;
    private final Identity identity;
    private final Crowd crowd;

    private Load(Options options, PrintStream out, ShopClient shop, Identity identity) {
        this.options = options;
        this.out = out;
        this.shop = shop;
        this.identity = identity;
        this.crowd = new Crowd(shop, identity);
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
        try (Offer offer = Offer.open(shop, carol, Crowd.run(), arrivals.count())) {
            Thread tidyUp = new Thread(offer::close, "tidy up");
            Runtime.getRuntime().addShutdownHook(tidyUp);
            crowd.signIn(arrivals);
            out.printf(
                    "%d shoppers in %d s, %s each, to %s%n",
                    arrivals.count(), options.duration().toSeconds(), options.methods(), options.shop());
            double seconds;
            try (Progress _ = Progress.start(out, crowd.logbook(), crowd.measurements())) {
                seconds = crowd.send(arrivals, offer, options.methods(), options.patience());
            }
            out.println("checking");
            List<Breach> breaches = new Audit(shop, carol, crowd.shoppers(), offer.stocks(), lastBefore)
                    .run(crowd.logbook(), options.patience());
            Runtime.getRuntime().removeShutdownHook(tidyUp);
            return new Result(
                    options,
                    seconds,
                    crowd.logbook().counts(),
                    crowd.logbook().checkouts(),
                    crowd.measurements(),
                    shop.streamsRefused(),
                    breaches);
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
