package dev.hexmart.adapter.telemetry;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Under which name a service tells about itself, and to whom.
 *
 * @param service its name in traces and logs, unless {@code OTEL_SERVICE_NAME} says otherwise
 * @param trustsIncoming whether the trace that a request brings along is gone on with; where strangers ask, it is not
 * @param properties OpenTelemetry's own, under their names such as {@code otel.traces.sampler}
 */
public record TelemetrySettings(String service, boolean trustsIncoming, Map<String, String> properties) {

    /** The variables that name a collector; the last is an alias that some compose files use. */
    public static final List<String> ENDPOINTS = List.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
            "OTELO_ENDPOINT");

    private static final String TRACES_PATH = "/v1/traces";
    /** Tells the processes of one service apart; new with each start. */
    private static final String RESOURCE_OF_PROCESS = "service.namespace=hexmart,service.instance.id=";

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final String TRACES_ENDPOINT = "otel.exporter.otlp.traces.endpoint";
    private static final String LOGS_ENDPOINT = "otel.exporter.otlp.logs.endpoint";
    private static final String RESOURCE = "otel.resource.attributes";

    public TelemetrySettings {
        properties = Map.copyOf(properties);
    }

    /** @param environment whose {@code OTEL_*} variables are heeded; without an endpoint in it nothing is sent anywhere */
    public static TelemetrySettings from(Map<String, String> environment, String service) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "otel.service.name", service,
                // No baggage: the services write none, and incoming baggage is not trusted.
                "otel.propagators", "tracecontext",
                "otel.exporter.otlp.protocol", "http/protobuf"));
        environment.forEach((variable, value) -> {
            if (variable.startsWith("OTEL_") && !value.isBlank()) {
                properties.put(variable.toLowerCase(Locale.ROOT).replace('_', '.'), value.strip());
            }
        });
        String alias = environment.getOrDefault("OTELO_ENDPOINT", "").strip();
        if (!alias.isEmpty()) {
            properties.putIfAbsent(alias.endsWith(TRACES_PATH) ? TRACES_ENDPOINT : ENDPOINT, alias);
        }
        properties.merge(RESOURCE, RESOURCE_OF_PROCESS + UUID.randomUUID(), (theirs, ours) -> ours + "," + theirs);
        properties.putIfAbsent("otel.traces.exporter", exporter(properties, TRACES_ENDPOINT));
        properties.putIfAbsent("otel.logs.exporter", exporter(properties, LOGS_ENDPOINT));
        if ("none".equals(properties.get("otel.traces.exporter"))) {
            // Ids are still made, for the log; but no span is recorded, and no other service is told to record one.
            properties.putIfAbsent("otel.traces.sampler", "always_off");
        }
        // Metrics are not sent but fetched.
        properties.put("otel.metrics.exporter", "none");
        return new TelemetrySettings(service, true, properties);
    }

    public TelemetrySettings trustingIncoming(boolean trusts) {
        return new TelemetrySettings(service, trusts, properties);
    }

    boolean sendsLogs() {
        return !isDisabled() && !"none".equals(properties.get("otel.logs.exporter"));
    }

    boolean isDisabled() {
        return "true".equalsIgnoreCase(properties.get("otel.sdk.disabled"));
    }

    /** The variable that the library's words are about, which name it as a property. */
    String variableIn(String words) {
        return properties.keySet().stream()
                .filter(words::contains)
                .max(Comparator.comparingInt(String::length))
                .map(property -> property.toUpperCase(Locale.ROOT).replace('.', '_'))
                .orElse("An OTEL_ variable");
    }

    private static String exporter(Map<String, String> properties, String endpoint) {
        return properties.containsKey(ENDPOINT) || properties.containsKey(endpoint) ? "otlp" : "none";
    }
}
