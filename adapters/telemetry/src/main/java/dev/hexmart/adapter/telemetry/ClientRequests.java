package dev.hexmart.adapter.telemetry;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.prometheus.metrics.core.metrics.Histogram;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** The requests that a service sends to others. */
public final class ClientRequests {

    private final Telemetry telemetry;
    private final Histogram durations;

    public ClientRequests(Telemetry telemetry) {
        this.telemetry = telemetry;
        this.durations = telemetry
                .metrics()
                .seconds(
                        "http_client_request_duration",
                        "Latency of requests to other services",
                        ServerRequests.BOUNDS,
                        "http_request_method",
                        "server_address",
                        "server_port",
                        "http_response_status_code",
                        "error_type");
    }

    /**
     * A request goes out on this thread; {@link Exchange#end} is to be called on the same one.
     *
     * @param header takes the headers by which the service goes on with the trace
     */
    public Exchange begin(String method, URI address, BiConsumer<String, String> header) {
        String known = Names.method(method);
        // Without the query: a search term is personal data.
        String url = address.getScheme() + "://" + address.getRawAuthority() + Paths.scrubbed(address.getRawPath());
        ActiveSpan active = ActiveSpan.start(
                telemetry,
                telemetry
                        .span(known, SpanKind.CLIENT)
                        .setAttribute("http.request.method", known)
                        .setAttribute("server.address", address.getHost())
                        .setAttribute("server.port", port(address))
                        .setAttribute("url.full", url));
        telemetry.propagator().inject(Context.current(), header, (headers, name, value) -> headers.accept(name, value));
        return new Exchange(active, known, address);
    }

    /** The port, or the default of the scheme. */
    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return address.getScheme().equals("https") ? 443 : 80;
    }

    /** A request and its answer. */
    public final class Exchange {

        private final ActiveSpan active;
        private final String method;
        private final URI address;
        private final long started = System.nanoTime();

        private Exchange(ActiveSpan active, String method, URI address) {
            this.active = active;
            this.method = method;
            this.address = address;
        }

        public void end(OptionalInt status, Optional<Throwable> failure) {
            status.ifPresent(code -> active.span().setAttribute("http.response.status_code", code));
            String code = status.isPresent() ? Integer.toString(status.getAsInt()) : Names.NONE;
            String error = failure.map(Names::errorType).orElse(status.orElse(0) >= 400 ? code : Names.NONE);
            if (!error.isEmpty()) {
                active.span().setAttribute(Names.ERROR_TYPE, error).setStatus(StatusCode.ERROR);
            }
            durations
                    .labelValues(method, address.getHost(), Integer.toString(port(address)), code, error)
                    .observe(Metrics.secondsSince(started));
            active.end();
        }
    }
}
