package dev.hexmart.adapter.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.Limited;
import dev.hexmart.adapter.http.RawConnection;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.exchange.ResponseStream;
import dev.hexmart.adapter.http.exchange.Streaming;
import dev.hexmart.adapter.http.server.RequestObserver;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamLimitsTest {

    private static final TrustedProxies US = TrustedProxies.parse("127.0.0.0/8, ::1");

    private final Caller alice = Callers.customer(Callers.newCustomerId());
    private final Caller bob = Callers.customer(Callers.newCustomerId());
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    private final RequestObserver observer = new RequestObserver() {
        @Override
        public void streams(int change) {
            open.addAndGet(change);
        }

        @Override
        public void streamRefused(String limit) {
            refused.add(limit);
        }

        @Override
        public Observation begin(Request head, Optional<String> route) {
            return (_, _) -> {};
        }
    };

    /** Says hello, and nothing more until it is closed. */
    private final class Quiet implements Streaming {

        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        public void writeTo(ResponseStream out) throws IOException {
            out.send(": hello\n\n");
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            end.countDown();
        }
    }

    private TestService service(StreamLimits limits) {
        return TestService.of(
                limits,
                Limited.to(100, 100, 3),
                observer,
                Route.get("/events", Access.SIGNED_IN, _ -> Response.stream(200, "text/event-stream", new Quiet())));
    }

    private static StreamLimits ofCustomer(int limit) {
        return StreamLimits.ofCustomer(OptionalInt.of(limit));
    }

    private static RawConnection opened(TestService service, Caller caller, String... headers) {
        RawConnection connection = RawConnection.to(service.port());
        connection.send("GET /events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + service.tokens().issue(caller) + "\r\n" + String.join("", headers) + "\r\n");
        assertThat(connection.response()).startsWith("HTTP/1.1 200");
        return connection;
    }

    @Test
    void aCustomerAtTheLimitIsRefusedAndOthersAreNot() {
        try (TestService service = service(ofCustomer(2));
                RawConnection _ = opened(service, alice);
                RawConnection _ = opened(service, alice)) {
            Answer answer = service.get("/events", alice).isProblem(429, "too-many-streams");
            assertThat(answer.json().getString("limit")).isEqualTo("customer");
            assertThat(answer.json().getString("detail"))
                    .contains("2 event streams open", "one customer", "follow several orders with one stream");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(refused).containsExactly("customer");
            assertThat(closed).as("the refused stream is closed").hasValue(1);
            opened(service, bob).close();
        }
    }

    @Test
    void aClosedStreamIsFreeAtOnce() {
        try (TestService service = service(ofCustomer(1))) {
            IntStream.range(0, 10).forEach(_ -> opened(service, alice).close());
            assertThat(refused).isEmpty();
            Awaitility.await().until(() -> open.get() == 0);
            assertThat(closed).as("each stream is closed once").hasValue(10);
        }
    }

    @Test
    void anAddressAtTheLimitIsRefusedBehindATrustedProxy() {
        StreamLimits limits = StreamLimits.NONE.withAddress(OptionalInt.of(1), US);
        try (TestService service = service(limits);
                RawConnection _ = opened(service, alice, "X-Forwarded-For: 192.0.2.1\r\n")) {
            Answer answer = service.call("GET", "/events")
                    .by(bob)
                    .header("X-Forwarded-For", "192.0.2.1")
                    .send()
                    .isProblem(429, "too-many-streams");
            assertThat(answer.json().getString("limit")).isEqualTo("address");
            assertThat(answer.json().getString("detail")).contains("1 event streams open", "one address");
            opened(service, bob, "X-Forwarded-For: 192.0.2.2\r\n").close();
        }
    }

    @Test
    void anAddressThatAnUntrustedPeerNamesIsIgnored() {
        StreamLimits limits = StreamLimits.NONE.withAddress(OptionalInt.of(1), TrustedProxies.NONE);
        try (TestService service = service(limits);
                RawConnection _ = opened(service, alice, "X-Forwarded-For: 192.0.2.1\r\n")) {
            service.call("GET", "/events")
                    .by(alice)
                    .header("X-Forwarded-For", "192.0.2.2")
                    .send()
                    .isProblem(429, "too-many-streams");
        }
    }

    @Test
    void aFullServerRefusesStreamsAsUnavailable() {
        try (TestService service = service(StreamLimits.NONE);
                RawConnection _ = opened(service, alice);
                RawConnection _ = opened(service, alice);
                RawConnection _ = opened(service, bob)) {
            assertThat(open).hasValue(3);
            service.get("/events", bob).isProblem(503, "unavailable");
            assertThat(refused).containsExactly("server");
        }
    }

    @Test
    void aHeadRequestOpensNoStream() {
        try (TestService service = service(ofCustomer(1));
                RawConnection _ = opened(service, alice)) {
            service.call("HEAD", "/events").by(alice).send().hasStatus(200);
            assertThat(closed).hasValue(1);
        }
    }
}
