package dev.hexmart.adapter.telemetry;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.DoubleSupplier;

/** The numbers of one service, as Prometheus reads them. */
public final class Metrics {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();

    public Metrics() {
        JvmMetrics.builder().register(registry);
    }

    /** A level that is read whenever somebody looks. */
    public void gauge(String name, String help, DoubleSupplier level) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(level.getAsDouble()))
                .register(registry);
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
