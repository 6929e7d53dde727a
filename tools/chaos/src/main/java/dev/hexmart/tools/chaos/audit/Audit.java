package dev.hexmart.tools.chaos.audit;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** {@code ./hexmart audit}. */
public final class Audit {

    private static final Duration PACE = Duration.ofSeconds(2);

    private Audit() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /** Returns the exit status: 0 if everything holds, 1 for a breach or without an answer, 2 for invalid arguments. */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.print(Options.USAGE);
            return 0;
        }
        try {
            Options options = Options.parse(arguments, environment, Path.of(""));
            Verdict verdict = look(options, Set.of());
            verdict.print(out);
            return verdict.isClean() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            err.println("hexmart audit: " + e.getMessage());
            return 2;
        } catch (IllegalStateException | UncheckedIOException e) {
            err.println("hexmart audit: " + e.getMessage()
                    + ".\nDoes the shop run? ./hexmart audit --help says how the databases are found.");
            return 1;
        }
    }

    /**
     * The verdict on a shop whose services share a database and that its customers have left.
     *
     * @param acknowledged orders that customers were told of
     */
    public static Verdict settled(
            String url, String user, String password, Path books, Set<String> acknowledged, Duration patience) {
        Databases.Address address = new Databases.Address(url, user, password);
        Map<String, Databases.Address> addresses = Map.of("products", address, "orders", address, "payments", address);
        return look(new Options(addresses, Optional.of(books), true, patience), acknowledged);
    }

    private static Verdict look(Options options, Set<String> acknowledged) {
        return untilClean(
                () -> Invariants.check(
                        Databases.read(options.addresses(), options.books()), acknowledged, options.settled()),
                options.patience(),
                PACE);
    }

    /** Looks again for as long as something does not fit; a breach is what no look has seen mended. */
    static Verdict untilClean(Supplier<Verdict> look, Duration patience, Duration pace) {
        long deadline = System.nanoTime() + patience.toNanos();
        Verdict verdict = look.get();
        while (!verdict.isClean() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(pace);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the audit was interrupted", e);
            }
            verdict = look.get().lasting(verdict);
        }
        return verdict;
    }
}
