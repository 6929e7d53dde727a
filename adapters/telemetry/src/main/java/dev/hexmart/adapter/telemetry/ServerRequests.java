package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests that a service answers. */
public final class ServerRequests {

    /** As OpenTelemetry's HTTP conventions recommend. */
    static final double[] BOUNDS = {.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10};

    /** The stream limits. */
    private static final List<String> STREAM_LIMITS = List.of("customer", "address", "server");

    private static final TextMapGetter<Headers> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
            return List.of();
        }

        @Override
        public String get(Headers headers, String name) {
            return headers.find(name).orElse("");
        }
    };

    private final Telemetry telemetry;
    private final Histogram durations;
    private final AtomicInteger streams = new AtomicInteger();
    private final Counter refusedStreams;

    public ServerRequests(Telemetry telemetry) {
        this.telemetry = telemetry;
        this.durations = telemetry
                .metrics()
                .seconds(
                        "http_server_request_duration",
                        "Latency of requests",
                        BOUNDS,
                        "http_request_method",
                        "http_route",
                        "http_response_status_code",
                        "error_type");
        telemetry.metrics().gauge("hexmart_http_streams_open", "Open event streams", streams::doubleValue);
        this.refusedStreams = telemetry
                .metrics()
                .counter("hexmart_http_streams_refused_total", "Event streams refused by a limit", "limit");
        // From the start, so that the first refusal is an increase.
        STREAM_LIMITS.forEach(limit -> refusedStreams.initLabelValues(limit));
    }

    /** Streams have been opened, or closed where the number is negative. */
    public void streams(int change) {
        streams.addAndGet(change);
    }

    /** @param limit that there were as many streams as allowed of: a customer, an address, the server */
    public void streamRefused(String limit) {
        refusedStreams.labelValues(limit).inc();
    }

    /** A request's headers. */
    @FunctionalInterface
    public interface Headers {
        Optional<String> find(String name);
    }

    /** A request comes in on this thread; {@link Exchange#end} is to be called on the same one. */
    public Exchange begin(String method, String path, Optional<String> route, Headers headers) {
        String known = Names.method(method);
        SpanBuilder builder = telemetry
                .span(route.map(template -> known + " " + template).orElse(known), SpanKind.SERVER)
                .setParent(parent(headers));
        if (telemetry.recordsSpans()) {
            builder.setAttribute("http.request.method", known)
                    .setAttribute("url.path", Paths.scrubbed(path))
                    .setAttribute("url.scheme", "http");
            route.ifPresent(template -> builder.setAttribute("http.route", template));
        }
        return new Exchange(ActiveSpan.start(telemetry, builder), known, route.orElse(Names.NONE));
    }

    private Context parent(Headers headers) {
        return telemetry.trustsIncoming()
                ? telemetry.propagator().extract(Context.root(), headers, HEADERS)
                : Context.root();
    }

    /** A request and its answer. */
    public final class Exchange {

        private final ActiveSpan active;
        private final String method;
        private final String route;
        private final long started = System.nanoTime();
        private OptionalDouble seconds = OptionalDouble.empty();

        private Exchange(ActiveSpan active, String method, String route) {
            this.active = active;
            this.method = method;
            this.route = route;
        }

        public Optional<String> traceId() {
            return Optional.of(active.span().getSpanContext())
                    .filter(SpanContext::isValid)
                    .map(SpanContext::getTraceId);
        }

        /** The response is an event stream: its duration is not a latency. */
        public void answered() {
            seconds = OptionalDouble.of(Metrics.secondsSince(started));
        }

        /** @param failure of the server, for a 5xx response */
        public void end(int status, Optional<Throwable> failure) {
            String error = failure.map(Names::errorType).orElse(status >= 500 ? Integer.toString(status) : Names.NONE);
            active.span().setAttribute("http.response.status_code", status);
            if (!error.isEmpty()) {
                active.span().setAttribute(Names.ERROR_TYPE, error).setStatus(StatusCode.ERROR);
            }
            durations
                    .labelValues(method, route, Integer.toString(status), error)
                    .observe(seconds.orElseGet(() -> Metrics.secondsSince(started)));
            active.end();
        }
    }
}
