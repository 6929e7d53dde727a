package dev.hexmart.tools.viewer;

import static dev.hexmart.tools.viewer.Otlp.CHILD;
import static dev.hexmart.tools.viewer.Otlp.ROOT;
import static dev.hexmart.tools.viewer.Otlp.TRACE;
import static dev.hexmart.tools.viewer.Otlp.attribute;
import static dev.hexmart.tools.viewer.Otlp.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryViewerTest {

    private final TelemetryViewer viewer = TelemetryViewer.start(0);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        http.shutdownNow();
        viewer.close();
    }

    @Test
    void sentSpansAreReadByZipkinsApi() throws Exception {
        assertThat(send("/v1/traces", checkout()).statusCode()).isEqualTo(200);

        assertThat(array("/zipkin/api/v2/trace/" + TRACE)).hasSize(2);
        assertThat(array("/zipkin/api/v2/services").toString()).isEqualTo("[\"orders\"]");
        assertThat(array("/zipkin/api/v2/spans?serviceName=orders").toString())
                .contains("\"insert orders\"", "\"placeorder\"");
        assertThat(array("/zipkin/api/v2/remoteServices?serviceName=orders").toString())
                .isEqualTo("[\"postgresql\"]");
        assertThat(array("/zipkin/api/v2/traces?serviceName=orders&spanName=placeorder&limit=5"))
                .hasSize(1);
        assertThat(array("/zipkin/api/v2/traces?serviceName=orders&minDuration=3600000000"))
                .isEmpty();
        assertThat(array("/zipkin/api/v2/dependencies?endTs=" + System.currentTimeMillis())
                        .toString())
                .isEqualTo("[{\"parent\":\"orders\",\"child\":\"postgresql\",\"callCount\":1}]");
    }

    @Test
    void gzipBodyIsDecompressed() throws Exception {
        HttpResponse<String> answer = send(request("/v1/traces")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed(checkout().toByteArray()))));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(array("/zipkin/api/v2/trace/" + TRACE)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/traces", "/v1/logs"})
    void invalidProtobufIsRefused(String path) throws Exception {
        HttpResponse<String> answer = send(request(path).POST(BodyPublishers.ofString("this is no protobuf")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
        assertThat(answer.body()).contains("OTLP");
    }

    @Test
    void aSpanWithoutAnIdIsRefused() throws Exception {
        Span nameless = Otlp.span(TRACE, "", "x", Instant.now(), 1).build();

        assertThat(send("/v1/traces", Otlp.traces("orders", nameless)).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void wrongContentEncodingIsRefused(String encoding) throws Exception {
        HttpResponse<String> answer = send(request("/v1/traces")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(checkout().toByteArray())));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void anotherEncodingOfTheProtocolIsRefusedWithWhatToSet() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(at("/v1/traces"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("OTEL_EXPORTER_OTLP_PROTOCOL");
    }

    @Test
    void tooLongBodyIsRefusedAlsoIfCompressed() throws Exception {
        byte[] zeros = new byte[OtlpReceiver.MAX_BODY + 1];

        HttpResponse<String> bomb = send(
                request("/v1/logs").header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(packed(zeros))));

        assertThat(bomb.statusCode()).isEqualTo(413);
    }

    @Test
    void theLogOfATraceIsThatTracesAlone() throws Exception {
        Instant now = Instant.now();
        send(
                "/v1/logs",
                Otlp.logs(
                        "orders",
                        Otlp.line(TRACE, "Order 1 is placed", now).build(),
                        Otlp.line("", "Started", now).build()));

        HttpResponse<String> lines =
                send(HttpRequest.newBuilder(at("/logs?traceId=" + TRACE)).header("Accept", "application/json"));

        assertThat(json(lines)).singleElement().satisfies(line -> {
            assertThat(line.asJsonObject().getString("text")).isEqualTo("Order 1 is placed");
            assertThat(line.asJsonObject().getString("traceId")).isEqualTo(TRACE);
            assertThat(line.asJsonObject().getString("service")).isEqualTo("orders");
        });
        assertThat(get("/logs").body()).contains("Order 1 is placed", "Started", "/traces/" + TRACE);
        assertThat(get("/logs?service=cart").body()).doesNotContain("Started");
    }

    @Test
    void logTextIsEscaped() throws Exception {
        send(
                "/v1/logs",
                Otlp.logs(
                        "<b>",
                        Otlp.line("", "<script>alert(1)</script>", Instant.now())
                                .build()));

        assertThat(get("/logs").body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;")
                .doesNotContain("<script>alert", "<b>");
    }

    @Test
    void theFrontPageLeadsToTheLatestCheckouts() throws Exception {
        assertThat(get("/").body()).contains("No checkout yet");
        send("/v1/traces", checkout());
        send(
                "/v1/logs",
                Otlp.logs(
                        "orders",
                        Otlp.line(TRACE, "Order 1 is placed", Instant.now()).build()));

        assertThat(get("/").body())
                .contains("/traces/" + TRACE, "/logs?traceId=" + TRACE, "Order 1 is placed", "1 services, 2 spans");
        HttpResponse<String> there = get("/traces/" + TRACE);
        assertThat(there.statusCode()).isEqualTo(302);
        assertThat(there.headers().firstValue("Location")).hasValue("/zipkin/traces/" + TRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/logs", "/metrics"})
    void pagesOfOurOwnLoadNothingThatIsNotOurs(String page) throws Exception {
        HttpResponse<String> answer = get(page);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe", "*"));
        assertThat(answer.body()).doesNotContain("style=", "onclick=", "<script>");
    }

    @ParameterizedTest
    @CsvSource({
        "/zipkin/, text/html; charset=utf-8",
        "/zipkin/dependency, text/html; charset=utf-8",
        "/zipkin/traces/" + TRACE + ", text/html; charset=utf-8",
        "/zipkin/config.json, application/json; charset=utf-8",
        "/zipkin/favicon.ico, image/x-icon",
        "/viewer.css, text/css; charset=utf-8",
        "/viewer.js, text/javascript; charset=utf-8",
        "/metrics.js, text/javascript; charset=utf-8",
        "/viewer.svg, image/svg+xml",
    })
    void everyFileIsThere(String path, String type) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, 404",
        "/zipkin/static/js/nothing.js, 404",
        "/zipkin/static/js/..%2Findex.html, 404",
        "/zipkin/api/v2/trace/" + CHILD + ROOT + ", 404",
        "/zipkin/api/v2/trace/hello, 400",
        "/zipkin/api/v2/spans, 400",
        "/zipkin/api/v2/traces?limit=many, 400",
        "/zipkin/api/v2/traces?endTs=-1, 400",
        "/zipkin/api/v2/dependencies?endTs=0, 400",
        "/logs?traceId=hello, 400",
        "/traces/hello, 400",
        "/metrics/unknown, 404",
    })
    void whatCannotBeAnsweredIsRefused(String path, int status) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void metricsOfAServiceAreFetchedForTheBrowser() throws Exception {
        HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        service.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write("orders_total 1\n".getBytes(UTF_8));
            }
        });
        service.start();
        viewer.watch(
                "orders", URI.create("http://127.0.0.1:" + service.getAddress().getPort()));

        assertThat(get("/metrics").body()).contains("data-services=\"orders\"");
        assertThat(get("/metrics/orders").body()).isEqualTo("orders_total 1\n");
        service.stop(0);
        assertThat(get("/metrics/orders").statusCode()).isEqualTo(502);
    }

    @Test
    void requestWithAnotherHostNameIsRefused() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getByName("127.0.0.1"), viewer.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: evil.example:4318\r\n\r\n".getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 421");
        }
    }

    @Test
    void aTakenPortIsNamedWithTheSettingThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> TelemetryViewer.start(taken.getLocalPort()))
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("DESK_PORT");
        }
    }

    private static Message checkout() {
        Instant now = Instant.now();
        return Otlp.traces(
                "orders",
                Otlp.span(TRACE, ROOT, "PlaceOrder", now, 30)
                        .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                        .build(),
                Otlp.span(TRACE, CHILD, "INSERT orders", now, 12)
                        .setParentSpanId(bytes(ROOT))
                        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                        .addAttributes(attribute("db.system.name", "postgresql"))
                        .build());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(at(path)));
    }

    private JsonArray array(String path) throws Exception {
        return json(get(path));
    }

    private static JsonArray json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.createReader(new StringReader(answer.body())).readArray();
    }

    private HttpResponse<String> send(String path, Message message) throws Exception {
        return send(request(path).POST(BodyPublishers.ofByteArray(message.toByteArray())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(path)).header("Content-Type", "application/x-protobuf");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private URI at(String path) {
        return viewer.address().resolve(path);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
