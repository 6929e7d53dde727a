package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
    /** What a statement that begins with {@code WITH} changes first. */
    private static final Pattern CHANGE = Pattern.compile("\\b(INSERT INTO|UPDATE|DELETE FROM)\\s+[a-z_]\\w*");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** More texts than any service has; a bound all the same. */
    private static final int MAX_KNOWN = 1_000;

    private final Telemetry telemetry;
    private final String system;
    private final String namespace;
    private final Histogram durations;

    /** By text: services execute a fixed set of statements, each many times. */
    private final Map<String, Described> known = new ConcurrentHashMap<>();

    private DatabaseCalls(Telemetry telemetry, String system, String namespace) {
        this.telemetry = telemetry;
        this.system = system;
        this.namespace = namespace;
        this.durations = telemetry
                .metrics()
                .seconds(
                        "db_client_operation_duration",
                        "Latency of database statements and commands",
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
        Described statement = known.get(text);
        if (statement == null) {
            statement = describe(text);
            if (known.size() < MAX_KNOWN) {
                known.put(text, statement);
            }
        }
        boolean traced = telemetry.recordsSpans() && Telemetry.traceId().isPresent();
        return new Call(traced ? span(statement) : Span.getInvalid(), statement);
    }

    private Span span(Described statement) {
        SpanBuilder span = telemetry
                .span(statement.summary(), SpanKind.CLIENT)
                .setAttribute("db.system.name", system)
                .setAttribute("db.namespace", namespace)
                .setAttribute("db.operation.name", statement.operation())
                .setAttribute("db.query.summary", statement.summary());
        statement.query().ifPresent(query -> span.setAttribute("db.query.text", query));
        return span.startSpan();
    }

    private Described describe(String text) {
        String operation = SPACE.split(text.strip(), 2)[0].toUpperCase(Locale.ROOT);
        if (system.equals("redis")) {
            return new Described(operation, text, Optional.empty());
        }
        Matcher change = CHANGE.matcher(text);
        int start = 0;
        if (operation.equals("WITH") && change.find()) {
            operation = SPACE.split(change.group(), 2)[0];
            start = change.start();
        }
        Matcher target = TARGET.matcher(text);
        String summary = target.find(start) ? operation + " " + target.group(1) : operation;
        return new Described(
                operation, summary, Optional.of(SPACE.matcher(text.strip()).replaceAll(" ")));
    }

    /** The attributes of a statement in spans and metrics. @param query its text on one line */
    private record Described(String operation, String summary, Optional<String> query) {}

    /** A statement or command that is under way. */
    public final class Call {

        private final Span span;
        private final Described statement;
        private final long started = System.nanoTime();

        private Call(Span span, Described statement) {
            this.span = span;
            this.statement = statement;
        }

        public void end(Optional<Throwable> failure) {
            failure.ifPresent(it -> ActiveSpan.fail(span, it));
            durations
                    .labelValues(
                            system,
                            statement.operation(),
                            statement.summary(),
                            failure.map(Names::errorType).orElse(Names.NONE))
                    .observe(Metrics.secondsSince(started));
            span.end();
        }
    }
}
