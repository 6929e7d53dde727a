package dev.hexmart.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerRequestsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Map<String, String> HEADERS = Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

    private static ServerRequests.Exchange get(Recorded recorded, Optional<String> route) {
        return new ServerRequests(recorded.telemetry())
                .begin("GET", "/orders/7", route, name -> Optional.ofNullable(HEADERS.get(name)));
    }

    @Test
    void aRequestGoesOnWithItsSendersTrace() {
        try (Recorded recorded = Recorded.inside()) {
            var exchange = get(recorded, Optional.of("/orders/{id}"));
            assertThat(exchange.traceId()).contains(TRACE);
            assertThat(Telemetry.traceId()).contains(TRACE);
            exchange.end(200, Optional.empty());
            assertThat(Telemetry.traceId()).isEmpty();
            SpanData span = recorded.span("GET /orders/{id}");
            assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
            assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                    .isEqualTo(200);
        }
    }

    @Test
    void atTheEdgeARequestAlwaysBeginsATrace() {
        try (Recorded recorded = Recorded.atTheEdge()) {
            get(recorded, Optional.empty()).end(404, Optional.empty());
            SpanData span = recorded.span("GET");
            assertThat(span.getTraceId()).isNotEqualTo(TRACE);
            assertThat(span.getParentSpanContext().isValid()).isFalse();
            assertThat(span.getLinks()).isEmpty();
        }
    }

    @Test
    void onlyWhatWentWrongHereIsAnErrorAndItsMessageIsNotTold() {
        try (Recorded recorded = Recorded.inside()) {
            ServerRequests requests = new ServerRequests(recorded.telemetry());
            requests.begin("GET", "/a", Optional.of("/a"), _ -> Optional.empty())
                    .end(409, Optional.empty());
            requests.begin("GET", "/b", Optional.of("/b"), _ -> Optional.empty())
                    .end(500, Optional.of(new IllegalStateException("canary")));
            assertThat(recorded.span("GET /a").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(recorded.span("GET /b").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(recorded.span("GET /b").getAttributes().get(Names.ERROR_TYPE))
                    .isEqualTo("java.lang.IllegalStateException");
            assertThat(recorded.spans().toString()).doesNotContain("canary");
        }
    }

    @Test
    void openAndRefusedStreamsAreCounted() {
        try (Recorded recorded = Recorded.inside()) {
            ServerRequests requests = new ServerRequests(recorded.telemetry());
            requests.streams(1);
            requests.streams(1);
            requests.streams(-1);
            requests.streamRefused("customer");
            assertThat(recorded.telemetry().metrics().read("text/plain").body())
                    .asString()
                    .contains("hexmart_http_streams_open 1.0")
                    .contains("hexmart_http_streams_refused_total{limit=\"customer\"} 1.0");
        }
    }

    @Test
    void requestsAreMeasuredByRouteWithTheirTraceAsAnExample() {
        try (Recorded recorded = Recorded.inside()) {
            get(recorded, Optional.of("/orders/{id}")).end(200, Optional.empty());
            assertThat(recorded.numbers())
                    .contains("http_server_request_duration_seconds_count{error_type=\"\",http_request_method=\"GET\","
                            + "http_response_status_code=\"200\",http_route=\"/orders/{id}\"} 1")
                    .containsPattern("_bucket\\{.*} 1 # \\{[^}]*trace_id=\"" + TRACE);
        }
    }

    @Test
    void unknownMethodsShareOneLabel() {
        try (Recorded recorded = Recorded.inside()) {
            ServerRequests requests = new ServerRequests(recorded.telemetry());
            for (int i = 0; i < 100; i++) {
                requests.begin("MAKEUP" + i, "/x/" + i, Optional.empty(), _ -> Optional.empty())
                        .end(404, Optional.empty());
            }
            assertThat(recorded.numbers())
                    .contains(
                            "http_server_request_duration_seconds_count{error_type=\"\",http_request_method=\"_OTHER\","
                                    + "http_response_status_code=\"404\",http_route=\"\"} 100")
                    .doesNotContain("MAKEUP");
        }
    }
}
