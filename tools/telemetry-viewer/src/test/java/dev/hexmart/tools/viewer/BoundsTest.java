package dev.hexmart.tools.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin2.Endpoint;
import zipkin2.Span;

/** However much arrives, what is kept is bounded, and it is the oldest that goes. */
class BoundsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void theOldestTraceMakesRoomForTheNewest() {
        Traces traces = new Traces(10);

        IntStream.rangeClosed(1, 15).forEach(number -> traces.add(List.of(span(number))));

        assertThat(traces.spans()).isLessThanOrEqualTo(10).isPositive();
        assertThat(traces.trace(trace(15))).hasSize(1);
        assertThat(traces.trace(trace(1))).isEmpty();
    }

    @Test
    void theOldestLinesMakeRoomForTheNewest() {
        LogLines lines = new LogLines(3, 1000);

        IntStream.rangeClosed(1, 5).forEach(number -> lines.add(List.of(line(number, "line " + number, ""))));

        assertThat(lines.latest(10, _ -> true)).extracting(LogLine::text).containsExactly("line 3", "line 4", "line 5");
    }

    @Test
    void longLinesAndStacksTakeTheRoomOfMany() {
        LogLines lines = new LogLines(100, 50);

        lines.add(List.of(line(1, "a".repeat(20), "")));
        lines.add(List.of(line(2, "b".repeat(20), "c".repeat(20))));
        assertThat(lines.latest(10, _ -> true)).extracting(LogLine::text).containsExactly("b".repeat(20));

        lines.add(List.of(line(3, "d".repeat(51), "")));
        assertThat(lines.size()).isZero();
        lines.add(List.of(line(4, "e", "")));
        assertThat(lines.size()).isEqualTo(1);
    }

    @Test
    void linesAreInTheOrderOfTimeWhicheverServiceWasFirstToSend() {
        LogLines lines = new LogLines(100, 1000);

        lines.add(List.of(line(2, "second", ""), line(4, "fourth", "")));
        lines.add(List.of(line(1, "first", ""), line(3, "third", "")));

        assertThat(lines.latest(3, _ -> true)).extracting(LogLine::text).containsExactly("second", "third", "fourth");
    }

    private static LogLine line(int second, String text, String stack) {
        return new LogLine(NOON.plusSeconds(second), "orders", "INFO", "logger", "", "", text, stack);
    }

    private static Span span(int number) {
        return Span.newBuilder()
                .traceId(trace(number))
                .id(number)
                .timestamp(NOON.plusSeconds(number).toEpochMilli() * 1000)
                .duration(1L)
                .localEndpoint(Endpoint.newBuilder().serviceName("orders").build())
                .build();
    }

    private static String trace(int number) {
        return "%032x".formatted(number);
    }
}
