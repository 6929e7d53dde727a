package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A service's telemetry that stays in memory. */
final class Recorded implements AutoCloseable {

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final Telemetry telemetry;

    private Recorded(boolean trustsIncoming) {
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        TelemetrySettings settings = TelemetrySettings.from(Map.of(), "test").trustingIncoming(trustsIncoming);
        this.telemetry = new Telemetry(settings, sdk, new Losses("test"));
    }

    static Recorded inside() {
        return new Recorded(true);
    }

    static Recorded atTheEdge() {
        return new Recorded(false);
    }

    Telemetry telemetry() {
        return telemetry;
    }

    List<SpanData> spans() {
        return spans.getFinishedSpanItems();
    }

    SpanData span(String name) {
        return spans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " among " + spans()));
    }

    String numbers() {
        return new String(
                telemetry.metrics().read("application/openmetrics-text").body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        telemetry.close();
    }
}
