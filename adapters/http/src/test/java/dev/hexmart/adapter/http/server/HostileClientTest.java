package dev.hexmart.adapter.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Limited;
import dev.hexmart.adapter.http.RawConnection;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Handler;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.exchange.Streaming;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostileClientTest {

    private static final Handler READ =
            request -> Response.content(200, "text/plain", Integer.toString(request.body().length));

    private final TestService patient =
            TestService.of(Route.post("/read", Access.OPEN, READ), Route.get("/read", Access.OPEN, READ));

    @AfterEach
    void stop() {
        patient.close();
    }

    private static Arguments sent(String request, int status) {
        return Arguments.of(request.replace("\n", "\r\n"), status);
    }

    static Stream<Arguments> brokenRequests() {
        return Stream.of(
                sent("nonsense\n\n", 400),
                sent("GET /read\n\n", 400),
                sent("GET /read HTTP/1.0\nHost: x\n\n", 400),
                sent("GET /read HTTP/2.0\nHost: x\n\n", 400),
                sent("GET  /read HTTP/1.1\nHost: x\n\n", 400),
                sent("GET /read HTTP/1.1\n\n", 400),
                sent("GET /read HTTP/1.1\nHost: x\nHost: y\n\n", 400),
                sent("GET /read HTTP/1.1\nHost: x\nBad Header: 1\n\n", 400),
                sent("GET /read HTTP/1.1\nHost : x\n\n", 400),
                sent("GET /read HTTP/1.1\nHost: x\nX-Nul: a\u0000b\n\n", 400),
                sent("GET /read HTTP/1.1\nHost: x\n folded: 1\n\n", 400),
                Arguments.of("GET /read HTTP/1.1\nHost: x\n\n", 400),
                sent("GET /read?q=% HTTP/1.1\nHost: x\n\n", 400),
                sent("GET * HTTP/1.1\nHost: x\n\n", 400),
                sent("GET read HTTP/1.1\nHost: x\n\n", 400),
                sent("GET evil.example:443 HTTP/1.1\nHost: x\n\n", 400),
                sent("GET http://evil.example/read HTTP/1.1\nHost: x\n\n", 400),
                sent("Content-Type: x HTTP/1.1\nHost: x\n\n", 400),
                sent("GET /" + "x".repeat(5_000) + " HTTP/1.1\nHost: x\n\n", 414),
                sent("GET /read HTTP/1.1\nHost: x\nX-Long: " + "x".repeat(20_000) + "\n\n", 431),
                sent("POST /read HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\nab", 400),
                sent("POST /read HTTP/1.1\nHost: x\nContent-Length: -1\n\n", 400),
                sent("POST /read HTTP/1.1\nHost: x\nContent-Length: many\n\n", 400),
                sent("POST /read HTTP/1.1\nHost: x\nContent-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n", 400),
                sent("POST /read HTTP/1.1\nHost: x\nTransfer-Encoding: rot13\n\n0\n\n", 400),
                sent("POST /read HTTP/1.1\nHost: x\nTransfer-Encoding: gzip, chunked\n\n0\n\n", 400),
                sent("POST /read HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nxyz\nabc\n0\n\n", 400),
                sent("POST /read HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n-1\nabc\n0\n\n", 400),
                sent("POST /read HTTP/1.1\nHost: x\nContent-Encoding: gzip\nContent-Length: 1\n\na", 400),
                sent("POST /read HTTP/1.1\nHost: x\nContent-Length: 65537\n\n", 413),
                sent(
                        "POST /read HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n10001\n" + "x".repeat(0x10001)
                                + "\n0\n\n",
                        413),
                // A line that says how long a chunk is, and never ends.
                sent("POST /read HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n" + "1".repeat(160_000), 413));
    }

    @ParameterizedTest
    @MethodSource("brokenRequests")
    void aRequestThatIsNotWellFormedIsAProblemAndEndsTheConnection(String request, int status) {
        try (var raw = RawConnection.to(patient.port())) {
            String response = raw.send(request).response();

            assertThat(response).startsWith("HTTP/1.1 " + status);
            assertThat(response.toLowerCase(Locale.ROOT))
                    .contains("content-type: application/problem+json", "connection: close")
                    .doesNotContain("exception", "helidon", "java", "\nserver:");
            assertThat(raw.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /read HTTP/1.1\r\nHost: x\r\nX-Half",
                "GET /read HTTP/1.1\r\nHost: x\r\n",
                "GET /read HTTP/1.1\r\nHost: x\r"
            })
    void whoSendsHalfAHeadAndWaitsForAnAnswerIsTold(String half) {
        try (var raw = RawConnection.to(patient.port())) {
            raw.send(half).end();
            assertThat(raw.response()).startsWith("HTTP/1.1 400").contains("application/problem+json");
        }
    }

    @Test
    void refusalOfHttp10SaysWhichProxySettingIsMissing() {
        try (var raw = RawConnection.to(patient.port())) {
            raw.send("GET /read HTTP/1.0\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(raw.response())
                    .startsWith("HTTP/1.1 400")
                    .contains("HTTP/1.0", "proxy_http_version 1.1", "docs/proxies.md");
        }
    }

    @Test
    void nonsenseAfterAGoodRequestIsNoFailureOfOurs() {
        try (var raw = RawConnection.to(patient.port())) {
            raw.send("GET /read HTTP/1.1\r\nHost: x\r\n\r\nContent-Type: x HTTP/1.1\r\n\r\n");
            assertThat(raw.response()).startsWith("HTTP/1.1 200");
            assertThat(raw.response()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void headResponseHasNoBodyForAnyError() {
        try (var raw = RawConnection.to(patient.port())) {
            raw.send("HEAD /read HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
            assertThat(raw.rest()).startsWith("HTTP/1.1 400").endsWith("\r\n\r\n");
        }
    }

    @Test
    void aBodyInTheSmallestOfChunksIsTaken() {
        try (var raw = RawConnection.to(patient.port())) {
            raw.send("POST /read HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "1\r\na\r\n".repeat(10_000) + "0\r\n\r\n");
            assertThat(raw.response()).startsWith("HTTP/1.1 200").endsWith("10000");
        }
    }

    @Test
    void aLongConversationIsNotTakenForALargeRequest() {
        try (var raw = RawConnection.to(patient.port())) {
            for (int i = 0; i < 10; i++) {
                raw.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + "x".repeat(60_000));
                assertThat(raw.response()).startsWith("HTTP/1.1 200").endsWith("60000");
            }
        }
    }

    @Test
    void tooLargeBodyIsRefusedWhileItIsBeingSent() {
        for (int i = 0; i < 100; i++) {
            try (var raw = RawConnection.to(patient.port())) {
                raw.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(1_000_000));
                assertThat(raw.response()).startsWith("HTTP/1.1 413");
            }
        }
    }

    @Test
    void aWellFormedRequestGetsThroughAfterAllThat() {
        try (var raw = RawConnection.to(patient.port())) {
            raw.send("POST /read HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            assertThat(raw.response()).startsWith("HTTP/1.1 200").endsWith("3");
            raw.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(raw.response()).startsWith("HTTP/1.1 100");
            raw.send("ab");
            assertThat(raw.response()).startsWith("HTTP/1.1 200").endsWith("2");
        }
    }

    @Test
    void connectionIsReusableAfterARefusalBeforeTheBody() {
        try (var service = TestService.of(Route.post("/mine", Access.SIGNED_IN, READ));
                var raw = RawConnection.to(service.port())) {
            for (int i = 0; i < 3; i++) {
                raw.send("POST /mine HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody");
                assertThat(raw.response()).startsWith("HTTP/1.1 401");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stalledRequests")
    void stalledRequestIsClosedAfterATimeout(String start) {
        try (var service = TestService.of(
                        Limited.toTime(Duration.ofMillis(300)),
                        Route.post("/read", Access.OPEN, READ),
                        Route.post("/mine", Access.SIGNED_IN, READ));
                var raw = RawConnection.to(service.port())) {
            raw.send(start);
            assertThat(raw.rest()).doesNotContain("HTTP/1.1 200");
        }
    }

    static Stream<String> stalledRequests() {
        String whole = "GET /mine HTTP/1.1\r\nHost: x\r\n\r\n";
        return Stream.of(
                "P",
                "POST /read HT",
                whole + "P",
                "POST /read HTTP/1.1\r\n",
                "POST /read HTTP/1.1\r\nHost: x\r\nX-Half: a",
                "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n",
                "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
                "POST /read HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST /read HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "POST /mine HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    }

    @Test
    void unreadResponseIsClosedAfterATimeout() throws Exception {
        var cut = new CountDownLatch(1);
        Streaming endless = out -> {
            byte[] piece = new byte[64 * 1024];
            try {
                while (out.isOpen()) {
                    out.send(piece, 0, piece.length);
                }
            } finally {
                cut.countDown();
            }
        };
        try (var service = TestService.of(
                        Limited.toTime(Duration.ofMillis(300)),
                        Route.get("/endless", Access.OPEN, _ -> Response.stream(200, "text/plain", endless)));
                var raw = RawConnection.to(service.port())) {
            raw.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
            cut.await();
        }
    }

    @Test
    void stalledClientsDoNotKeepOthersFromBeingServed() {
        try (var service = TestService.of(
                Limited.to(1, 0, 1), Route.post("/read", Access.OPEN, READ), Route.get("/read", Access.OPEN, READ))) {
            try (var one = RawConnection.to(service.port());
                    var two = RawConnection.to(service.port())) {
                one.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
                two.send("POST /read HTTP/1.1\r\nHost: x\r\n");
                service.call("GET", "/read").send().hasStatus(200);
            }
        }
    }
}
