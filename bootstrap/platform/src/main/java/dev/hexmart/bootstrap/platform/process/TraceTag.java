package dev.hexmart.bootstrap.platform.process;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The beginning of the trace's id before a line that belongs to one: enough for a person to find the others. */
public final class TraceTag extends ClassicConverter {

    private static final int LENGTH = 8;

    @Override
    public String convert(ILoggingEvent event) {
        return LogTrace.traceId()
                .map(id -> "[" + id.substring(0, LENGTH) + "] ")
                .orElse("");
    }
}
