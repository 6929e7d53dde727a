package dev.hexmart.adapter.entra;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Does at once whatever it is given, on the thread that gives it.
 *
 * <p>msal4j runs all of its work in an executor, while the caller waits for it. On another thread that work
 * would not be part of the caller's trace.
 */
final class SameThread extends AbstractExecutorService {

    @Override
    public void execute(Runnable work) {
        work.run();
    }

    @Override
    public void shutdown() {
        // There is nothing to be shut down.
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    /** Nothing is under way once it has been given. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
