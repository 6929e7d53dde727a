package dev.hexmart.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void aGaugeShowsTheLevelOfTheMomentItIsReadAt() {
        AtomicInteger level = new AtomicInteger(1);
        metrics.gauge("hexmart_outbox_unsent", "Messages that wait to be sent", level::get);
        assertThat(text("text/plain")).contains("hexmart_outbox_unsent 1.0");
        level.set(7);
        assertThat(text("text/plain")).contains("hexmart_outbox_unsent 7.0");
    }

    @Test
    void theJvmTellsAboutItself() {
        assertThat(text("text/plain")).contains("jvm_memory_used_bytes").contains("jvm_threads_current");
    }

    @Test
    void acceptOfOpenMetricsGetsOpenMetrics() {
        assertThat(metrics.read("application/openmetrics-text").contentType())
                .startsWith("application/openmetrics-text");
        assertThat(text("application/openmetrics-text")).endsWith("# EOF\n");
        assertThat(metrics.read("text/plain").contentType()).startsWith("text/plain");
    }

    private String text(String accept) {
        return new String(metrics.read(accept).body(), StandardCharsets.UTF_8);
    }
}
