package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;

/** A span that is current on its thread from its start until it is ended, on that same thread. */
final class ActiveSpan {

    private final Span span;
    private final Scope scope;

    private ActiveSpan(Span span, Scope scope) {
        this.span = span;
        this.scope = scope;
    }

    /** What keeps it is ended where the work ends, which is seldom the block that it began in. */
    @SuppressWarnings("MustBeClosedChecker")
    static ActiveSpan start(Telemetry telemetry, SpanBuilder builder) {
        Span span = builder.startSpan();
        return new ActiveSpan(span, telemetry.within(span).makeCurrent());
    }

    Span span() {
        return span;
    }

    void fail(Throwable failure) {
        fail(span, failure);
    }

    /** The name of the class says what went wrong; the message, which may quote a customer, is for the log alone. */
    static void fail(Span span, Throwable failure) {
        span.setAttribute(Names.ERROR_TYPE, Names.errorType(failure));
        span.setStatus(StatusCode.ERROR);
    }

    void end() {
        scope.close();
        span.end();
    }
}
