package dev.hexmart.bootstrap.platform.process;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again on a thread of its own: whenever it is woken, and otherwise at a fixed pace.
 *
 * <p>Never interrupts its thread, which may be in socket I/O where an interrupt would close a connection that others
 * use. Stopping waits for the round that is under way.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final String name;
    private final Duration pace;
    private final Runnable round;
    private final Thread thread;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean stopping;

    private Worker(String name, Duration pace, Runnable round) {
        this.name = name;
        this.pace = pace;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /**
     * Starts the work.
     *
     * @param pace pause between two rounds, unless it is woken
     * @param round one round; a failure is logged, and the next round is put off a little longer each time
     */
    public static Worker start(String name, Duration pace, Runnable round) {
        Worker worker = new Worker(name, pace, round);
        worker.thread.start();
        return worker;
    }

    /** Has a round begin as soon as the present one is over. */
    public void wake() {
        wakeUps.release();
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        wake();
        thread.join();
    }

    private void run() {
        Duration pause = pace;
        while (rest(pause)) {
            try {
                round.run();
                pause = pace;
            } catch (TemporaryFailure e) {
                pause = longer(pause);
                LOG.warn("{} will be tried again in {}: {}", name, pause, e.getMessage());
            } catch (RuntimeException e) {
                pause = longer(pause);
                LOG.error("{} failed and will be tried again in {}", name, pause, e);
            }
        }
    }

    private Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 || pace.compareTo(LONGEST_PAUSE) > 0 ? twice : LONGEST_PAUSE;
    }

    /** Rests until it is woken, the pause is over or it is to stop; returns whether to go on. */
    private boolean rest(Duration pause) {
        try {
            if (wakeUps.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                // One round is for all who woke it until now.
                wakeUps.drainPermits();
            }
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
