package dev.hexmart.systemtests.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hexmart.bootstrap.gateway.GatewayService;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.Shop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The authority's keys come and go, strangers make some up, and customers notice nothing of it. */
@ExtendWith(AttackedShop.Provider.class)
@Timeout(60)
class KeyRotationTest {

    private static final int CUSTOMERS = 4;

    private final AttackedShop shop;

    KeyRotationTest(AttackedShop shop) {
        this.shop = shop;
    }

    @Test
    void keysRotatedUnderLoadFailNoRequestDespiteMadeUpKeyIds() throws Exception {
        Forger stranger = shop.forger().signedBy(Forger.STRANGER.getPrivate());
        for (String service : AttackedShop.SERVICES) {
            for (int i = 0; i < 20; i++) {
                String madeUp =
                        stranger.header("kid", "\"" + UUID.randomUUID() + "\"").token();
                assertThat(shop.ask(service, madeUp)).as(service).isEqualTo(401);
            }
        }

        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        Map<String, AtomicInteger> askedWith = new ConcurrentHashMap<>();
        try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> failures = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                failures.add(customers.submit(() -> failuresUntil(enough, asked, askedWith)));
            }
            try {
                await().until(() -> asked.get() > 100);
                String next = shop.rotateKeys();
                await().until(() ->
                        askedWith.getOrDefault(next, new AtomicInteger()).get() > 100);
            } finally {
                enough.set(true);
            }
            for (Future<List<String>> each : failures) {
                assertThat(each.get()).isEmpty();
            }
        }
        assertThat(askedWith).hasSize(2);
    }

    /** What a customer meets who asks at every service, with the token of the beginning and with a new one each time. */
    private List<String> failuresUntil(
            AtomicBoolean enough, AtomicInteger asked, Map<String, AtomicInteger> askedWith) {
        List<String> failures = new ArrayList<>();
        String old = shop.token("alice");
        while (!enough.get()) {
            String fresh = shop.freshToken("alice");
            for (String service : AttackedShop.SERVICES) {
                for (String token : List.of(old, fresh)) {
                    int status = shop.ask(service, token);
                    if (status != 200) {
                        failures.add(service + " " + status + " " + keyId(token));
                    }
                    asked.incrementAndGet();
                    askedWith
                            .computeIfAbsent(keyId(token), _ -> new AtomicInteger())
                            .incrementAndGet();
                }
            }
        }
        return failures;
    }

    private static String keyId(String token) {
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), UTF_8);
        return header.replaceFirst(".*\"kid\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void forgedKeysCauseFewFetchesAndKnownKeysSurviveAnOutage() throws Exception {
        try (OwnAuthority authority = new OwnAuthority(shop.redis());
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(authority.ask(http, authority.good())).isEqualTo(200);

            for (int i = 0; i < 1_000; i++) {
                String madeUp = authority
                        .good()
                        .header("kid", "\"" + UUID.randomUUID() + "\"")
                        .token();
                assertThat(authority.ask(http, madeUp)).isEqualTo(401);
            }
            // The first, five in vain, and one every ten seconds: this test may take a minute.
            assertThat(authority.fetches()).isBetween(1, 12);
            assertThat(authority.ask(http, authority.good())).isEqualTo(200);

            authority.vanish();
            assertThat(authority.ask(http, authority.good())).isEqualTo(200);
            assertThat(authority.ask(
                            http, authority.good().header("kid", "\"another\"").token()))
                    .isEqualTo(401);
        }
    }

    /** An authority that counts, and a gateway that goes by its keys; what is behind the gateway is content with anything. */
    private static final class OwnAuthority implements AutoCloseable {

        private static final KeyPair KEY = Forger.rsa();

        private final AtomicInteger fetches = new AtomicInteger();
        private final HttpServer keys = server(exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/openid-configuration")) {
                String authority =
                        "http://127.0.0.1:" + exchange.getLocalAddress().getPort();
                reply(exchange, "{\"issuer\":\"%s/%s/v2.0\"}".formatted(authority, Shop.TENANT));
                return;
            }
            fetches.incrementAndGet();
            reply(exchange, "{\"keys\":[" + Forger.jwk((RSAPublicKey) KEY.getPublic(), "the-key") + "]}");
        });
        private final HttpServer services = server(exchange -> reply(exchange, "[]"));
        private final ServiceHost gateway;

        OwnAuthority(URI redis) throws IOException {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "GATEWAY_PORT",
                    "0",
                    "GATEWAY_MANAGEMENT_PORT",
                    "0",
                    "REDIS_URL",
                    redis.toString(),
                    "RATE_LIMIT_ADDRESS",
                    "off",
                    "RATE_LIMIT_CUSTOMER",
                    "off",
                    "ENTRA_AUTHORITY",
                    address(keys),
                    "ENTRA_TENANT_ID",
                    Shop.TENANT,
                    "ENTRA_CLIENT_ID",
                    Shop.CLIENT,
                    "ENTRA_CLIENT_SECRET",
                    Shop.CLIENT_SECRET));
            for (String service : List.of("PRODUCTS", "CART", "ORDERS", "PAYMENTS")) {
                environment.put(service + "_URL", address(services));
            }
            gateway = GatewayService.start(GatewaySettings.from(new Environment(environment)));
        }

        Forger good() {
            Map<String, String> header = Map.of("alg", "\"RS256\"", "kid", "\"the-key\"");
            return new Forger(header, Map.of(), KEY.getPrivate(), (RSAPublicKey) KEY.getPublic())
                    .text("iss", address(keys) + "/" + Shop.TENANT + "/v2.0")
                    .text("tid", Shop.TENANT)
                    .text("aud", Shop.CLIENT)
                    .text("azp", Shop.CLIENT)
                    .text("ver", "2.0")
                    .text("scp", "access_as_user")
                    .text("oid", "aaaaaaaa-0000-4000-8000-00000000000f")
                    .text("sub", "a-user")
                    .time("iat", 0)
                    .time("nbf", 0)
                    .time("exp", 3600);
        }

        int ask(HttpClient http, Forger forger) throws IOException, InterruptedException {
            return ask(http, forger.token());
        }

        int ask(HttpClient http, String token) throws IOException, InterruptedException {
            return http.send(
                            HttpRequest.newBuilder(URI.create(gateway.address() + "/products"))
                                    .timeout(Duration.ofSeconds(20))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }

        int fetches() {
            return fetches.get();
        }

        void vanish() {
            keys.stop(0);
        }

        @Override
        public void close() {
            gateway.close();
            keys.stop(0);
            services.stop(0);
        }

        private interface Exchanging {
            void handle(HttpExchange exchange) throws IOException;
        }

        private static HttpServer server(Exchanging handler) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", handler::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        }

        private static String address(HttpServer server) {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private static void reply(HttpExchange exchange, String json) throws IOException {
            byte[] body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }
    }
}
