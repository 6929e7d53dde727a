package dev.hexmart.adapter.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The numbers of one service, as Prometheus reads them.
 *
 * <p>Whatever is counted or measured within a trace that is recorded carries that trace's id as an exemplar.
 */
public final class Metrics {

    private static final double NANOS = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();

    public Metrics() {
        JvmMetrics.builder().register(registry);
    }

    /** A gauge that is read at each scrape. */
    public void gauge(String name, String help, DoubleSupplier level) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(level.getAsDouble()))
                .register(registry);
    }

    /** Gauges that are read at each scrape, each with its own value of the label. */
    public void gauges(String name, String help, String label, Map<String, DoubleSupplier> levels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> levels.forEach((value, level) -> callback.call(level.getAsDouble(), value)))
                .register(registry);
    }

    /** The state of a connection pool. @param to the server, in words */
    public void pool(
            String prefix,
            String to,
            DoubleSupplier active,
            DoubleSupplier idle,
            DoubleSupplier waiting,
            DoubleSupplier size) {
        gauges(
                prefix + "_connections",
                "Connections to " + to + " that are in use, or at hand",
                "state",
                Map.of("active", active, "idle", idle));
        gauge(prefix + "_waiting", "Threads that wait for a connection to " + to, waiting);
        gauge(prefix + "_size", "Connections to " + to + " that there can be", size);
    }

    /** Sums that are kept elsewhere, each with its own value of the label. */
    public void sums(String name, String help, String label, Map<String, DoubleSupplier> sums) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> sums.forEach((value, sum) -> callback.call(sum.getAsDouble(), value)))
                .register(registry);
    }

    Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    /** @param bounds of the buckets, in seconds */
    Histogram seconds(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder()
                .name(name)
                .unit(Unit.SECONDS)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .labelNames(labels)
                .register(registry);
    }

    static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / NANOS;
    }

    /**
     * All numbers as of now.
     *
     * @param accept the reader's {@code Accept} header: OpenMetrics where it asks for that, otherwise Prometheus' own text
     */
    public Page read(String accept) {
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Page(writer.getContentType(), out.toByteArray());
    }

    /** What a scraper gets. */
    public record Page(String contentType, byte[] body) {}
}
