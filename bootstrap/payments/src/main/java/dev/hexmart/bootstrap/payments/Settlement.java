package dev.hexmart.bootstrap.payments;

import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.adapter.telemetry.UseCases;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.payment.SettlePayment;
import dev.hexmart.domain.shared.OrderId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles payments side by side, each on a thread of its own, because a provider takes its time. */
final class Settlement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final int AT_ONCE = 100;
    private static final long LAST_ANSWERS_SECONDS = 10;

    private final SettlePayment settle;
    private final UseCases useCases;
    private final ExecutorService threads = Telemetry.carrying(Executors.newVirtualThreadPerTaskExecutor());

    Settlement(SettlePayment settle, UseCases useCases) {
        this.settle = settle;
        this.useCases = useCases;
    }

    /** Begins to settle one payment and returns. What cannot be begun any more is found by whoever sweeps next. */
    void begin(OrderId order) {
        try {
            threads.execute(() -> settle(order));
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping, so {} is left to the next sweep", order);
        }
    }

    /** Begins whatever is due: questions whose answer got lost, and those that a dead process meant to ask. */
    void sweep() {
        settle.due(AT_ONCE).forEach(this::begin);
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("Some payments are still being settled; they will be asked about again after the next start");
        }
    }

    private void settle(OrderId order) {
        try {
            useCases.run("SettlePayment", () -> settle.settle(order));
        } catch (TemporaryFailure e) {
            LOG.warn("The payment of {} will be settled later: {}", order, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The payment of {} could not be settled", order, e);
        }
    }
}
