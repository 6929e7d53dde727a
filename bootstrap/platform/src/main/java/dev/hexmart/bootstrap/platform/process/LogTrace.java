package dev.hexmart.bootstrap.platform.process;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the log learns which trace a line belongs to.
 *
 * <p>The log's layouts are made by name from its configuration, so they have no constructor parameters: it is static.
 */
public final class LogTrace {

    private static volatile LogTrace current = new LogTrace(Optional::empty, Optional::empty);

    private final Supplier<Optional<String>> trace;
    private final Supplier<Optional<String>> span;

    private LogTrace(Supplier<Optional<String>> trace, Supplier<Optional<String>> span) {
        this.trace = trace;
        this.span = span;
    }

    /** From now on lines name the trace and the span that the thread is in which logs them. */
    public static void take(Supplier<Optional<String>> trace, Supplier<Optional<String>> span) {
        current = new LogTrace(trace, span);
    }

    static Optional<String> traceId() {
        return current.trace.get();
    }

    static Optional<String> spanId() {
        return current.span.get();
    }
}
