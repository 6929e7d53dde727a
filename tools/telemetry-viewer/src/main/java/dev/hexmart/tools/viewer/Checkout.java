package dev.hexmart.tools.viewer;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import zipkin2.Span;

/**
 * A checkout as its trace and the log tell of it.
 *
 * @param duration from its first span to the end of its last
 * @param said the last that the log has of it
 * @param failed whether one of its spans did
 */
record Checkout(String trace, Instant begun, Duration duration, long services, int spans, String said, boolean failed) {

    /** @param spans at least one */
    static Checkout of(List<Span> spans, LogLines lines) {
        String trace = spans.getFirst().traceId();
        long begun = spans.stream().mapToLong(Span::timestampAsLong).min().orElseThrow();
        long ended = spans.stream()
                .mapToLong(span -> span.timestampAsLong() + span.durationAsLong())
                .max()
                .orElseThrow();
        List<LogLine> told = lines.of(trace);
        return new Checkout(
                trace,
                Instant.EPOCH.plus(begun, ChronoUnit.MICROS),
                Duration.of(ended - begun, ChronoUnit.MICROS),
                spans.stream().map(Span::localServiceName).distinct().count(),
                spans.size(),
                told.isEmpty() ? "" : told.getLast().text(),
                spans.stream().anyMatch(span -> span.tags().containsKey("error")));
    }
}
