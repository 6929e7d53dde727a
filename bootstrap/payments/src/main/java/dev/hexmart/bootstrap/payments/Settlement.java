package dev.hexmart.bootstrap.payments;

import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.adapter.telemetry.UseCases;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.payment.SettlePayment;
import dev.hexmart.application.payment.SettlePayment.Answer;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.shared.OrderId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles payments side by side, each on a thread of its own, because a provider takes its time. What is committed before and
 * after is committed for several together.
 */
final class Settlement implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final String USE_CASE = SettlePayment.class.getSimpleName();
    private static final int AT_ONCE = 100;
    private static final long LAST_ANSWERS_SECONDS = 10;

    private final SettlePayment settle;
    private final UseCases useCases;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Batches<WakeUp> begun;
    private final Batches<Answered> answered;

    Settlement(SettlePayment settle, UseCases useCases) {
        this.settle = settle;
        this.useCases = useCases;
        this.begun = new Batches<>("payments to settle", WakeUp::order, this::begin);
        this.answered = new Batches<>("answers to note", it -> it.answer().order(), this::note);
    }

    /** @param trace runs what belongs to the trace that the payment was woken in */
    private record WakeUp(OrderId order, Executor trace) {}

    private record Answered(Answer answer, Executor trace) {}

    /** Starts to settle one payment and returns. The next sweep settles the rest. */
    void begin(OrderId order) {
        if (!begun.add(new WakeUp(order, Telemetry.currentTrace()))) {
            LOG.debug("Stopping, so {} is left to the next sweep", order);
        }
    }

    /** Settles all due payments: after timeouts, and those of a crashed process. */
    void sweep() {
        settle.due(AT_ONCE).forEach(this::begin);
    }

    @Override
    public void close() throws InterruptedException {
        begun.close();
        threads.shutdown();
        if (!threads.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("Some payments are still being settled; they will be retried after the next start");
        }
        answered.close();
    }

    private void begin(List<WakeUp> batch) {
        Map<OrderId, WakeUp> orders = batch.stream().collect(Collectors.toMap(WakeUp::order, Function.identity()));
        batch.getFirst()
                .trace()
                .execute(() -> settle.begin(orders.keySet()).forEach(payment -> {
                    Executor trace =
                            Objects.requireNonNull(orders.get(payment.order())).trace();
                    threads.execute(() -> trace.execute(() -> ask(payment)));
                }));
    }

    private void ask(Payment payment) {
        try {
            useCases.run(USE_CASE, () -> noteLater(settle.ask(payment), Telemetry.currentTrace()));
        } catch (TemporaryFailure e) {
            LOG.warn("The payment of {} will be settled later: {}", payment.order(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The payment of {} could not be settled", payment.order(), e);
        }
    }

    private void noteLater(Answer answer, Executor trace) {
        if (!answered.add(new Answered(answer.in(work -> trace.execute(work::run)), trace))) {
            LOG.warn("Stopping, so the provider will be asked about {} again", answer.order());
        }
    }

    private void note(List<Answered> batch) {
        List<Answer> answers = batch.stream().map(Answered::answer).toList();
        batch.getFirst().trace().execute(() -> settle.note(answers));
    }
}
