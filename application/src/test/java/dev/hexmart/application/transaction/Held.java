package dev.hexmart.application.transaction;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Holds a transaction open in a thread of its own, so that a test can look at what happens meanwhile. */
public final class Held implements AutoCloseable {

    private static final long PATIENCE = 30;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final FutureTask<Void> transaction;

    private Held(Consumer<Runnable> transaction) {
        this.transaction = new FutureTask<>(() -> transaction.accept(this::pause), null);
    }

    /**
     * Returns when the transaction has come to its pause.
     *
     * @param transaction runs a transaction that calls what it is handed in its midst
     */
    public static Held open(Consumer<Runnable> transaction) {
        Held held = new Held(transaction);
        Thread.ofVirtual().start(held.transaction);
        await(held.reached, "The transaction never came to its pause");
        return held;
    }

    /** Lets the transaction end, and waits for that. */
    @Override
    public void close() {
        goOn.countDown();
        try {
            transaction.get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("The transaction that was held open failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The transaction that was held open did not end", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void pause() {
        reached.countDown();
        await(goOn, "The transaction was not released");
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(PATIENCE, TimeUnit.SECONDS)) {
                throw new AssertionError(otherwise);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
