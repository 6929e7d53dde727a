package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The telemetry of one service: traces and logs, sent to a collector if one is configured, and metrics to be scraped.
 *
 * <p>It never blocks a caller. What the collector does not accept in time is dropped, and counted.
 */
public final class Telemetry implements AutoCloseable {

    private static final ContextKey<Telemetry> TELLER = ContextKey.named("hexmart-telemetry");
    private static final long LAST_WORDS_SECONDS = 1;

    private final TelemetrySettings settings;
    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final boolean recordsSpans;
    private final Metrics metrics;
    private final Optional<LogShipping> logs;

    Telemetry(TelemetrySettings settings, OpenTelemetrySdk sdk, Losses losses) {
        this.settings = settings;
        this.sdk = sdk;
        // Disabled, the library sends nothing but would still make ids.
        OpenTelemetry api = settings.isDisabled() ? OpenTelemetry.noop() : sdk;
        this.tracer = api.getTracer("dev.hexmart");
        this.recordsSpans = !settings.isDisabled()
                && !sdk.getSdkTracerProvider().getSampler().equals(Sampler.alwaysOff());
        this.metrics = new Metrics();
        losses.count(metrics);
        this.logs = settings.sendsLogs() ? Optional.of(LogShipping.begin(this, sdk.getLogsBridge())) : Optional.empty();
    }

    /** @throws IllegalArgumentException for a setting that makes no sense, with its variable's name and not its value */
    public static Telemetry open(TelemetrySettings settings) {
        Losses losses = new Losses(settings.service());
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesCustomizer(_ -> settings.properties())
                    .addMeterProviderCustomizer((provider, _) -> provider.registerMetricReader(losses))
                    .addSpanExporterCustomizer((exporter, _) -> losses.counting(exporter))
                    .addLogRecordExporterCustomizer((exporter, _) -> losses.counting(exporter))
                    .build()
                    .getOpenTelemetrySdk();
            return new Telemetry(settings, sdk, losses);
        } catch (ConfigurationException e) {
            // Without the cause, whose message repeats the value: it may be a password among the headers.
            throw new IllegalArgumentException(settings.variableIn(String.valueOf(e.getMessage()))
                    + " is not as OpenTelemetry takes it; see its documentation");
        }
    }

    public Metrics metrics() {
        return metrics;
    }

    /** The trace that the calling thread is in. */
    public static Optional<String> traceId() {
        return current().map(SpanContext::getTraceId);
    }

    /** The span that the calling thread is in. */
    public static Optional<String> spanId() {
        return current().map(SpanContext::getSpanId);
    }

    /** Runs what it is given at once, in the calling thread, as a part of the trace that this was called in. */
    public static Executor currentTrace() {
        Context trace = Context.current();
        return work -> trace.wrap(work).run();
    }

    /** Flushes the queue, with a timeout of a second. */
    @Override
    public void close() {
        logs.ifPresent(LogShipping::close);
        CompletableResultCode.ofAll(List.of(
                        sdk.getSdkTracerProvider().shutdown(),
                        sdk.getSdkLoggerProvider().shutdown()))
                .join(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether a span may ever be recorded; where none is, a span of a request is for its trace's id, and others are for nothing. */
    boolean recordsSpans() {
        return recordsSpans;
    }

    boolean trustsIncoming() {
        return settings.trustsIncoming();
    }

    SpanBuilder span(String name, SpanKind kind) {
        return tracer.spanBuilder(name).setSpanKind(kind);
    }

    /** In this context the span is the current one, and what is logged is this service's. */
    Context within(Span span) {
        return Context.current().with(TELLER, this).with(span);
    }

    TextMapPropagator propagator() {
        return sdk.getPropagators().getTextMapPropagator();
    }

    /** Of several services in one process, the one whose span is current; empty if there is none. */
    static Optional<Telemetry> atWork() {
        return Optional.ofNullable(Context.current().get(TELLER));
    }

    private static Optional<SpanContext> current() {
        return Optional.of(Span.current().getSpanContext()).filter(SpanContext::isValid);
    }
}
