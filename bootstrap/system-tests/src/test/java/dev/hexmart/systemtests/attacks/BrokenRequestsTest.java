package dev.hexmart.systemtests.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.systemtests.attacks.BrokenRequests.Draft;
import dev.hexmart.systemtests.attacks.Wire.Reply;
import jakarta.json.Json;
import jakarta.json.JsonException;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a request is like, it is answered properly or not at all. */
@ExtendWith(AttackedShop.Provider.class)
@Timeout(120)
class BrokenRequestsTest {

    private static final int FOR_EACH_SERVICE = 500;
    private static final int AT_ONCE = 50;
    private static final long SEED = 20_000_101;

    private final AttackedShop shop;
    private final String alice;
    private final String carol;

    BrokenRequestsTest(AttackedShop shop) {
        this.shop = shop;
        this.alice = shop.token("alice");
        this.carol = shop.token("carol");
    }

    @Test
    void brokenRequestCausesNo5xxAndDoesNotAffectOthers() throws Exception {
        Map<String, List<Draft>> good = goodRequests();
        for (String service : AttackedShop.SERVICES) {
            assertThat(shop.ask(service, alice)).as(service).isEqualTo(200);
        }
        Heap heap = new Heap();
        Map<Integer, Integer> statuses = new HashMap<>();
        try (LogAlarm alarm = LogAlarm.listen();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> wrong = new ArrayList<>();
            for (String service : AttackedShop.SERVICES) {
                BrokenRequests broken = new BrokenRequests(SEED + service.hashCode(), good.get(service));
                for (int sent = 0; sent < FOR_EACH_SERVICE; sent += AT_ONCE) {
                    List<Future<Outcome>> outcomes = new ArrayList<>();
                    for (int i = 0; i < AT_ONCE; i++) {
                        byte[] request = broken.next();
                        outcomes.add(clients.submit(() -> send(shop.service(service), request)));
                    }
                    for (Future<Outcome> future : outcomes) {
                        Outcome outcome = future.get();
                        outcome.statuses().forEach(status -> statuses.merge(status, 1, Integer::sum));
                        outcome.wrong().ifPresent(what -> wrong.add(service + ": " + what));
                    }
                    assertThat(shop.ask(service, alice)).as(service).isEqualTo(200);
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(alarm.heard()).isEmpty();
        }
        // So that a change of the generator which makes all of it trivially wrong, or right, does not go unnoticed.
        assertThat(statuses).containsKeys(200, 400, 401, 404, 405, 413, 414, 415, 431);
        heap.assertBackWhereItWas();
    }

    /** @param wrong what was wrong with an answer, if something was */
    private record Outcome(List<Integer> statuses, Optional<String> wrong) {}

    private static Outcome send(URI server, byte[] request) {
        try {
            List<Reply> replies = Wire.exchange(server, request);
            return new Outcome(
                    replies.stream().map(Reply::status).toList(),
                    replies.stream()
                            .flatMap(reply -> wrong(reply, isHead(request) && reply.equals(replies.getFirst())))
                            .findFirst()
                            .map(what -> what + "\nto " + shown(request)));
        } catch (IOException | AssertionError e) {
            return new Outcome(List.of(), Optional.of(e + "\nto " + shown(request)));
        }
    }

    private static Stream<String> wrong(Reply reply, boolean head) {
        if (reply.status() < 400) {
            return Stream.empty();
        }
        boolean deliberate =
                reply.status() == 503 && !reply.header("retry-after").isEmpty();
        if (reply.status() >= 500 && !deliberate) {
            return Stream.of(reply.toString());
        }
        if (!reply.header("content-type").equals("application/problem+json")) {
            return Stream.of("No problem: " + reply);
        }
        return head || isProblem(reply) ? Stream.empty() : Stream.of("No good problem: " + reply);
    }

    private static boolean isProblem(Reply reply) {
        try (var reader = Json.createReader(new StringReader(reply.body()))) {
            return reader.readObject().getInt("status") == reply.status()
                    && !reply.body().contains("Exception")
                    && !reply.body().contains("dev.hexmart")
                    && !reply.body().contains("127.0.0.1");
        } catch (JsonException e) {
            return false;
        }
    }

    private static boolean isHead(byte[] request) {
        return new String(Arrays.copyOf(request, 5), ISO_8859_1).equals("HEAD ");
    }

    private static String shown(byte[] request) {
        String text = new String(request, ISO_8859_1).replaceAll("eyJ[A-Za-z0-9_.-]{100,}", "<token>");
        return Json.createValue(text.length() > 500 ? text.substring(0, 500) + "… " + text.length() : text)
                .toString();
    }

    private Map<String, List<Draft>> goodRequests() {
        String product = shop.product();
        String order = shop.order();
        String nothing = UUID.nameUUIDFromBytes(new byte[0]).toString();
        String key = "Idempotency-Key: broken-requests";
        String price = "{\"name\":\"Jug\",\"price\":{\"amount\":100,\"currency\":\"EUR\"},\"stock\":1}";
        Map<String, List<Draft>> good = new HashMap<>();
        good.put(
                "products",
                List.of(
                        Draft.of(carol, "GET", "/products?search=a&sort=name&limit=5", ""),
                        Draft.of(carol, "GET", "/products/" + product, ""),
                        Draft.of(carol, "POST", "/products", price),
                        Draft.of(carol, "PUT", "/products/" + nothing, price, "If-Match: \"1.1\""),
                        Draft.of(carol, "DELETE", "/products/" + nothing, "", "If-Match: \"1.1\""),
                        Draft.of(
                                carol,
                                "POST",
                                "/products/" + product + "/stock",
                                "{\"delta\":1,\"reason\":\"found\"}")));
        good.put(
                "cart",
                List.of(
                        Draft.of(alice, "GET", "/cart", ""),
                        Draft.of(alice, "POST", "/cart/add", "{\"productId\":\"" + product + "\",\"quantity\":1}"),
                        Draft.of(alice, "PUT", "/cart/items/" + product, "{\"quantity\":2}"),
                        Draft.of(alice, "DELETE", "/cart/items/" + product, ""),
                        Draft.of(
                                alice,
                                "POST",
                                "/cart/checkout",
                                "{\"expectedTotal\":{\"amount\":1,\"currency\":\"EUR\"}}",
                                key)));
        good.put(
                "orders",
                List.of(
                        Draft.of(
                                alice,
                                "POST",
                                "/cartCheckout",
                                "{\"lines\":[{\"productId\":\"" + product + "\",\"quantity\":1}]}",
                                key),
                        Draft.of(alice, "GET", "/orders?limit=2", ""),
                        Draft.of(alice, "GET", "/orders/" + order, ""),
                        Draft.of(alice, "GET", "/orders/" + order + "/events", "", "Last-Event-ID: 1"),
                        Draft.of(alice, "POST", "/orders/" + order + "/cancel", "{}")));
        good.put(
                "payments",
                List.of(
                        Draft.of(alice, "POST", "/pay", "{\"orderId\":\"" + order + "\",\"method\":\"card-ok\"}", key),
                        Draft.of(alice, "GET", "/payments/" + order, ""),
                        Draft.of(carol, "POST", "/payments/" + nothing + "/refund", "{}", key)));
        good.put("gateway", good.values().stream().flatMap(List::stream).toList());
        return good;
    }
}
