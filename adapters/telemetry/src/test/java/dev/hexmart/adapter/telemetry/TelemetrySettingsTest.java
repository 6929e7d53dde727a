package dev.hexmart.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TelemetrySettingsTest {

    private static Map<String, String> properties(Map<String, String> environment) {
        return TelemetrySettings.from(environment, "orders").properties();
    }

    @Test
    void withoutAnEndpointNothingIsSent() {
        assertThat(properties(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " ")))
                .containsEntry("otel.traces.exporter", "none")
                .containsEntry("otel.logs.exporter", "none")
                .containsEntry("otel.metrics.exporter", "none");
    }

    @Test
    void spansAreRecordedOnlyWithAnExporter() {
        assertThat(properties(Map.of())).containsEntry("otel.traces.sampler", "always_off");
        assertThat(properties(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318")))
                .doesNotContainKey("otel.traces.sampler");
    }

    @Test
    void withOneTracesAndLogsAreSentByHttp() {
        assertThat(properties(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318")))
                .containsEntry("otel.traces.exporter", "otlp")
                .containsEntry("otel.logs.exporter", "otlp")
                .containsEntry("otel.metrics.exporter", "none")
                .containsEntry("otel.exporter.otlp.protocol", "http/protobuf");
    }

    @Test
    void theAliasIsTheEndpointOrThatOfTheTracesAlone() {
        assertThat(properties(Map.of("OTELO_ENDPOINT", "http://collector:4318")))
                .containsEntry("otel.exporter.otlp.endpoint", "http://collector:4318")
                .containsEntry("otel.logs.exporter", "otlp");
        assertThat(properties(Map.of("OTELO_ENDPOINT", "http://tempo:4318/v1/traces")))
                .containsEntry("otel.exporter.otlp.traces.endpoint", "http://tempo:4318/v1/traces")
                .containsEntry("otel.traces.exporter", "otlp")
                .containsEntry("otel.logs.exporter", "none");
    }

    @Test
    void anOperatorsWordCounts() {
        assertThat(properties(Map.of(
                        "OTEL_SERVICE_NAME", "other",
                        "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
                        "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test",
                        "OTEL_METRICS_EXPORTER", "otlp")))
                .containsEntry("otel.service.name", "other")
                .containsEntry("otel.traces.sampler", "parentbased_traceidratio")
                .hasEntrySatisfying(
                        "otel.resource.attributes",
                        attributes -> assertThat(attributes)
                                .startsWith("service.namespace=hexmart,")
                                .endsWith(",deployment.environment.name=test"))
                .containsEntry("otel.metrics.exporter", "none");
    }

    @Test
    void processesOfOneServiceHaveInstanceIdsOfTheirOwn() {
        String attributes = "otel.resource.attributes";
        assertThat(properties(Map.of()).get(attributes))
                .contains("service.instance.id=")
                .isNotEqualTo(properties(Map.of()).get(attributes));
    }
}
