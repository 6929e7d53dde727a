package dev.hexmart.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.ConnectException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service asks of others: services, databases; and the use cases that it does so in. */
class CallsTest {

    private final Recorded recorded = Recorded.inside();
    private final UseCases useCases = new UseCases(recorded.telemetry(), IllegalArgumentException.class::isInstance);

    @AfterEach
    void close() {
        recorded.close();
    }

    private static Optional<Throwable> nothingWrong() {
        return Optional.empty();
    }

    @Test
    void aRequestCarriesTheTraceOnAndLeavesOutTheQuery() {
        Map<String, String> headers = new HashMap<>();
        ClientRequests requests = new ClientRequests(recorded.telemetry());
        useCases.run(
                "PlaceOrder",
                () -> requests.begin("GET", URI.create("http://products:8081/products?search=canary"), headers::put)
                        .end(OptionalInt.of(200), nothingWrong()));
        SpanData span = recorded.span("GET");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getParentSpanId()).isEqualTo(recorded.span("PlaceOrder").getSpanId());
        assertThat(headers.get("traceparent")).startsWith("00-" + span.getTraceId() + "-" + span.getSpanId() + "-");
        assertThat(span.toString()).contains("http://products:8081/products").doesNotContain("canary");
    }

    @Test
    void aRequestThatIsNotAnsweredIsAnErrorOfItsCause() {
        ClientRequests requests = new ClientRequests(recorded.telemetry());
        requests.begin("POST", URI.create("http://orders:8083/cartCheckout"), (_, _) -> {})
                .end(OptionalInt.empty(), Optional.of(new IllegalStateException(new ConnectException("refused"))));
        assertThat(recorded.span("POST").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(recorded.numbers())
                .contains(
                        "http_client_request_duration_seconds_count{error_type=\"java.net.ConnectException\","
                                + "http_request_method=\"POST\",http_response_status_code=\"\",server_address=\"orders\",server_port=\"8083\"} 1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.microsoftonline.com/token, 443",
        "http://products/products, 80",
        "https://products:8081/products, 8081"
    })
    void thePortIsToldAlsoWhereItGoesWithoutSaying(URI address, long port) {
        new ClientRequests(recorded.telemetry())
                .begin("GET", address, (_, _) -> {})
                .end(OptionalInt.of(200), nothingWrong());
        assertThat(recorded.span("GET").getAttributes().get(AttributeKey.longKey("server.port")))
                .isEqualTo(port);
        assertThat(recorded.numbers()).contains("server_port=\"" + port + "\"");
    }

    @Test
    void aStatementIsNamedAfterWhatItDoesToWhich() {
        DatabaseCalls calls = DatabaseCalls.postgresql(recorded.telemetry(), "ecommerce|ordering");
        useCases.run("PlaceOrder", () -> {
            calls.begin("INSERT INTO orders (id)\n   VALUES (:id)").end(nothingWrong());
            calls.begin("UPDATE outbox SET sent_at = :at").end(nothingWrong());
            calls.begin("DELETE FROM outbox WHERE true").end(nothingWrong());
            calls.begin("SELECT id\nFROM outbox AS message").end(nothingWrong());
            calls.begin("SELECT pg_notify(:a, :b)").end(Optional.of(new IllegalStateException("canary")));
        });
        assertThat(recorded.spans())
                .extracting(SpanData::getName)
                .containsExactly(
                        "INSERT orders", "UPDATE outbox", "DELETE outbox", "SELECT outbox", "SELECT", "PlaceOrder");
        assertThat(recorded.span("INSERT orders").getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("db.system.name"), "postgresql")
                .containsEntry(AttributeKey.stringKey("db.namespace"), "ecommerce|ordering")
                .containsEntry(AttributeKey.stringKey("db.query.text"), "INSERT INTO orders (id) VALUES (:id)");
        assertThat(recorded.span("SELECT").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void callOutsideOfATraceIsMeasuredWithoutASpan() {
        DatabaseCalls.redis(recorded.telemetry()).begin("EVAL replace-cart").end(nothingWrong());
        assertThat(recorded.spans()).isEmpty();
        assertThat(recorded.numbers())
                .contains("db_client_operation_duration_seconds_count{db_operation_name=\"EVAL\","
                        + "db_query_summary=\"EVAL replace-cart\",db_system_name=\"redis\",error_type=\"\"} 1");
    }

    @Test
    void aUseCaseThatRefusesHasNotFailedAndOneThatFailsHas() {
        assertThatThrownBy(() -> useCases.run("Refusing", () -> {
                    throw new IllegalArgumentException();
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> useCases.run("Failing", () -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(recorded.span("Refusing").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(recorded.span("Failing").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(Telemetry.traceId()).isEmpty();
    }

    @Test
    void workOnAnotherThreadContinuesItsTrace() throws InterruptedException {
        Executor trace = useCases.run("HandlePaymentCommands", Telemetry::currentTrace);
        AtomicReference<Optional<String>> seen = new AtomicReference<>(Optional.empty());
        Thread.ofVirtual()
                .start(() -> trace.execute(() -> seen.set(Telemetry.traceId())))
                .join();
        assertThat(seen.get()).contains(recorded.span("HandlePaymentCommands").getTraceId());
    }
}
