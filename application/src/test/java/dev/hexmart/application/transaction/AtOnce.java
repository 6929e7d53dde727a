package dev.hexmart.application.transaction;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Does the same from many threads at once. */
public final class AtOnce {

    private static final long PATIENCE = 60;

    private AtOnce() {}

    /** What each of them came to, in no order that means anything. */
    public static <R> List<R> times(int times, Callable<R> task) {
        return times(times, _ -> task);
    }

    /** What the first, the second, … of them came to. */
    public static <R> List<R> times(int times, IntFunction<Callable<R>> tasks) {
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<R>> running = IntStream.range(0, times)
                .mapToObj(i -> new FutureTask<>(() -> {
                    start.await();
                    return tasks.apply(i).call();
                }))
                .toList();
        running.forEach(task -> Thread.ofVirtual().start(task));
        start.countDown();
        return running.stream().map(AtOnce::result).toList();
    }

    /** Tries again as long as it fails for a while only, as any caller of a contended store has to. */
    public static <R> R insisting(Supplier<R> task) {
        while (true) {
            try {
                return task.get();
            } catch (TemporaryFailure _) {
                Thread.onSpinWait();
            }
        }
    }

    private static <R> R result(FutureTask<R> task) {
        try {
            return task.get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("One of the threads failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("One of the threads did not end", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
