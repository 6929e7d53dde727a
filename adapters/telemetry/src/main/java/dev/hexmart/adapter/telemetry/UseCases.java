package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.trace.SpanKind;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The use cases at work, each in a span of its own that bears its name. */
public final class UseCases {

    private final Telemetry telemetry;
    private final Predicate<RuntimeException> isAnswer;

    /** @param isAnswer tells what is thrown as an answer, such as a refusal, from what is thrown as a failure */
    public UseCases(Telemetry telemetry, Predicate<RuntimeException> isAnswer) {
        this.telemetry = telemetry;
        this.isAnswer = isAnswer;
    }

    public void run(String name, Runnable work) {
        run(name, () -> {
            work.run();
            return name;
        });
    }

    /** @param name of the use case, such as {@code PlaceOrder} */
    public <R> R run(String name, Supplier<R> work) {
        if (!telemetry.recordsSpans() && Telemetry.traceId().isPresent()) {
            // Nothing records it, and the trace has its id already.
            return work.get();
        }
        ActiveSpan active = ActiveSpan.start(telemetry, telemetry.span(name, SpanKind.INTERNAL));
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (!isAnswer.test(e)) {
                active.fail(e);
            }
            throw e;
        } finally {
            active.end();
        }
    }
}
