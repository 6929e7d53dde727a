package dev.hexmart.adapter.http.api.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.Limited;
import dev.hexmart.adapter.http.RawConnection;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.ordering.CancelOrder;
import dev.hexmart.application.ordering.FollowOrder;
import dev.hexmart.application.ordering.InMemoryAcceptedPaymentMethods;
import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.ordering.InMemoryPriceList;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.application.ordering.PlaceOrder;
import dev.hexmart.application.ordering.PlaceOrder.Terms;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.shared.CustomerId;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OrderEventsTest {

    private static final OrderEvents.Rhythm RHYTHM =
            new OrderEvents.Rhythm(Duration.ofMillis(20), Duration.ofSeconds(15), Duration.ofMinutes(10));

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryOrdering ordering = InMemoryOrdering.create();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final TestService service =
            TestService.of((_, _) -> (_, _) -> ended.countDown(), routes().toArray(Route[]::new));
    private final CustomerId alice = Callers.newCustomerId();
    private final Caller customer = Callers.customer(alice);

    private List<Route> routes() {
        return new OrdersApi(
                        new PlaceOrder(
                                ordering.transactor(),
                                new InMemoryPriceList(),
                                new InMemoryAcceptedPaymentMethods(),
                                new Terms(Duration.ofMinutes(15), Optional.empty(), 3),
                                Purchases::newOrder,
                                clock),
                        new FollowOrder(ordering.transactor(), ordering.changes()),
                        new CancelOrder(ordering.transactor(), clock),
                        RHYTHM,
                        _ -> Optional.empty(),
                        clock)
                .routes();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Order saved(Order order) {
        Orders.saveWithItsPast(ordering.transactor(), order);
        return order;
    }

    private Order reserved() {
        return saved(Orders.reserved(Purchases.by(alice, Purchases.PLACED_AT)));
    }

    private HttpResponse<Stream<String>> follow(Order order) {
        return service.call("GET", "/orders/" + order.id() + "/events")
                .by(customer)
                .send(BodyHandlers.ofLines());
    }

    /** The next event, its lines joined. */
    private static String next(Iterator<String> lines) {
        StringBuilder event = new StringBuilder();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            event.append(line).append('|');
        }
        return event.toString();
    }

    @Test
    void streamSendsTheHistoryAndThenNewEvents() {
        Order order = reserved();
        HttpResponse<Stream<String>> response = follow(order);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        try (Stream<String> body = response.body()) {
            Iterator<String> lines = body.iterator();
            assertThat(next(lines)).isEqualTo("retry: 1000|");
            assertThat(next(lines))
                    .isEqualTo(
                            "id: 1|event: status|data: {\"orderId\":\"" + order.id()
                                    + "\",\"status\":\"PENDING\",\"at\":\"2026-03-02T12:00:00Z\",\"note\":\"Placed\",\"version\":1}|");
            assertThat(next(lines)).startsWith("id: 2|event: status|data: {").contains("\"RESERVED\"");

            Order paid = Orders.on(order, new PaymentCaptured(order.id()));
            ordering.transactor().inTransaction(store -> {
                store.orders().save(paid);
                return paid;
            });
            assertThat(next(lines)).startsWith("id: 3|event: status|data: {").contains("\"PAID\"");
        }
    }

    @Test
    void lastEventIdResumesTheStream() {
        Order order = reserved();
        var response = service.call("GET", "/orders/" + order.id() + "/events")
                .by(customer)
                .header("Last-Event-ID", "1")
                .send(BodyHandlers.ofLines());
        try (Stream<String> body = response.body()) {
            Iterator<String> lines = body.iterator();
            next(lines);
            assertThat(next(lines)).startsWith("id: 2|");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "9999999999", "", "1,2", "x:1", "1:x"})
    void anIdThatWasNeverGivenOutIsRefused(String id) {
        var answer = service.call("GET", "/orders/" + reserved().id() + "/events")
                .by(customer)
                .header("Last-Event-ID", id)
                .send()
                .isProblem(400, "invalid-parameter");
        assertThat(answer.faults()).containsExactly("Last-Event-ID");
    }

    @Test
    void severalOrdersShareOneStreamThatIsResumable() {
        Order first = reserved();
        Order second = reserved();
        String path = "/orders/" + first.id() + "," + second.id() + "/events";
        var response = service.call("GET", path)
                .by(customer)
                .header("Last-Event-ID", second.id() + ":1," + first.id() + ":2")
                .send(BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        try (Stream<String> body = response.body()) {
            Iterator<String> lines = body.iterator();
            next(lines);
            assertThat(next(lines))
                    .startsWith("id: " + first.id() + ":2," + second.id() + ":2|event: status|data: {\"orderId\":\""
                            + second.id());
            Order paid = Orders.on(first, new PaymentCaptured(first.id()));
            ordering.transactor().inTransaction(store -> {
                store.orders().save(paid);
                return paid;
            });
            assertThat(next(lines))
                    .startsWith("id: " + first.id() + ":3," + second.id() + ":2|")
                    .contains("\"PAID\"");
        }
    }

    @Test
    void ordersThatAreNotTheCallersAreNamedAndNothingIsFollowed() {
        Order own = reserved();
        Order other = saved(Orders.placed());
        Answer answer = service.get("/orders/" + own.id() + "," + other.id() + "/events", customer)
                .isProblem(404, "not-found");
        assertThat(answer.json().getJsonArray("orders")).hasToString("[\"" + other.id() + "\"]");
    }

    @Test
    void oneStreamFollowsFiftyOrdersAndNoMore() {
        String fiftyOne = Stream.generate(() -> Purchases.newOrder().toString())
                .limit(OrdersApi.MOST_FOLLOWED + 1)
                .collect(Collectors.joining(","));
        service.get("/orders/" + fiftyOne + "/events", customer).isProblem(400, "invalid-parameter");
        service.get("/orders/" + fiftyOne.substring(37) + "/events", customer).isProblem(404, "not-found");
    }

    @Test
    void idleStreamSendsPings() {
        try (Stream<String> body = follow(reserved()).body()) {
            Iterator<String> lines = body.iterator();
            next(lines);
            next(lines);
            next(lines);
            clock.advance(Duration.ofSeconds(15));
            assertThat(next(lines)).isEqualTo("event: ping|data: {}|");
            clock.advance(Duration.ofSeconds(15));
            assertThat(next(lines)).isEqualTo("event: ping|data: {}|");
        }
    }

    @Test
    void aStreamEndsAfterAWhile() {
        try (Stream<String> body = follow(reserved()).body()) {
            Iterator<String> lines = body.iterator();
            next(lines);
            next(lines);
            next(lines);
            clock.advance(Duration.ofMinutes(10));
            next(lines);
            assertThat(lines.hasNext()).isFalse();
        }
    }

    @Test
    void aStreamEndsWhenTheServerStops() {
        try (Stream<String> body = follow(reserved()).body()) {
            Iterator<String> lines = body.iterator();
            next(lines);
            next(lines);
            next(lines);
            service.close();
            assertThat(lines.hasNext()).isFalse();
        }
    }

    @Test
    void pingDetectsADisconnectedClient() throws Exception {
        Order order = reserved();
        String token = service.tokens().issue(customer);
        try (var raw = RawConnection.to(service.port())) {
            raw.send("GET /orders/" + order.id() + "/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\r\n\r\n");
            assertThat(raw.response()).startsWith("HTTP/1.1 200");
        }
        Awaitility.await().until(() -> {
            clock.advance(Duration.ofSeconds(15));
            return ended.getCount() == 0;
        });
        assertThat(clock.instant()).isBefore(Purchases.PLACED_AT.plus(Duration.ofMinutes(10)));
    }

    @Test
    void aManagerMayFollowAnyOrder() {
        Purchase purchase = Purchases.ofAKettle();
        Order order = saved(Orders.placed(purchase));
        var response = service.call("GET", "/orders/" + order.id() + "/events")
                .by(Callers.employee())
                .send(BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        response.body().close();
    }

    @Test
    void waitingStreamOccupiesNoRequestSlot() {
        Order order = reserved();
        try (var small = TestService.of(Limited.to(1, 0, 1), routes().toArray(Route[]::new))) {
            var first = small.call("GET", "/orders/" + order.id() + "/events")
                    .by(customer)
                    .send(BodyHandlers.ofLines());
            try (Stream<String> body = first.body()) {
                next(body.iterator());
                small.get("/orders/" + order.id(), customer).hasStatus(200);
                small.get("/orders/" + order.id() + "/events", customer).isProblem(503, "unavailable");
            }
        }
    }
}
