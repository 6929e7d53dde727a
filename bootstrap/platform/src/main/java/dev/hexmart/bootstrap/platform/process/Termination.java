package dev.hexmart.bootstrap.platform.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The end of a process, by SIGTERM, by Ctrl-C or by itself.
 *
 * <p>Begun before anything is started, so that a signal at any moment leads to the same orderly stop; a JVM left to itself
 * would end with 143 for a SIGTERM, although everything went well.
 */
public final class Termination {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicInteger status = new AtomicInteger();

    private Termination() {}

    /** From now on a signal does not end the process but is noted. */
    public static Termination listen() {
        Termination termination = new Termination();
        Runtime.getRuntime().addShutdownHook(new Thread(termination::holdUntilFinished, "termination"));
        return termination;
    }

    /** Waits until the process is asked to end. */
    public void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process, now that everything is closed. */
    public void exit(int code) {
        status.set(code);
        finished.countDown();
        System.exit(code);
    }

    private void holdUntilFinished() {
        asked.countDown();
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status.get());
    }
}
