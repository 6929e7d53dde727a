package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.hexmart.bootstrap.cart.CartService;
import dev.hexmart.bootstrap.cart.CartSettings;
import dev.hexmart.bootstrap.payments.PaymentsService;
import dev.hexmart.bootstrap.payments.PaymentsSettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.OtlpReceiver.SentSpan;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Secrets and addresses that are put in wherever something can be put in, and must not come out in log or spans. */
@ExtendWith(SharedShop.Open.class)
class CanariesTest {

    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.hexmart");

    private final Captured log = new Captured();
    private final Set<String> planted = new TreeSet<>();

    private SharedShop open;
    private Shop shop;

    @BeforeEach
    void listen(SharedShop sharedShop) {
        open = sharedShop;
        shop = open.shop();
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        OURS.setLevel(null);
        ROOT.detachAppender(log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "DEBUG"})
    void requestDataIsNeitherLoggedNorTraced(String level) {
        OURS.setLevel(Level.toLevel(level));
        for (String user : List.of("alice", "carol")) {
            String token = shop.token(user);
            planted.add(token.substring(token.lastIndexOf('.') + 1));
        }
        Stream.concat(Stream.of("gateway"), SharedShop.SERVICES.stream())
                .map(name -> open.service(name).address())
                .forEach(this::plantAt);
        buyWithCanaries();
        sendNonsenseByMessage();

        assertThat(planted).hasSizeGreaterThan(100);
        assertNothingOf(planted);
        awaitSpansOfWhatWasDone();
        String sent = open.collector().everything();
        assertThat(planted).filteredOn(sent::contains).as("what is in spans").isEmpty();
        if (level.equals("DEBUG")) {
            assertThat(log.lines)
                    .as("something has been logged meanwhile")
                    .anyMatch(line -> line.contains("A token was rejected"));
        }
    }

    /** The last thing that is done at each door leaves a span, and spans are sent in the order in which they end. */
    private void awaitSpansOfWhatWasDone() {
        Map<String, Long> before = spansByService();
        Stream.concat(Stream.of("gateway"), SharedShop.SERVICES.stream())
                .forEach(name ->
                        shop.as("alice").at(open.service(name).address()).get("/nothing-here"));
        await().atMost(ofSeconds(20))
                .untilAsserted(() -> assertThat(spansByService())
                        .hasSize(5)
                        .allSatisfy(
                                (service, spans) -> assertThat(spans).isGreaterThan(before.getOrDefault(service, 0L))));
    }

    private Map<String, Long> spansByService() {
        return open.collector().spans().stream()
                .filter(span -> span.name().equals("GET"))
                .filter(span -> span.kind() == SpanKind.SPAN_KIND_SERVER)
                .collect(Collectors.groupingBy(SentSpan::service, Collectors.counting()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INFO", "DEBUG"})
    void thePasswordsOfTheStoresAreNotInTheLog(String level) throws Exception {
        OURS.setLevel(Level.toLevel(level));
        String wrong = "canary-" + UUID.randomUUID();
        URI redis = URI.create(open.parts().redis().redisUrl());
        URI broker = URI.create(open.parts().broker().amqpUrl());
        Map<String, String> cartsOwn = open.environment("cart");
        cartsOwn.put("REDIS_URL", "redis://:%s@127.0.0.1:%d".formatted(wrong, redis.getPort()));
        try (ServiceHost cart = CartService.start(CartSettings.from(new Environment(cartsOwn)))) {
            Answer answer = shop.as("alice").at(cart.address()).get("/cart");
            assertThat(answer.status()).isGreaterThanOrEqualTo(500);
            assertThat(answer.body()).doesNotContain(wrong);
        }
        assertCannotStart("AMQP_URL", "amqp://hexmart:%s@127.0.0.1:%d".formatted(wrong, broker.getPort()), wrong);
        assertCannotStart("DATABASE_PASSWORD", wrong, wrong);

        Set<String> passwords = new TreeSet<>(Set.of(
                wrong,
                open.stores().password(),
                redis.getUserInfo().replace(":", ""),
                broker.getUserInfo().split(":")[1]));
        for (String service : List.of("products", "orders", "payments")) {
            passwords.add(Optional.ofNullable(open.environment(service).get("DATABASE_PASSWORD"))
                    .orElseThrow());
        }
        assertNothingOf(passwords);
    }

    private void assertCannotStart(String variable, String value, String secret) {
        Map<String, String> environment = open.environment("payments");
        environment.put(variable, value);
        assertThatThrownBy(() -> PaymentsService.start(PaymentsSettings.from(new Environment(environment))))
                .satisfies(failure -> {
                    // As the process does it, down to the last cause.
                    LoggerFactory.getLogger(CanariesTest.class).info("Start failed", failure);
                    assertThat(failure.getMessage()).contains(variable).doesNotContain(secret);
                });
    }

    private void plantAt(URI door) {
        for (Visitor visitor :
                List.of(shop.as("alice").at(door), shop.as("carol").at(door))) {
            for (String path : List.of(
                    "/products",
                    "/cart",
                    "/orders",
                    "/payments",
                    "/cartCheckout",
                    "/pay",
                    "/messages/parked",
                    "/messages/dead",
                    "/login")) {
                String canary = canary();
                for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
                    shop.send(visitor.request(
                                    path + "/" + canary + "?search=" + canary + "&sort=" + canary + "&limit=" + canary)
                            .method(method, BodyPublishers.ofString(body(canary)))
                            .headers(headers(canary))
                            .build());
                    shop.send(visitor.request(path + "?cursor=" + canary + "&code=" + canary)
                            .method(method, BodyPublishers.ofString("{\"" + canary + "\": " + canary))
                            .headers(headers(canary))
                            .build());
                }
            }
        }
        for (String scheme : List.of("Bearer ", "Basic ", "", "Bearer eyJhbGciOiJub25lIn0.")) {
            shop.send(shop.stranger()
                    .at(door)
                    .request("/products", "Authorization", scheme + canary(), "Cookie", "__Host-sid=" + canary())
                    .build());
        }
        raw(door, "GET /%1$s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %1$s\r\n%1$s\r\n\r\n");
        raw(door, "%1$s\r\n\r\n");
        raw(door, "POST /pay HTTP/1.1\r\nHost: %1$s\r\nContent-Length: %1$s\r\n\r\n");
        raw(door, "POST /pay HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"%1$s\":\"%1$s\"");
        raw(door, "GET /orders?%1$s=%%zz HTTP/1.1\r\nHost: x\r\nCookie: sid=%1$s\r\nX-\u0000: %1$s\r\n\r\n");
    }

    private static String body(String canary) {
        return "{\"userId\":\"%1$s\",\"productId\":\"%1$s\",\"orderId\":\"%1$s\",\"name\":\"%1$s\",\"price\":\"%1$s\",\"quantity\":\"%1$s\",\"payment\":{\"method\":\"%1$s\",\"card\":\"%1$s\"},\"expectedTotal\":{\"amount\":1,\"currency\":\"%1$s\"},\"lines\":[{\"productId\":\"%1$s\"}],\"reason\":\"%1$s\",\"%1$s\":1}"
                .formatted(canary);
    }

    private static String[] headers(String canary) {
        return new String[] {
            "Content-Type", "application/json",
            "Cookie", "__Host-sid=" + canary,
            "Idempotency-Key", canary,
            "If-Match", "\"" + canary + "\"",
            "Last-Event-ID", canary,
            "User-Agent", canary,
            "Referer", "https://example.org/?token=" + canary,
            "X-Forwarded-For", canary,
            "traceparent", "00-" + canary,
            "baggage", "mail=" + canary + "@example.org",
            "From", canary + "@example.org",
        };
    }

    /** What is allowed to be sent, all of it: through the catalog, a cart, a checkout, the messages and the payment. */
    private void buyWithCanaries() {
        Visitor carol = shop.as("carol");
        Visitor alice = shop.as("alice");
        String product = carol.post(
                        "/products",
                        "{\"name\":\"%s\",\"description\":\"%s\",\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"stock\":9}"
                                .formatted(canary(), canary()))
                .json()
                .getString("id");
        carol.order("/products/" + product + "/stock", "{\"delta\":1,\"reason\":\"%s\"}".formatted(canary()));
        alice.delete("/cart");
        alice.post("/cart/add", "{\"productId\":\"" + product + "\",\"quantity\":2}");
        alice.post(
                "/cart/checkout", "{\"payment\":{\"method\":\"%s\"}}".formatted(canary()), "Idempotency-Key", canary());
        Answer checkout = alice.post(
                "/cart/checkout", "{\"payment\":{\"method\":\"card-declined\"}}", "Idempotency-Key", canary());
        assertThat(checkout.status()).as(checkout.body()).isEqualTo(202);
        String order = checkout.json().getString("orderId");
        await().atMost(ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(alice.get("/orders/" + order).json()).containsKey("declined"));
        alice.post("/pay", "{\"orderId\":\"" + order + "\"}", "Idempotency-Key", canary());
        carol.post("/payments/" + order + "/refund", "", "Idempotency-Key", canary());
    }

    /** Unreadable messages are logged and parked, without what is in them. */
    private void sendNonsenseByMessage() {
        int before = log.parked();
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(open.parts().broker().amqpUrl());
            try (Connection connection = factory.newConnection();
                    Channel channel = connection.createChannel()) {
                String type = "dev.hexmart.stock.reserve.v1";
                List<String> bodies = List.of(
                        canary(),
                        "{\"%1$s\":".formatted(canary()),
                        "{\"id\":\"%1$s\",\"type\":\"%2$s\",\"data\":{\"%1$s\":\"%1$s\"}}".formatted(canary(), type));
                for (String body : bodies) {
                    channel.basicPublish("hexmart.events", type, null, body.getBytes(StandardCharsets.UTF_8));
                }
                await().atMost(ofSeconds(20))
                        .untilAsserted(() -> assertThat(log.parked()).isEqualTo(before + bodies.size()));
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Unlike anything else, and short enough to be let in where little is. */
    private String canary() {
        String canary = "canary" + UUID.randomUUID().toString().substring(0, 13);
        planted.add(canary);
        return canary;
    }

    private void raw(URI door, String request) {
        try (Socket socket = new Socket(door.getHost(), door.getPort())) {
            socket.getOutputStream().write(request.formatted(canary()).getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // Cut off, as such a request may be.
        }
    }

    private void assertNothingOf(Set<String> secrets) {
        List<String> leaks = new ArrayList<>();
        for (String line : log.lines) {
            secrets.stream().filter(line::contains).findFirst().ifPresent(_ -> leaks.add(line));
        }
        assertThat(leaks).isEmpty();
    }

    /** Every event with all that an encoder could write of it. */
    private static final class Captured extends AppenderBase<ILoggingEvent> {

        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            String failure = Optional.ofNullable(event.getThrowableProxy())
                    .map(ThrowableProxyUtil::asString)
                    .orElse("");
            lines.add("%s %s %s %s"
                    .formatted(event.getLoggerName(), event.getFormattedMessage(), event.getMDCPropertyMap(), failure));
        }

        int parked() {
            return (int)
                    lines.stream().filter(line -> line.contains("is parked")).count();
        }
    }
}
