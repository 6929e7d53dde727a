package dev.hexmart.adapter.httpclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.hexmart.adapter.httpclient.Forwarder.Incoming;
import dev.hexmart.adapter.httpclient.Forwarder.Outgoing;
import dev.hexmart.adapter.httpclient.StubService.Behaviour;
import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.httpclient.connection.Content;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForwarderTest {

    private static final byte[] NOTHING = {};
    private static final Credential CREDENTIAL = new Credential("token");
    private static final Map<String, String> EVENTS = Map.of("Content-Type", "text/event-stream");

    private static Forwarder to(StubService service) {
        return new Forwarder("stub", service.address(), Clients.LONG, CallObserver.NONE);
    }

    private static Incoming get(String pathAndQuery) {
        return incoming("GET", pathAndQuery, Map.of(), NOTHING);
    }

    private static Incoming incoming(
            String method, String pathAndQuery, Map<String, List<String>> headers, byte[] body) {
        return new Incoming(method, pathAndQuery, headers, CREDENTIAL, body);
    }

    private static Incoming keyed(String method) {
        return incoming(method, "/things", once(Map.of("idempotency-key", "a-key")), NOTHING);
    }

    private static Map<String, List<String>> once(Map<String, String> headers) {
        Map<String, List<String>> each = new HashMap<>();
        headers.forEach((name, value) -> each.put(name, List.of(value)));
        return each;
    }

    private static String text(Outgoing answer) {
        assertThat(answer.content()).isInstanceOf(Content.Whole.class);
        return new String(((Content.Whole) answer.content()).bytes(), UTF_8);
    }

    private static InputStream events(Outgoing answer) {
        assertThat(answer.content()).isInstanceOf(Content.Events.class);
        return ((Content.Events) answer.content()).in();
    }

    @Test
    void onlyTheHeadersThatTheApiSpeaksOfReachTheService() {
        Map<String, String> api = Map.of(
                "accept", "application/json",
                "authorization", "Bearer token",
                "content-type", "application/json",
                "idempotency-key", "a-key",
                "if-match", "\"1.7\"",
                "if-none-match", "\"1.8\"",
                "last-event-id", "3");
        Map<String, String> given = new HashMap<>(api);
        given.put("authorization", "Basic evil");
        for (String stranger : List.of(
                "cookie",
                "x-forwarded-for",
                "x-forwarded-host",
                "forwarded",
                "traceparent",
                "tracestate",
                "baggage",
                "x-user",
                "x-http-method-override",
                "te",
                "transfer-encoding",
                "connection",
                "host",
                "content-length",
                "expect",
                "origin",
                "user-agent")) {
            given.put(stranger, "evil");
        }
        try (var service = StubService.answering(204, Map.of(), "");
                var forwarder = new Forwarder(
                        "stub",
                        service.address(),
                        Clients.LONG,
                        Clients.adding(() -> Map.of("traceparent", "our own")))) {
            forwarder.forward(incoming("POST", "/things", once(given), "{}".getBytes(UTF_8)));
            Map<String, String> received = new HashMap<>();
            service.last()
                    .headers()
                    .forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
            assertThat(received.values()).noneMatch(value -> value.contains("evil"));
            assertThat(received).containsAllEntriesOf(api).containsEntry("traceparent", "our own");
            received.keySet().removeAll(api.keySet());
            assertThat(received).containsOnlyKeys("traceparent", "host", "user-agent", "content-length");
        }
    }

    @Test
    void onlyTheHeadersThatTheApiSpeaksOfComeBack() {
        Map<String, String> api = Map.of(
                "Allow", "GET, HEAD",
                "Cache-Control", "no-store",
                "Content-Type", "application/json",
                "ETag", "\"1.7\"",
                "Idempotent-Replayed", "true",
                "Link", "</products?cursor=x>; rel=\"next\"",
                "Location", "/products/7",
                "Retry-After", "1",
                "WWW-Authenticate", "Bearer");
        Map<String, String> sent = new HashMap<>(api);
        for (String stranger : List.of("Set-Cookie", "Server", "X-Powered-By", "Traceparent", "Refresh", "X-Host")) {
            sent.put(stranger, "not for the service");
        }
        try (var service = StubService.answering(200, sent, "{}");
                var forwarder = to(service)) {
            assertThat(forwarder.forward(get("/things")).headers()).isEqualTo(api);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "FROBNICATE"})
    void methodAndBodyPassAsTheyAre(String method) throws IOException {
        byte[] body = {0, (byte) 0xff, '\r', '\n', (byte) 0xc3};
        try (var service = StubService.answering(200, Map.of(), "answer „ü“");
                var forwarder = to(service)) {
            Outgoing answer = forwarder.forward(incoming(method, "/things", Map.of(), body));
            assertThat(service.last().method()).isEqualTo(method);
            assertThat(service.last().body()).isEqualTo(body);
            assertThat(text(answer)).isEqualTo("answer „ü“");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/products?search=a%20b&x=%2F",
                "/products?search=a+b&&=&x",
                "/a%2Fb/%C3%BC/%2e%2E/c?x=%00",
                "/a/../b/./c",
                "/a?b?c",
                "/a;b=c/@d:e",
                "/",
                "//elsewhere.example/a",
                "///a//b"
            })
    void pathAndQueryPassAsTheyAreAndToNobodyElse(String pathAndQuery) {
        try (var service = StubService.answering(204, Map.of(), "");
                var forwarder = to(service)) {
            forwarder.forward(get(pathAndQuery));
            assertThat(service.last().target()).isEqualTo(pathAndQuery);
            assertThat(service.last().header("Host"))
                    .isEqualTo(service.address().getAuthority());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "things",
                "@elsewhere.example/",
                ".elsewhere.example/",
                "http://elsewhere.example/",
                "?x",
                "/a b",
                "/a|b",
                "/a?x={}",
                "/a\\b",
                "/ü",
                "/a#b",
                "/a%",
                "/a%zz",
                "/a\r\nX-User: evil",
                "/a\u0000"
            })
    void whatIsNoPathAndQueryIsRefused(String pathAndQuery) {
        try (var service = StubService.answering(204, Map.of(), "");
                var forwarder = to(service)) {
            assertThatThrownBy(() -> forwarder.forward(get(pathAndQuery)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("percent-encoded")
                    .hasMessageNotContaining("127.0.0.1");
            assertThat(service.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "", "GE T", "GÉT"})
    void invalidMethodIsRefused(String method) {
        try (var service = StubService.answering(204, Map.of(), "");
                var forwarder = to(service)) {
            assertThatThrownBy(() -> forwarder.forward(incoming(method, "/things", Map.of(), NOTHING)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("method");
            assertThat(service.received()).isEmpty();
        }
    }

    @Test
    void aHeaderThatCameTwiceGoesOutTwice() {
        var headers = Map.of("if-match", List.of("\"1.7\"", "\"1.8\""));
        try (var service = StubService.answering(204, Map.of(), "");
                var forwarder = to(service)) {
            forwarder.forward(incoming("PUT", "/things", headers, NOTHING));
            assertThat(service.last().headers().get("If-Match")).containsExactlyInAnyOrder("\"1.7\"", "\"1.8\"");
        }
    }

    @Test
    void aHeaderThatCannotBeSentIsRefusedWithoutQuotingIt() {
        var incoming = new Incoming("GET", "/things", Map.of(), new Credential("sécret"), NOTHING);
        try (var service = StubService.answering(204, Map.of(), "");
                var forwarder = to(service)) {
            assertThatThrownBy(() -> forwarder.forward(incoming))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Authorization")
                    .hasMessageNotContaining("cret");
            assertThat(service.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 400, 401, 404, 409, 412, 422, 429, 500, 503})
    void everyAnswerPassesAsItIs(int status) throws IOException {
        try (var service = StubService.answering(
                        status, Map.of("Content-Type", "application/problem+json"), "{\"a\": 1}");
                var forwarder = to(service)) {
            Outgoing answer = forwarder.forward(get("/things"));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(text(answer)).isEqualTo("{\"a\": 1}");
        }
    }

    @Test
    void aRedirectPassesAsItIs() {
        try (var elsewhere = StubService.answering(200, Map.of(), "");
                var service = StubService.answering(302, Map.of("Location", elsewhere.address() + "/"), "");
                var forwarder = to(service)) {
            Outgoing answer = forwarder.forward(get("/things"));
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.headers()).containsEntry("Location", elsewhere.address() + "/");
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"GET,204", "GET,304", "DELETE,204", "POST,200", "HEAD,200", "HEAD,404"})
    void anAnswerMayHaveNoBody(String method, int status) throws IOException {
        try (var service = StubService.answering(status, Map.of("ETag", "\"1.7\""), "");
                var forwarder = to(service)) {
            Outgoing answer = forwarder.forward(incoming(method, "/things", Map.of(), NOTHING));
            assertThat(service.last().method()).isEqualTo(method);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.headers()).isEqualTo(Map.of("ETag", "\"1.7\""));
            assertThat(text(answer)).isEmpty();
        }
    }

    @Test
    void headTellsTheHeadersOfABodyThatDoesNotCome() throws IOException {
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Content-Length", "1000");
        try (var service = StubService.answering(200, headers, "");
                var forwarder = to(service)) {
            Outgoing answer = forwarder.forward(incoming("HEAD", "/things", Map.of(), NOTHING));
            assertThat(answer.headers()).isEqualTo(headers);
            assertThat(text(answer)).isEmpty();
        }
    }

    @Test
    void eventsPassOneByOneAsTheyHappen() throws IOException {
        var firstHasBeenRead = new CountDownLatch(1);
        Behaviour events = (_, exchange) -> {
            OutputStream out = begin(exchange);
            send(out, "data: first");
            await(firstHasBeenRead);
            send(out, "data: second");
        };
        try (var service = new StubService(events);
                var forwarder = to(service);
                var answer = events(forwarder.forward(get("/orders/7/events")));
                var lines = new BufferedReader(new InputStreamReader(answer, UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("data: first");
            firstHasBeenRead.countDown();
            assertThat(lines.readLine()).isEqualTo("data: second");
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void eventStreamEndsWhenItsReaderIsGone() throws IOException, InterruptedException {
        var hasEnded = new CountDownLatch(1);
        Behaviour endless = (_, exchange) -> {
            OutputStream out = begin(exchange);
            try {
                while (true) {
                    send(out, "data: again");
                }
            } catch (IOException e) {
                hasEnded.countDown();
                throw e;
            }
        };
        try (var service = new StubService(endless);
                var forwarder = to(service)) {
            Outgoing answer = forwarder.forward(get("/orders/7/events"));
            events(answer).close();
            hasEnded.await();
        }
    }

    private static OutputStream begin(HttpExchange exchange) throws IOException {
        EVENTS.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static void send(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(UTF_8));
        out.flush();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void refusedConnectionIsATemporaryFailure() {
        var service = StubService.answering(204, Map.of(), "");
        service.close();
        try (var forwarder = to(service)) {
            assertThatThrownBy(() -> forwarder.forward(get("/things")))
                    .isInstanceOf(TemporaryFailure.class)
                    .hasMessageContaining("stub");
        }
    }

    @Test
    void aRequestThatMayHaveHadItsEffectIsNotMadeAgain() {
        try (var service = new StubService((_, _) -> {});
                var forwarder = to(service)) {
            assertThatThrownBy(() -> forwarder.forward(incoming("POST", "/things", Map.of(), NOTHING)))
                    .isInstanceOf(TemporaryFailure.class);
            assertThat(service.received()).hasSize(1);
        }
    }

    @Test
    void requestWithAnIdempotencyKeyIsRetriedOnADeadConnection() {
        var times = new AtomicInteger();
        Behaviour deadAtFirst = (_, exchange) -> {
            if (times.getAndIncrement() > 0) {
                StubService.reply(exchange, 201, Map.of(), "");
            }
        };
        try (var service = new StubService(deadAtFirst);
                var forwarder = to(service)) {
            assertThat(forwarder.forward(keyed("POST")).status()).isEqualTo(201);
            assertThat(service.received()).hasSize(2);
        }
    }

    @Test
    void aRequestWithAnIdempotencyKeyIsMadeAgainOnlyOnce() {
        try (var service = new StubService((_, _) -> {});
                var forwarder = to(service)) {
            assertThatThrownBy(() -> forwarder.forward(keyed("POST"))).isInstanceOf(TemporaryFailure.class);
            assertThat(service.received()).hasSize(2);
        }
    }

    static Stream<Behaviour> sloths() {
        return Stream.of((_, _) -> await(new CountDownLatch(1)), (_, exchange) -> {
            exchange.sendResponseHeaders(200, 100);
            send(exchange.getResponseBody(), "{");
            await(new CountDownLatch(1));
        });
    }

    @ParameterizedTest
    @MethodSource("sloths")
    void anAnswerThatDoesNotComeInTimeIsATemporaryFailure(Behaviour sloth) {
        try (var service = new StubService(sloth);
                var forwarder = new Forwarder("stub", service.address(), Duration.ofMillis(200), CallObserver.NONE)) {
            assertThatThrownBy(() -> forwarder.forward(get("/things"))).isInstanceOf(TemporaryFailure.class);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsATemporaryFailure() {
        Behaviour breakingOff = (_, exchange) -> {
            exchange.sendResponseHeaders(200, 100);
            send(exchange.getResponseBody(), "{");
        };
        try (var service = new StubService(breakingOff);
                var forwarder = to(service)) {
            assertThatThrownBy(() -> forwarder.forward(get("/things"))).isInstanceOf(TemporaryFailure.class);
        }
    }
}
