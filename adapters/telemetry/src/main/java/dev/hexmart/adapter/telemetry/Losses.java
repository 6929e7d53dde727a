package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what telemetry has dropped: because its queue was full, as the library itself counts, or because the collector
 * did not take it. Says so in the log, once a minute at the most.
 */
final class Losses implements MetricReader {

    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);
    private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");
    private static final String QUEUE_FULL = "queue_full";

    /** What the library calls what has passed through a queue, in its older and its newer way of counting. */
    private static final Map<String, String> SIGNALS = Map.of(
            "processedSpans", "traces",
            "otel.sdk.processor.span.processed", "traces",
            "processedLogs", "logs",
            "otel.sdk.processor.log.processed", "logs");

    private final String service;
    private final LongAdder spans = new LongAdder();
    private final LongAdder logs = new LongAdder();
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
    private volatile CollectionRegistration library = CollectionRegistration.noop();

    /** @param service whose telemetry it is */
    Losses(String service) {
        this.service = service;
    }

    void count(Metrics metrics) {
        metrics.sums(
                "hexmart_telemetry_dropped_total",
                "Spans and log records that never reached the collector",
                "signal",
                Map.of(
                        "traces", () -> spans.sum() + turnedAway("traces"),
                        "logs", () -> logs.sum() + turnedAway("logs")));
    }

    SpanExporter counting(SpanExporter exporter) {
        return new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> batch) {
                return counted(() -> exporter.export(batch), batch.size(), spans);
            }

            @Override
            public CompletableResultCode flush() {
                return exporter.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return exporter.shutdown();
            }
        };
    }

    LogRecordExporter counting(LogRecordExporter exporter) {
        return new LogRecordExporter() {
            @Override
            public CompletableResultCode export(Collection<LogRecordData> batch) {
                return counted(() -> exporter.export(batch), batch.size(), logs);
            }

            @Override
            public CompletableResultCode flush() {
                return exporter.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return exporter.shutdown();
            }
        };
    }

    @Override
    public void register(CollectionRegistration registration) {
        library = registration;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    private CompletableResultCode counted(Supplier<CompletableResultCode> export, int size, LongAdder lost) {
        CompletableResultCode result = export.get();
        return result.whenComplete(() -> {
            if (!result.isSuccess()) {
                lost.add(size);
                tell();
            }
        });
    }

    private void tell() {
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + BETWEEN_LINES.toNanos())) {
            LOG.warn(
                    "The collector takes no telemetry from {}: {} spans and {} log records dropped so far",
                    service,
                    spans.sum(),
                    logs.sum());
        }
    }

    private double turnedAway(String signal) {
        return library.collectAllMetrics().stream()
                .filter(metric -> signal.equals(SIGNALS.get(metric.getName())))
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .filter(point -> isDropped(point.getAttributes()))
                .mapToDouble(point -> point.getValue())
                .sum();
    }

    private static boolean isDropped(Attributes attributes) {
        return Boolean.TRUE.equals(attributes.get(DROPPED)) || QUEUE_FULL.equals(attributes.get(Names.ERROR_TYPE));
    }
}
