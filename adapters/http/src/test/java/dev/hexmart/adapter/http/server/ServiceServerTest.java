package dev.hexmart.adapter.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.http.RawConnection;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.Authenticator.Authentication;
import dev.hexmart.adapter.http.access.StreamLimits;
import dev.hexmart.adapter.http.exchange.Handler;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.exchange.ResponseStream;
import dev.hexmart.adapter.http.exchange.Streaming;
import dev.hexmart.adapter.http.server.ServerSettings.Listener;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceServerTest {

    private static final Listener ANY_PORT = new Listener("127.0.0.1", 0, "SOME_PORT");

    private static ServiceServer start(Listener api, Listener management, List<HealthCheck> checks, Route... routes) {
        return ServiceServer.start(
                new ServerSettings(api, management, TestService.quick(), StreamLimits.NONE, false),
                new Routes(_ -> new Authentication.Anonymous(), RequestObserver.NONE, List.of(routes)),
                checks,
                List.of(Route.get("/metrics", Access.OPEN, _ -> Response.content(200, "text/plain", "up 1"))));
    }

    private static String get(int port, String path) {
        try (var raw = RawConnection.to(port)) {
            return raw.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").response();
        }
    }

    @Test
    void aTakenPortIsNamedTogetherWithTheSettingThatChangesIt() throws Exception {
        try (var taken = new ServerSocket(0)) {
            Listener api = new Listener("127.0.0.1", taken.getLocalPort(), "PRODUCTS_PORT");
            assertThatThrownBy(() -> start(api, ANY_PORT, List.of()))
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("set PRODUCTS_PORT to a port that is free");
        }
    }

    @Test
    void aServerThatCannotStartLeavesNothingOpen() throws Exception {
        try (var taken = new ServerSocket(0);
                var probe = new ServerSocket(0)) {
            int free = probe.getLocalPort();
            probe.close();
            Listener management = new Listener("127.0.0.1", free, "MANAGEMENT_PORT");
            Listener api = new Listener("127.0.0.1", taken.getLocalPort(), "PRODUCTS_PORT");
            assertThatThrownBy(() -> start(api, management, List.of())).isInstanceOf(PortTaken.class);
            start(ANY_PORT, management, List.of()).close();
        }
    }

    /** A kernel that delays its acknowledgements does so for 40 ms, and not for the first requests of a connection. */
    @Test
    void responseInTwoWritesHasNoDelayedAckLatency() {
        Route page = Route.get("/page", Access.OPEN, _ -> Response.content(200, "text/plain", "x".repeat(10_000)));
        try (var server = start(ANY_PORT, ANY_PORT, List.of(), page);
                var client = RawConnection.to(server.port())) {
            long shortest = IntStream.range(0, 60)
                    .mapToLong(_ -> {
                        long began = System.nanoTime();
                        client.send("GET /page HTTP/1.1\r\nHost: x\r\n\r\n").response();
                        return System.nanoTime() - began;
                    })
                    .skip(40)
                    .min()
                    .orElseThrow();
            assertThat(Duration.ofNanos(shortest)).isLessThan(Duration.ofMillis(30));
        }
    }

    @Test
    void serviceIsLiveFromTheStartAndReadyWhenMarked() {
        try (var server = start(ANY_PORT, ANY_PORT, List.of())) {
            assertThat(get(server.managementPort(), "/health/live")).startsWith("HTTP/1.1 200");
            assertThat(get(server.managementPort(), "/health/ready"))
                    .startsWith("HTTP/1.1 503")
                    .endsWith(
                            "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"accepting-requests\",\"status\":\"DOWN\"}]}");
            server.ready(true);
            assertThat(get(server.managementPort(), "/health/ready")).startsWith("HTTP/1.1 200");
            server.ready(false);
            assertThat(get(server.managementPort(), "/health/ready")).startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void serviceIsNotReadyWithoutADependency() {
        var database = new AtomicBoolean(true);
        var checks = List.of(new HealthCheck("database", database::get), new HealthCheck("broker", () -> {
            if (!database.get()) {
                throw new IllegalStateException("amqp://user:secret@host");
            }
            return true;
        }));
        try (var server = start(ANY_PORT, ANY_PORT, checks)) {
            server.ready(true);
            assertThat(get(server.managementPort(), "/health/ready")).startsWith("HTTP/1.1 200");
            database.set(false);
            assertThat(get(server.managementPort(), "/health/ready"))
                    .startsWith("HTTP/1.1 503")
                    .contains("{\"name\":\"database\",\"status\":\"DOWN\"},{\"name\":\"broker\",\"status\":\"DOWN\"}")
                    .doesNotContain("secret");
            assertThat(get(server.managementPort(), "/health/live")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void managementEndpointsAreNotOnThePublicPort() {
        try (var server = start(ANY_PORT, ANY_PORT, List.of())) {
            assertThat(get(server.managementPort(), "/metrics"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("up 1");
            for (String path : List.of("/metrics", "/health/live", "/health/ready")) {
                assertThat(get(server.port(), path)).startsWith("HTTP/1.1 404");
            }
        }
    }

    @Test
    void aRequestThatIsUnderWayIsFinishedBeforeTheServerStops() throws Exception {
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        Handler slow = _ -> {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Response.content(200, "text/plain", "done");
        };
        var server = start(ANY_PORT, ANY_PORT, List.of(), Route.get("/slow", Access.OPEN, slow));
        server.ready(true);
        int port = server.port();
        int management = server.managementPort();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> get(port, "/slow"));
            entered.await();
            var stopped = threads.submit(server::close);
            Awaitility.await().until(() -> get(management, "/health/ready").startsWith("HTTP/1.1 503"));
            leave.countDown();
            assertThat(answer.get()).startsWith("HTTP/1.1 200").endsWith("done");
            stopped.get();
        }
        assertThatThrownBy(() -> get(port, "/slow")).hasMessageContaining("refused");
    }

    @Test
    void aStreamEndsProperlyWhenTheServerStops() {
        var first = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        Streaming untilTheEnd = new Streaming() {
            @Override
            public void writeTo(ResponseStream out) throws java.io.IOException {
                out.send("first");
                first.countDown();
                Awaitility.await().until(() -> !out.isOpen());
                out.send("last");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        var server = start(
                ANY_PORT,
                ANY_PORT,
                List.of(),
                Route.get("/stream", Access.OPEN, _ -> Response.stream(200, "text/plain", untilTheEnd)));
        var received = new AtomicReference<>("");
        try (var raw = RawConnection.to(server.port());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            raw.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
            threads.submit(() -> received.set(raw.rest()));
            Awaitility.await().until(() -> first.getCount() == 0);
            server.close();
            Awaitility.await().until(() -> closed.getCount() == 0);
        }
        assertThat(received.get()).contains("5\r\nfirst\r\n", "4\r\nlast\r\n").endsWith("0\r\n\r\n");
    }
}
