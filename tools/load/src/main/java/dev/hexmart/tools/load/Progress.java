package dev.hexmart.tools.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says every now and then how far the load has got; the last word is spoken when it is closed. */
final class Progress implements AutoCloseable {

    private static final Duration ON_A_TERMINAL = Duration.ofSeconds(1);
    private static final Duration IN_A_LOG = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Logbook logbook;
    private final Measurements measurements;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    private Progress(PrintStream out, Logbook logbook, Measurements measurements) {
        this.out = out;
        this.logbook = logbook;
        this.measurements = measurements;
    }

    static Progress start(PrintStream out, Logbook logbook, Measurements measurements) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        long pace = (terminal ? ON_A_TERMINAL : IN_A_LOG).toMillis();
        Progress progress = new Progress(out, logbook, measurements);
        progress.timer.scheduleAtFixedRate(progress::tell, pace, pace, TimeUnit.MILLISECONDS);
        return progress;
    }

    private void tell() {
        Logbook.Counts counts = logbook.counts();
        out.printf(
                Locale.ROOT,
                "%4d s  started %d  under way %d  paid %d  cancelled %d  sold out %d  refused %d  lost %d  errors %d  checkout p95 %.0f ms%n",
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                counts.started(),
                counts.underWay(),
                counts.paid(),
                counts.cancelled(),
                counts.soldOut(),
                counts.refused(),
                counts.lost(),
                counts.errors(),
                measurements.recentP95());
    }

    @Override
    public void close() {
        timer.close();
        tell();
    }
}
