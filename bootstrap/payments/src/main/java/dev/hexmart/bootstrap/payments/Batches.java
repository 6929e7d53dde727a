package dev.hexmart.bootstrap.payments;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands items on in batches, on a thread of its own: what comes in while one batch is worked on is the next one, and an item
 * that comes alone waits for no other.
 */
final class Batches<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);
    private static final int LARGEST = 20;

    private final String name;
    private final Function<T, ?> key;
    private final Consumer<List<T>> work;
    private final ExecutorService thread;
    private final Deque<T> waiting = new ArrayDeque<>();

    /**
     * Starts the thread.
     *
     * @param key of which a batch has no two items
     * @param work what is done with a batch; when it throws, it is done once more with each item by itself
     */
    Batches(String name, Function<T, ?> key, Consumer<List<T>> work) {
        this.name = name;
        this.key = key;
        this.work = work;
        this.thread =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
    }

    /** Returns at once. @return whether it will be worked on, which it will not once this is closed */
    synchronized boolean add(T item) {
        if (thread.isShutdown()) {
            return false;
        }
        waiting.add(item);
        // Finds nothing to do if the item was in an earlier batch by then.
        thread.execute(() -> handle(next()));
        return true;
    }

    /** Works on what is waiting, and ends. */
    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            thread.shutdown();
        }
        thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    private synchronized List<T> next() {
        List<T> batch = new ArrayList<>();
        Set<Object> keys = new HashSet<>();
        while (batch.size() < LARGEST && !waiting.isEmpty() && keys.add(key.apply(waiting.getFirst()))) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    private void handle(List<T> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            work.accept(batch);
        } catch (RuntimeException e) {
            if (batch.size() > 1) {
                batch.forEach(item -> handle(List.of(item)));
            } else if (e instanceof TemporaryFailure) {
                LOG.warn("{}: {} is left to the next sweep: {}", name, key.apply(batch.getFirst()), e.getMessage());
            } else {
                LOG.error("{}: {} failed", name, key.apply(batch.getFirst()), e);
            }
        }
    }
}
