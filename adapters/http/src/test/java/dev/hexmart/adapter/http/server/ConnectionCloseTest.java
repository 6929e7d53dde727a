package dev.hexmart.adapter.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.RawConnection;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.access.TrustedProxies;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.InMemoryTokens;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.limit.Allowance;
import dev.hexmart.application.limit.RateLimiter;
import dev.hexmart.application.limit.RateLimiter.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a connection ends after an answer, and that nothing which may be a body is read as a request. */
@Timeout(60)
class ConnectionCloseTest {

    private static final String NEXT = "GET /read HTTP/1.1\r\nHost: x\r\n\r\n";

    private final InMemoryTokens tokens = new InMemoryTokens();
    private final Caller.Person customer = Callers.customer(Callers.newCustomerId());
    private final Caller.Person limited = Callers.customer(Callers.newCustomerId());
    private final TestService service = TestService.of(
            tokens,
            limits(),
            Stream.of(
                            Route.get("/read", Access.OPEN, ConnectionCloseTest::length),
                            Route.post("/read", Access.OPEN, ConnectionCloseTest::length),
                            Route.post("/signed-in", Access.SIGNED_IN, ConnectionCloseTest::length),
                            Route.post("/staff", new Access.Requires(Role.CATALOG_MANAGE), ConnectionCloseTest::length),
                            Route.get("/get-only", Access.OPEN, ConnectionCloseTest::length),
                            Route.post("/any/*", Access.SIGNED_IN, ConnectionCloseTest::length))
                    .toList());

    private static Response length(Request request) {
        return Response.content(200, "text/plain", Integer.toString(request.body().length));
    }

    private RateLimits limits() {
        Duration wait = Duration.ofSeconds(9);
        RateLimiter limiter = (key, _) ->
                key.contains(limited.id().toString()) ? new Verdict.Exhausted(wait, wait) : new Verdict.Taken(1, wait);
        Optional<Allowance> some = Optional.of(new Allowance(2, Duration.ofMinutes(1)));
        return new RateLimits(
                limiter, new RateLimits.Settings(Optional.empty(), some, TrustedProxies.NONE), InstantSource.system());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    /** Every refusal that comes before the body is read. */
    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(401, "/signed-in", "anonymous"),
                Arguments.of(401, "/any/thing", "anonymous"),
                Arguments.of(403, "/staff", "customer"),
                Arguments.of(404, "/nowhere", "anonymous"),
                Arguments.of(405, "/get-only", "anonymous"),
                Arguments.of(429, "/signed-in", "limited"));
    }

    private String head(String path, String who, String headers) {
        String token = switch (who) {
            case "customer" -> "Authorization: Bearer " + tokens.issue(customer) + "\r\n";
            case "limited" -> "Authorization: Bearer " + tokens.issue(limited) + "\r\n";
            default -> "";
        };
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + token + headers + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "TE, close", "close, TE", "TE\r\nConnection: close"})
    void connectionIsClosedAfterTheResponseWhenTheRequestSaysClose(String options) {
        try (var raw = RawConnection.to(service.port())) {
            raw.send("GET /read HTTP/1.1\r\nHost: x\r\nConnection: " + options + "\r\n\r\n");
            assertThat(raw.response()).startsWith("HTTP/1.1 200").endsWith("0").satisfies(this::saysClose);
            assertThat(raw.rest()).isEmpty();
        }
    }

    @Test
    void connectionIsClosedAtOnceWhenTheRequestWasReadInFull() {
        long began = System.nanoTime();
        try (var raw = RawConnection.to(service.port())) {
            raw.send("POST /read HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab");
            assertThat(raw.rest()).endsWith("2");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void connectionStaysOpenWhenTheRequestSaysNothing() {
        try (var raw = RawConnection.to(service.port())) {
            for (int i = 0; i < 2; i++) {
                raw.send(NEXT);
                assertThat(raw.response()).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("Connection: close");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void connectionIsClosedAfterARefusalWhenTheRequestSaysClose(int status, String path, String who) {
        try (var raw = RawConnection.to(service.port())) {
            raw.send(head(path, who, "Connection: close\r\nContent-Length: 4\r\n") + "body" + NEXT);
            assertThat(raw.response()).startsWith("HTTP/1.1 " + status).satisfies(this::saysClose);
            assertThat(raw.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void nextRequestIsNotReadAfterARefusalOfAnExpectedBody(int status, String path, String who) {
        for (String length : new String[] {"Content-Length: " + NEXT.length(), "Transfer-Encoding: chunked"}) {
            try (var raw = RawConnection.to(service.port())) {
                raw.send(head(path, who, "Expect: 100-continue\r\n" + length + "\r\n"));
                assertThat(raw.response()).startsWith("HTTP/1.1 " + status).satisfies(this::saysClose);
                raw.send(NEXT);
                assertThat(raw.rest()).isEmpty();
            }
        }
    }

    @Test
    void nextRequestIsNotReadAfterAnExpectedBodyThatIsTooLarge() {
        try (var raw = RawConnection.to(service.port())) {
            raw.send(head("/read", "anonymous", "Expect: 100-continue\r\nContent-Length: 1000000\r\n"));
            assertThat(raw.response()).startsWith("HTTP/1.1 413").satisfies(this::saysClose);
            raw.send(NEXT);
            assertThat(raw.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void unreadBodyIsNotReadAsARequestAndTheNextRequestIs(int status, String path, String who) {
        try (var raw = RawConnection.to(service.port())) {
            raw.send(head(path, who, "Content-Length: " + NEXT.length() + "\r\n") + NEXT + NEXT);
            assertThat(raw.response()).startsWith("HTTP/1.1 " + status);
            assertThat(raw.response()).startsWith("HTTP/1.1 200").endsWith("0");
        }
    }

    @Test
    void connectionStaysOpenAfterAnExpectedBodyWasRead() {
        try (var raw = RawConnection.to(service.port())) {
            raw.send(head("/read", "anonymous", "Expect: 100-continue\r\nContent-Length: 2\r\n"));
            assertThat(raw.response()).startsWith("HTTP/1.1 100");
            raw.send("ab" + NEXT);
            assertThat(raw.response()).startsWith("HTTP/1.1 200").endsWith("2");
            assertThat(raw.response()).startsWith("HTTP/1.1 200").endsWith("0");
        }
    }

    private void saysClose(String response) {
        assertThat(response).containsIgnoringCase("\r\nConnection: close\r\n");
    }
}
