package dev.hexmart.adapter.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.RawConnection;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.access.TrustedProxies;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.ServerSettings.Limits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Connections that say nothing: how many an address may have, and that they keep no request of others waiting. */
@Timeout(60)
class SilentConnectionsTest {

    private static final int ALL = 40;
    private static final int PER_ADDRESS = 4;
    private static final String READ = "GET /read HTTP/1.1\r\nHost: x\r\n\r\n";

    private final List<RawConnection> connections = new ArrayList<>();
    private TestService service = serving(OptionalInt.of(PER_ADDRESS), TrustedProxies.NONE);

    private static TestService serving(OptionalInt perAddress, TrustedProxies proxies) {
        Limits usual = TestService.quick();
        Limits limits = new Limits(
                usual.bodyBytes(),
                ALL,
                usual.concurrentRequests(),
                usual.queue(),
                usual.queueTime(),
                usual.streams(),
                usual.headerTime(),
                usual.bodyTime(),
                usual.writeTime(),
                usual.idleTime(),
                usual.graceTime());
        return TestService.of(
                new RateLimits(
                        (_, _) -> {
                            throw new IllegalStateException("Nothing is counted");
                        },
                        new RateLimits.Settings(Optional.empty(), Optional.empty(), perAddress, proxies),
                        InstantSource.system()),
                limits,
                Route.get("/read", Access.OPEN, _ -> Response.empty(204)),
                Route.get(
                        "/long",
                        Access.OPEN,
                        _ -> Response.stream(200, "text/plain", out -> {
                            out.send("it begins");
                            while (out.isOpen()) {
                                LockSupport.parkNanos(1_000_000);
                            }
                        })));
    }

    private void restart(OptionalInt perAddress, TrustedProxies proxies) {
        service.close();
        service = serving(perAddress, proxies);
    }

    private RawConnection connect(String from) {
        RawConnection connection = RawConnection.from(from, service.port());
        connections.add(connection);
        return connection;
    }

    private void silent(String from, int count) {
        for (int i = 0; i < count; i++) {
            connect(from);
        }
    }

    private String answerTo(String from) {
        return connect(from).send(READ).response();
    }

    @AfterEach
    void stop() {
        connections.forEach(RawConnection::close);
        service.close();
    }

    @Test
    void newConnectionTakesThePlaceOfTheSilentOneThatHasWaitedLongest() {
        silent("127.0.0.1", 1);
        // The server takes connections in threads of their own, not always in the order in which they came.
        Awaitility.await().until(() -> service.server().connections() == 1);
        silent("127.0.0.1", PER_ADDRESS - 1);
        assertThat(answerTo("127.0.0.1")).startsWith("HTTP/1.1 204");
        assertThat(connections.getFirst().rest()).isEmpty();
        for (RawConnection spared : connections.subList(1, PER_ADDRESS)) {
            assertThat(spared.send(READ).response()).startsWith("HTTP/1.1 204");
        }
        assertThat(service.server().connectionsRefused()).isEqualTo(1);
    }

    @Test
    void addressWithTooManyRequestsUnderWayIsRefusedInWords() {
        for (int i = 0; i < PER_ADDRESS; i++) {
            String begun = connect("127.0.0.1")
                    .send("GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
                    .response();
            assertThat(begun).startsWith("HTTP/1.1 200");
        }
        String refusal = answerTo("127.0.0.1");
        assertThat(refusal)
                .startsWith("HTTP/1.1 429")
                .contains("too-many-requests", "Too many connections come from your address", "Retry-After: 1")
                .containsIgnoringCase("Connection: close");
        assertThat(connections.getLast().rest()).isEmpty();
        assertThat(service.server().connectionsRefused()).isEqualTo(1);
    }

    @Test
    void addressMayConnectAgainWhenItsConnectionsAreClosed() {
        for (int i = 0; i < 3 * PER_ADDRESS; i++) {
            try (var connection = RawConnection.to(service.port())) {
                connection.send("GET /read HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                assertThat(connection.rest()).startsWith("HTTP/1.1 204");
            }
        }
    }

    @EnabledOnOs(value = OS.LINUX, disabledReason = "Elsewhere there is but one loopback address")
    @Test
    void otherAddressesAreAnsweredWhileOneHoldsManyConnections() {
        silent("127.0.0.1", 3 * ALL);
        long began = System.nanoTime();
        assertThat(answerTo("127.0.0.2")).startsWith("HTTP/1.1 204");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void trustedProxyMayHaveAnyNumberOfConnections() {
        restart(OptionalInt.of(PER_ADDRESS), TrustedProxies.parse("127.0.0.0/8"));
        silent("127.0.0.1", 2 * PER_ADDRESS);
        assertThat(answerTo("127.0.0.1")).startsWith("HTTP/1.1 204");
        assertThat(service.server().connectionsRefused()).isZero();
        assertThat(service.server().connections()).isEqualTo(2 * PER_ADDRESS + 1);
    }

    @Test
    void connectionsThatWaitAreClosedEarlyWhenTheServerIsNearlyFull() {
        restart(OptionalInt.empty(), TrustedProxies.NONE);
        silent("127.0.0.1", 2 * ALL);
        long began = System.nanoTime();
        assertThat(answerTo("127.0.0.1")).startsWith("HTTP/1.1 204");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(connections.getFirst().rest()).isEmpty();
        assertThat(service.server().connectionsClosedForRoom()).isPositive();
    }

    @Test
    void connectionsThatWaitStayOpenWhenThereIsRoom() {
        restart(OptionalInt.empty(), TrustedProxies.NONE);
        silent("127.0.0.1", ALL / 2);
        assertThat(answerTo("127.0.0.1")).startsWith("HTTP/1.1 204");
        assertThat(connections.getFirst().send(READ).response()).startsWith("HTTP/1.1 204");
        assertThat(service.server().connectionsClosedForRoom()).isZero();
    }
}
