package dev.hexmart.bootstrap.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {

    private static final Duration NEVER_BY_ITSELF = Duration.ofDays(1);

    private final Semaphore rounds = new Semaphore(0);

    @Test
    void aWorkerThatIsWokenWorksAtOnce() throws InterruptedException {
        try (Worker worker = Worker.start("test", NEVER_BY_ITSELF, rounds::release)) {
            worker.wake();
            assertThat(rounds.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void unwokenWorkerRunsAtItsPace() throws InterruptedException {
        try (Worker _ = Worker.start("test", Duration.ofMillis(5), rounds::release)) {
            assertThat(rounds.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aRoundThatFailsIsFollowedByAnother() throws InterruptedException {
        AtomicInteger round = new AtomicInteger();
        Runnable failsTwice = () -> {
            rounds.release();
            switch (round.incrementAndGet()) {
                case 1 -> throw new TemporaryFailure("planted");
                case 2 -> throw new IllegalStateException("planted");
                default -> {}
            }
        };
        try (Worker _ = Worker.start("test", Duration.ofMillis(5), failsTwice)) {
            assertThat(rounds.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void stoppingWaitsForTheRoundThatIsUnderWayAndInterruptsNothing() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicBoolean finished = new AtomicBoolean();
        Worker worker = Worker.start("test", NEVER_BY_ITSELF, () -> {
            entered.countDown();
            try {
                leave.await();
                finished.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        worker.wake();
        entered.await();
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                worker.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        // Until it waits, or has not waited, for the round.
        while (stopper.isAlive() && stopper.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(stopper.isAlive()).as("close() waits for the round").isTrue();
        leave.countDown();
        stopper.join();
        assertThat(finished).as("the round ran to its end").isTrue();
    }
}
