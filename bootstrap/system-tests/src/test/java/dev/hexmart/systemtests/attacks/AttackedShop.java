package dev.hexmart.systemtests.attacks;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.bootstrap.demo.DemoSettings;
import dev.hexmart.bootstrap.demo.DemoShop;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.process.ServiceProcess;
import dev.hexmart.systemtests.Shop;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The whole shop in this process, started once for all the tests that attack it. */
final class AttackedShop implements AutoCloseable {

    static final List<String> SERVICES = List.of("gateway", "products", "cart", "orders", "payments");

    private final Path data;
    private final DemoShop demo;
    private final Shop shop;
    private final String product;
    private final String order;

    private AttackedShop(Path data, DemoShop demo) {
        this.data = data;
        this.demo = demo;
        this.shop = new Shop(new Addresses(demo.service("gateway").address(), demo.identity(), Map.of(), Map.of()));
        this.product = addProduct();
        this.order = buy();
    }

    /** Gives the one shop to whatever test class asks for it, and stops it after the last. */
    static final class Provider implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == AttackedShop.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(AttackedShop.class))
                    .computeIfAbsent(AttackedShop.class, _ -> start(), AttackedShop.class);
        }
    }

    private static AttackedShop start() {
        ServiceProcess.logThroughSlf4j();
        // All the attacks come from one address, and most in one customer's name.
        Map<String, String> environment =
                new HashMap<>(Map.of("IDENTITY_PORT", "0", "RATE_LIMIT_ADDRESS", "off", "RATE_LIMIT_CUSTOMER", "off"));
        environment.put("CONNECTIONS_PER_ADDRESS", "off");
        for (String service : SERVICES) {
            environment.put(service.toUpperCase(Locale.ROOT) + "_PORT", "0");
            environment.put(service.toUpperCase(Locale.ROOT) + "_MANAGEMENT_PORT", "0");
        }
        try {
            Path data = Files.createTempDirectory("hexmart-attacked");
            return new AttackedShop(
                    data,
                    DemoShop.start(
                            new DemoSettings(data, true, WantedPorts.ANY, new Environment(environment)),
                            System.out::println));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI service(String name) {
        return demo.service(name).address();
    }

    URI redis() {
        return URI.create(demo.parts().redis().redisUrl());
    }

    /** An address at each service that answers 200 to Alice. */
    Map<String, String> doors() {
        Map<String, String> doors = new LinkedHashMap<>();
        doors.put("gateway", "/products/" + product);
        doors.put("products", "/products/" + product);
        doors.put("cart", "/cart");
        doors.put("orders", "/orders/" + order);
        doors.put("payments", "/payments/" + order);
        return doors;
    }

    /** A product that there is. */
    String product() {
        return product;
    }

    /** An order of Alice's that is paid. */
    String order() {
        return order;
    }

    String token(String user) {
        return shop.token(user);
    }

    /** What the identity provider gives out for a name and a password. */
    JsonObject signIn(String user, String scope) {
        String form = "grant_type=password&client_id=%s&username=%s&password=%s&scope=%s"
                .formatted(Shop.CLIENT, user, user, URLEncoder.encode(scope, StandardCharsets.UTF_8));
        return shop.send(HttpRequest.newBuilder(demo.identity().resolve("/" + Shop.TENANT + "/oauth2/v2.0/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build())
                .json();
    }

    String freshToken(String user) {
        return signIn(user, "api://" + Shop.CLIENT + "/access_as_user").getString("access_token");
    }

    /** Lets the identity provider sign with another key from now on; returns the key's id. */
    String rotateKeys() {
        return shop.send(HttpRequest.newBuilder(demo.identity().resolve("/rotate-keys"))
                        .POST(BodyPublishers.noBody())
                        .build())
                .json()
                .getString("kid");
    }

    /** An attacker who has got hold of the identity provider's key, so that whatever they sign is signed well. */
    Forger forger() {
        return Forger.withTheKeyOf(token("alice"), data.resolve("identity"));
    }

    /** Asks at a service's door, as an ordinary client does. */
    int ask(String service, String token) {
        return shop.send(HttpRequest.newBuilder(URI.create(service(service) + doors().get(service)))
                        .timeout(ofSeconds(20))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .status();
    }

    private String addProduct() {
        Answer added = shop.as("carol")
                .post(
                        "/products",
                        "{\"name\":\"Vase\",\"price\":{\"amount\":900,\"currency\":\"EUR\"},\"stock\":1000}");
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        return added.json().getString("id");
    }

    private String buy() {
        Visitor alice = shop.as("alice");
        assertThat(alice.post("/cart/add", "{\"productId\":\"" + product + "\"}")
                        .status())
                .isEqualTo(200);
        Answer checkout = alice.post(
                "/cart/checkout",
                "{\"payment\":{\"method\":\"card-ok\"}}",
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(checkout.status()).as(checkout.body()).isEqualTo(202);
        String bought = checkout.json().getString("orderId");
        await().atMost(ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(alice.get("/orders/" + bought).json().getString("status"))
                                .isEqualTo("PAID"));
        return bought;
    }

    @Override
    public void close() throws IOException {
        shop.close();
        demo.close();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
