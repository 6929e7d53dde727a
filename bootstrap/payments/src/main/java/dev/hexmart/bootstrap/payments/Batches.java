package dev.hexmart.bootstrap.payments;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<T> waiting = new ArrayDeque<>();
    private boolean stopping;

    private Batches(String name, Function<T, ?> key, Consumer<List<T>> work) {
        this.name = name;
        this.key = key;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /**
     * Starts the work.
     *
     * @param key of which a batch has no two items
     * @param work what is done with a batch; when it throws, it is done once more with each item by itself
     */
    static <T> Batches<T> start(String name, Function<T, ?> key, Consumer<List<T>> work) {
        Batches<T> batches = new Batches<>(name, key, work);
        batches.thread.start();
        return batches;
    }

    /** Returns at once. @return whether it will be worked on, which it will not once this is closed */
    boolean add(T item) {
        lock.lock();
        try {
            if (stopping) {
                return false;
            }
            waiting.add(item);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Works on what is waiting, and ends. */
    @Override
    public void close() throws InterruptedException {
        lock.lock();
        try {
            stopping = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        thread.join();
    }

    private void run() {
        List<T> batch = next();
        while (!batch.isEmpty()) {
            handle(batch);
            batch = next();
        }
    }

    /** @return nothing when this is closed and all is done */
    private List<T> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !stopping) {
                changed.awaitUninterruptibly();
            }
            List<T> batch = new ArrayList<>();
            Set<Object> keys = new HashSet<>();
            while (batch.size() < LARGEST && !waiting.isEmpty() && keys.add(key.apply(waiting.getFirst()))) {
                batch.add(waiting.removeFirst());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void handle(List<T> batch) {
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
