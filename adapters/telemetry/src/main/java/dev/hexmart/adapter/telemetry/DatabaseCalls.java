package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service asks of a database.
 *
 * <p>All of it is measured; a span it gets only within a trace. Rounds that look for work once a second and find none would
 * otherwise be most of what there is to see.
 */
public final class DatabaseCalls {

    /** As OpenTelemetry's database conventions recommend. */
    private static final double[] BOUNDS = {.001, .005, .01, .05, .1, .5, 1, 5, 10};

    private static final Pattern TARGET =
            Pattern.compile("\\b(?:FROM|INTO|UPDATE)\\s+([a-z_]\\w*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Telemetry telemetry;
    private final String system;
    private final String namespace;
    private final Histogram durations;

    private DatabaseCalls(Telemetry telemetry, String system, String namespace) {
        this.telemetry = telemetry;
        this.system = system;
        this.namespace = namespace;
        this.durations = telemetry
                .metrics()
                .seconds(
                        "db_client_operation_duration",
                        "How long databases took to answer",
                        BOUNDS,
                        "db_system_name",
                        "db_operation_name",
                        "db_query_summary",
                        "error_type");
    }

    /** @param namespace database and schema */
    public static DatabaseCalls postgresql(Telemetry telemetry, String namespace) {
        return new DatabaseCalls(telemetry, "postgresql", namespace);
    }

    public static DatabaseCalls redis(Telemetry telemetry) {
        return new DatabaseCalls(telemetry, "redis", "0");
    }

    /** @param text of a statement whose values are left out, or the name of a command */
    public Call begin(String text) {
        String operation = SPACE.split(text.strip(), 2)[0].toUpperCase(Locale.ROOT);
        String summary = system.equals("redis") ? text : summary(operation, text);
        Span span = Telemetry.traceId().isPresent() ? span(operation, summary, text) : Span.getInvalid();
        return new Call(span, operation, summary);
    }

    private Span span(String operation, String summary, String text) {
        SpanBuilder span = telemetry
                .span(summary, SpanKind.CLIENT)
                .setAttribute("db.system.name", system)
                .setAttribute("db.namespace", namespace)
                .setAttribute("db.operation.name", operation)
                .setAttribute("db.query.summary", summary);
        if (!system.equals("redis")) {
            span.setAttribute("db.query.text", SPACE.matcher(text.strip()).replaceAll(" "));
        }
        return span.startSpan();
    }

    private static String summary(String operation, String text) {
        Matcher target = TARGET.matcher(text);
        return target.find() ? operation + " " + target.group(1) : operation;
    }

    /** A statement or command that is under way. */
    public final class Call {

        private final Span span;
        private final String operation;
        private final String summary;
        private final long started = System.nanoTime();

        private Call(Span span, String operation, String summary) {
            this.span = span;
            this.operation = operation;
            this.summary = summary;
        }

        public void end(Optional<Throwable> failure) {
            failure.ifPresent(it -> ActiveSpan.fail(span, it));
            durations
                    .labelValues(
                            system,
                            operation,
                            summary,
                            failure.map(Names::errorType).orElse(Names.NONE))
                    .observe(Metrics.secondsSince(started));
            span.end();
        }
    }
}
