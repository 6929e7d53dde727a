package dev.hexmart.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The whole way to a collector, and what becomes of the shop when there is none. */
@Timeout(60)
class TelemetryTest {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(TelemetryTest.class);

    private static Telemetry open(String service, String endpoint, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.putIfAbsent("OTEL_BSP_SCHEDULE_DELAY", "10");
        environment.putIfAbsent("OTEL_BLRP_SCHEDULE_DELAY", "10");
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        return Telemetry.open(TelemetrySettings.from(environment, service));
    }

    private static void work(Telemetry telemetry, int times) {
        UseCases useCases = new UseCases(telemetry, _ -> false);
        for (int i = 0; i < times; i++) {
            useCases.run("PlaceOrder", () -> LOG.warn("a line of work"));
        }
    }

    private static double dropped(Telemetry telemetry, String signal) {
        String numbers = new String(telemetry.metrics().read("text/plain").body(), StandardCharsets.UTF_8);
        String name = "hexmart_telemetry_dropped_total{signal=\"" + signal + "\"} ";
        return numbers.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OTEL_TRACES_SAMPLER",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "OTEL_BSP_MAX_QUEUE_SIZE",
                "OTEL_TRACES_EXPORTER"
            })
    void aSettingThatMakesNoSenseIsNamedAndNotRepeated(String variable) {
        assertThatThrownBy(() -> open("orders", "http://127.0.0.1:1", Map.of(variable, "canary")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining("OTEL_")
                .hasMessageNotContaining("canary");
    }

    @Test
    void withoutACollectorThereAreStillTraces() {
        try (Telemetry telemetry = Telemetry.open(TelemetrySettings.from(Map.of(), "orders"))) {
            new UseCases(telemetry, _ -> false).run("PlaceOrder", () -> {
                assertThat(Telemetry.traceId()).get().asString().hasSize(32);
                assertThat(Telemetry.spanId()).get().asString().hasSize(16);
                assertThat(Span.current().isRecording()).isFalse();
                assertThat(Span.current().getSpanContext().isSampled()).isFalse();
            });
            assertThat(dropped(telemetry, "traces")).isZero();
        }
    }

    @Test
    void withoutACollectorAUseCaseWithinARequestHasTheRequestsSpan() {
        try (Telemetry telemetry = Telemetry.open(TelemetrySettings.from(Map.of(), "orders"))) {
            ServerRequests.Exchange request = new ServerRequests(telemetry)
                    .begin("GET", "/orders", Optional.of("/orders"), _ -> Optional.empty());
            Span ofTheRequest = Span.current();
            assertThat(request.traceId()).isPresent().isEqualTo(Telemetry.traceId());
            new UseCases(telemetry, _ -> false)
                    .run("FollowOrder", () -> assertThat(Span.current()).isSameAs(ofTheRequest));
            request.end(200, Optional.empty());
        }
    }

    @Test
    void switchedOffThereAreNone() {
        Map<String, String> off = Map.of("OTEL_SDK_DISABLED", "true");
        try (Telemetry telemetry = Telemetry.open(TelemetrySettings.from(off, "orders"))) {
            new UseCases(telemetry, _ -> false)
                    .run("PlaceOrder", () -> assertThat(Telemetry.traceId()).isEmpty());
        }
    }

    @Test
    void spansAndLinesReachTheCollectorUnderTheServicesName() throws IOException {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        HttpServer collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        collector.createContext("/", exchange -> {
            received.add(exchange.getRequestURI().getPath() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
        try (Telemetry first = open("first", endpoint, Map.of());
                Telemetry second = open("second", endpoint, Map.of())) {
            work(second, 1);
            LOG.warn("line without a service");
            assertThat(dropped(first, "logs")).isZero();
        } finally {
            collector.stop(0);
        }
        assertThat(received)
                .anySatisfy(it -> assertThat(it).startsWith("/v1/traces").contains("second", "PlaceOrder"))
                .anySatisfy(it -> assertThat(it).startsWith("/v1/logs").contains("second", "a line of work"))
                .anySatisfy(it -> assertThat(it).startsWith("/v1/logs").contains("first", "line without a service"))
                .noneSatisfy(it -> assertThat(it).contains("first", "a line of work"))
                .noneSatisfy(it -> assertThat(it).contains("second", "line without a service"));
    }

    @Test
    void aCollectorThatIsAwayCostsNothingButDataAndALineAMinute() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = Collections.synchronizedList(new ArrayList<>());
        lines.start();
        ((Logger) LoggerFactory.getLogger(Losses.class)).addAppender(lines);
        Map<String, String> once = Map.of("OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED", "true");
        try (Telemetry telemetry = open("bereft", "http://127.0.0.1:1", once)) {
            for (int i = 0; i < 3; i++) {
                double before = dropped(telemetry, "traces");
                work(telemetry, 10);
                await().until(() -> dropped(telemetry, "traces") >= before + 10);
            }
            await().until(() -> dropped(telemetry, "logs") >= 30);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.startsWith("The collector takes no telemetry from bereft"))
                .hasSize(1);
    }

    @Test
    void hangingCollectorBlocksNoCallerAndOverflowIsDropped() throws IOException {
        Map<String, String> small = Map.of(
                "OTEL_BSP_MAX_QUEUE_SIZE", "64",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "32",
                "OTEL_EXPORTER_OTLP_TIMEOUT", "60000");
        try (ServerSocket silent = new ServerSocket(0)) {
            Telemetry telemetry = open("orders", "http://127.0.0.1:" + silent.getLocalPort(), small);
            work(telemetry, 2_000);
            await().until(() -> dropped(telemetry, "traces") > 1_000);
            telemetry.close();
        }
    }
}
