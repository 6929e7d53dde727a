package dev.hexmart.tools.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hexmart.tools.load.client.Identity;
import dev.hexmart.tools.load.client.ShopClient;
import dev.hexmart.tools.load.client.Shopper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop with one paid order of the load on the first page; on the second one of others, and the newest from before. */
class AuditTest {

    private static final String ORDER = """
        {"orderId":"%s","userId":"alice-id","status":"PAID","total":{"amount":10,"currency":"EUR"},"lines":[
        {"productId":"%s","quantity":1,"unitPrice":{"amount":10,"currency":"EUR"},"total":{"amount":10,"currency":"EUR"}}]}
        """;

    private final Map<String, String> answers = new HashMap<>(Map.of(
            "/orders?limit=100",
            "[" + ORDER.formatted("order-1", "kettle") + "]",
            "/orders?limit=100&after=1",
            "[%s,%s,%s]"
                    .formatted(
                            ORDER.formatted("order-2", "pot"),
                            ORDER.formatted("before", "kettle"),
                            ORDER.formatted("long before", "kettle")),
            "/orders?limit=1",
            "[" + ORDER.formatted("order-1", "kettle") + "]",
            "/payments/order-1",
            "{\"status\":\"PAID\",\"amount\":{\"amount\":10,\"currency\":\"EUR\"}}",
            "/products/kettle",
            "{\"stock\":4}",
            "/products/kettle/stock",
            """
                [{"kind":"SOLD","available":0,"reserved":-1},{"kind":"RESERVED","available":-1,"reserved":1},
                {"kind":"RECEIVED","available":5,"reserved":0}]
                """));

    private final Logbook logbook = new Logbook();
    private HttpServer server;
    private Identity identity;
    private ShopClient shop;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI address = URI.create("http://localhost:" + server.getAddress().getPort());
        identity = new Identity(address);
        shop = new ShopClient(address);
        logbook.started();
        logbook.ended(new Checkout(
                0,
                "alice",
                Optional.of("alice-id"),
                "card-ok",
                Map.of("kettle", 1),
                Set.of("order-1"),
                Optional.of(new Money(10, "EUR")),
                new Checkout.Outcome.Ended("PAID")));
    }

    @AfterEach
    void stop() {
        shop.close();
        identity.close();
        server.stop(0);
    }

    @Test
    void shopWhoseStateFitsIsWithoutBreachOverAllPages() {
        assertThat(audit()).isEmpty();
    }

    @Test
    void orderWithoutItsPaymentIsABreach() {
        answers.remove("/payments/order-1");

        assertThat(audit()).extracting(Breach::rule).containsExactly(Breach.Rule.PAID_FOR);
    }

    @Test
    void stockThatWasNotTakenIsABreach() {
        answers.put("/products/kettle", "{\"stock\":5}");

        assertThat(audit()).extracting(Breach::rule).containsOnly(Breach.Rule.STOCK);
    }

    @Test
    void newestOrderIsTheFirstOfTheList() {
        assertThat(Audit.newestOrder(shop, new Shopper(identity, "carol"))).contains("order-1");
    }

    private List<Breach> audit() {
        Shopper carol = new Shopper(identity, "carol");
        return new Audit(shop, carol, Map.of("alice", carol), Map.of("kettle", 5), Optional.of("before"))
                .run(logbook, Duration.ZERO);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            String token = "{\"access_token\":\"token\",\"expires_in\":3600}";
            String body = path.endsWith("/token") ? token : answers.getOrDefault(path, "");
            if (path.equals("/orders?limit=100")) {
                exchange.getResponseHeaders().add("Link", "</orders?limit=100&after=1>; rel=\"next\"");
            }
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, body.isEmpty() ? -1 : body.getBytes(UTF_8).length);
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }
}
