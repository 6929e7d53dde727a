package dev.hexmart.adapter.httpclient;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.hexmart.adapter.httpclient.StubService.Behaviour;
import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.domain.shared.ProductId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServiceClientTest {

    private static final Credential CREDENTIAL = new Credential("a-secret-token");
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Map<String, String> HTML = Map.of("Content-Type", "text/html");

    private final ProductId product = Products.newProduct();

    /** A question by way of a reader, since it is there that an answer proves to be none. */
    private boolean ask(ServiceClient client) {
        return new CatalogReader(client).find(product, CREDENTIAL).isPresent();
    }

    private static ServiceClient.Answer post(ServiceClient client) {
        return client.post("/things", Json.object().build(), "a-key", CREDENTIAL);
    }

    @Test
    void aRequestCarriesTheTokenAndWhatTheObserverAdds() {
        Map<String, String> trace = Map.of("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        try (var service = StubService.answering(200, JSON, "{}");
                var client = new ServiceClient("stub", service.address(), Clients.LONG, Clients.adding(() -> trace))) {
            client.get("/things?x=%20", CREDENTIAL);
            assertThat(service.last().method()).isEqualTo("GET");
            assertThat(service.last().target()).isEqualTo("/things?x=%20");
            assertThat(service.last().header("Authorization")).isEqualTo("Bearer a-secret-token");
            assertThat(service.last().header("Accept")).isEqualTo("application/json");
            assertThat(service.last().header("traceparent")).isEqualTo(trace.get("traceparent"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\0',
            value = {"abc abc", "a\"b a\"b", "\"a\\b\" \"\\\"a\\\\b\\\"\""})
    void anIdempotencyKeyIsSentSoThatItIsReadAsTheSameKey(String key, String header) {
        try (var service = StubService.answering(200, JSON, "{}");
                var client = Clients.of(service)) {
            client.post("/things", Json.object().build(), key, CREDENTIAL);
            assertThat(service.last().header("Idempotency-Key")).isEqualTo(header);
        }
    }

    @Test
    void theObserverIsAskedWithEveryRequest() {
        var traces = new ConcurrentLinkedQueue<>(List.of("first", "second"));
        try (var service = StubService.answering(200, JSON, "{}");
                var client = new ServiceClient(
                        "stub",
                        service.address(),
                        Clients.LONG,
                        Clients.adding(() -> Map.of("traceparent", traces.remove())))) {
            client.get("/things", CREDENTIAL);
            post(client);
            assertThat(service.received())
                    .extracting(request -> request.header("traceparent"))
                    .containsExactly("first", "second");
        }
    }

    @Test
    void theObserverSeesHowEachRequestEnds() {
        List<String> seen = new ArrayList<>();
        CallObserver observer = (method, address, _) -> (status, failure) -> seen.add("%s %s %s %s"
                .formatted(
                        method,
                        address.getPath(),
                        status.isPresent() ? status.getAsInt() : "-",
                        failure.map(it -> it.getClass().getSimpleName()).orElse("-")));
        try (var service = StubService.answering(503, JSON, "{}");
                var there = new ServiceClient("stub", service.address(), Clients.LONG, observer);
                var unreachable = new ServiceClient("stub", URI.create("http://127.0.0.1:1"), Clients.LONG, observer)) {
            assertThatThrownBy(() -> there.get("/things?x=1", CREDENTIAL)).isInstanceOf(TemporaryFailure.class);
            assertThatThrownBy(() -> post(unreachable)).isInstanceOf(TemporaryFailure.class);
        }
        assertThat(seen).containsExactly("GET /things 503 -", "POST /things - ConnectException");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void retryLaterIsATemporaryFailure(int status) {
        try (var service = StubService.answering(status, HTML, "<h1>Later</h1>");
                var client = Clients.of(service)) {
            assertThatThrownBy(() -> ask(client))
                    .isInstanceOf(TemporaryFailure.class)
                    .hasMessageContaining("stub");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 401, 403, 404, 409, 500})
    void aPageInPlaceOfAnAnswerIsAPermanentFailure(int status) {
        try (var service = StubService.answering(status, HTML, status == 204 ? "" : "<h1>Hello</h1>");
                var client = Clients.of(service)) {
            assertThatThrownBy(() -> ask(client))
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContainingAll("stub", Integer.toString(status));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"id\": 7}", "{\"id\": \"seven\"}", "\u0000"})
    void garbageIsAPermanentFailure(String body) {
        try (var service = StubService.answering(200, JSON, body);
                var client = Clients.of(service)) {
            assertThatThrownBy(() -> ask(client)).isInstanceOf(PermanentFailure.class);
        }
    }

    @Test
    void answerOtherThanHttpIsAPermanentFailure() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new ServiceClient("stub", address(socket), Clients.LONG, CallObserver.NONE)) {
            Thread.startVirtualThread(() -> greet(socket));
            assertThatThrownBy(() -> ask(client)).isInstanceOf(PermanentFailure.class);
        }
    }

    private static void greet(ServerSocket socket) {
        try (Socket connection = socket.accept()) {
            connection.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(US_ASCII));
            connection.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusedConnectionIsATemporaryFailure() throws IOException {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI unreachable = URI.create("http://127.0.0.1:" + socket.getLocalPort());
            try (var client = new ServiceClient("stub", unreachable, Clients.LONG, CallObserver.NONE)) {
                assertThatThrownBy(() -> ask(client))
                        .isInstanceOf(TemporaryFailure.class)
                        .hasMessageContaining("stub");
            }
        }
    }

    static Stream<Behaviour> sloths() {
        return Stream.of(ServiceClientTest::neverAnswer, ServiceClientTest::neverFinish);
    }

    private static void neverAnswer(StubService.Received request, HttpExchange exchange) {
        forEver();
    }

    private static void neverFinish(StubService.Received request, HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        forEver();
    }

    private static void forEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource("sloths")
    void timeoutIsATemporaryFailureWithoutARetry(Behaviour sloth) {
        try (var service = new StubService(sloth);
                var client = new ServiceClient("stub", service.address(), SHORT, CallObserver.NONE)) {
            assertThatThrownBy(() -> post(client)).isInstanceOf(TemporaryFailure.class);
            assertThat(service.received()).hasSizeLessThan(2);
        }
    }

    @Test
    void aRequestThatMeetsADeadConnectionIsMadeAgain() {
        try (var service = new StubService(answeringAllBut(2));
                var client = Clients.of(service)) {
            post(client);
            assertThat(post(client).status()).isEqualTo(200);
            assertThat(service.received()).hasSize(3);
            assertThat(service.last().header("Idempotency-Key")).isEqualTo("a-key");
        }
    }

    @Test
    void aRequestIsMadeAgainNoMoreThanOnce() {
        try (var service = new StubService(answeringAllBut(2, 3));
                var client = Clients.of(service)) {
            post(client);
            assertThatThrownBy(() -> post(client)).isInstanceOf(TemporaryFailure.class);
            assertThat(service.received()).hasSize(3);
        }
    }

    /** Drops the connection at these requests, counted from 1. */
    private static Behaviour answeringAllBut(Integer... dropped) {
        var requests = new AtomicInteger();
        return (_, exchange) -> {
            if (!List.of(dropped).contains(requests.incrementAndGet())) {
                StubService.reply(exchange, 200, JSON, "{}");
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        try (var elsewhere = StubService.answering(200, JSON, "{\"id\": \"" + product + "\"}");
                var service = StubService.answering(status, Map.of("Location", elsewhere.address() + "/"), "");
                var client = Clients.of(service)) {
            assertThatThrownBy(() -> ask(client)).isInstanceOf(PermanentFailure.class);
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @Test
    void interruptWhileWaitingIsKept() {
        try (var service = new StubService(ServiceClientTest::neverAnswer);
                var client = Clients.of(service)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> ask(client)).isInstanceOf(TemporaryFailure.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    static Stream<Behaviour> failures() {
        return Stream.of(
                (_, exchange) -> StubService.reply(exchange, 503, JSON, "{}"),
                (request, exchange) -> StubService.reply(exchange, 500, JSON, request.header("Authorization")),
                (request, exchange) -> StubService.reply(exchange, 200, JSON, request.header("Authorization")),
                (_, exchange) -> StubService.reply(exchange, 200, JSON, "{}"),
                (_, exchange) -> StubService.reply(exchange, 302, Map.of("Location", "/"), ""),
                (_, _) -> {},
                ServiceClientTest::neverFinish);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void noFailureAndNoLogTellsTheToken(Behaviour failure) {
        try (var log = new Log();
                var service = new StubService(failure);
                var client = new ServiceClient("stub", service.address(), SHORT, CallObserver.NONE)) {
            assertThatThrownBy(() -> ask(client))
                    .isInstanceOf(InfrastructureFailure.class)
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(CREDENTIAL.token()));
            assertThat(log.text()).doesNotContain(CREDENTIAL.token());
        }
    }

    @Test
    void aTokenThatCannotBeSentIsNotToldEither() {
        try (var service = StubService.answering(200, JSON, "{}");
                var client = Clients.of(service)) {
            assertThatThrownBy(() -> client.get("/things", new Credential("a-secret\r\nX-Other: token")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Authorization")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("secret"));
            assertThat(service.received()).isEmpty();
        }
    }

    private static String stackTrace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static URI address(ServerSocket socket) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** All that this project logs while it is open. */
    private static final class Log extends Handler implements AutoCloseable {

        private static final Logger OURS = Logger.getLogger("dev.hexmart");

        private final StringBuffer text = new StringBuffer();

        Log() {
            setFormatter(new SimpleFormatter());
            setLevel(Level.ALL);
            OURS.setLevel(Level.ALL);
            OURS.addHandler(this);
        }

        String text() {
            return text.toString();
        }

        @Override
        public void publish(LogRecord event) {
            text.append(getFormatter().format(event));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            OURS.removeHandler(this);
        }
    }
}
