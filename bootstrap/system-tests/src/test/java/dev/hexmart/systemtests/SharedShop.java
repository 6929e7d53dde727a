package dev.hexmart.systemtests;

import dev.hexmart.bootstrap.demo.DemoSettings;
import dev.hexmart.bootstrap.demo.DemoShop;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.Shop.Addresses;
import dev.hexmart.systemtests.Shop.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import redis.clients.jedis.RedisClient;

/** The demo, started once for all tests that ask for it as a parameter; each makes its own products and orders. */
final class SharedShop implements AutoCloseable {

    static final List<String> SERVICES = List.of("products", "cart", "orders", "payments");

    private final OtlpReceiver collector = new OtlpReceiver();
    private final Path data;
    private final DemoShop demo;
    private final Shop shop;

    private SharedShop(Path data) {
        this.data = data;
        Map<String, String> environment = new HashMap<>(Map.of("IDENTITY_PORT", "0"));
        for (String service : List.of("gateway", "products", "cart", "orders", "payments")) {
            environment.put(service.toUpperCase(Locale.ROOT) + "_PORT", "0");
            environment.put(service.toUpperCase(Locale.ROOT) + "_MANAGEMENT_PORT", "0");
        }
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address().toString());
        // Often, so that tests do not wait long for spans.
        environment.put("OTEL_BSP_SCHEDULE_DELAY", "200");
        demo = DemoShop.start(
                new DemoSettings(data, true, WantedPorts.ANY, new Environment(environment)), System.out::println);
        shop = new Shop(new Addresses(
                demo.service("gateway").address(),
                demo.identity(),
                SERVICES.stream()
                        .collect(Collectors.toMap(
                                Function.identity(), name -> demo.service(name).address())),
                Map.of()));
    }

    /** Where the services send their spans and their log. */
    OtlpReceiver collector() {
        return collector;
    }

    Shop shop() {
        return shop;
    }

    ServiceHost service(String name) {
        return demo.service(name);
    }

    EmbeddedParts parts() {
        return demo.parts();
    }

    Stores stores() {
        return Stores.of(demo.parts());
    }

    /** What the service was told, to be changed for one more of it. */
    Map<String, String> environment(String name) {
        return new HashMap<>(demo.environment(name).variables());
    }

    /** Gateways with other limits count under the same names. */
    void forgetAllowances() {
        try (RedisClient redis = RedisClient.create(stores().redis())) {
            redis.keys("allowance:*").forEach(redis::del);
        }
    }

    /** Carol puts something on offer. */
    String product(String name, int price, int stock) {
        Answer added = shop.as("carol")
                .post(
                        "/products",
                        "{\"name\":\"%s\",\"price\":{\"amount\":%d,\"currency\":\"EUR\"},\"stock\":%d}"
                                .formatted(name, price, stock));
        if (added.status() != 201) {
            throw new AssertionError(added.body());
        }
        return added.json().getString("id");
    }

    /** A customer orders one piece of a product of their own. */
    String order(String customer, String payment) {
        String lines = "\"lines\":[{\"productId\":\"" + product("Anything", 1000, 1) + "\",\"quantity\":1}]";
        Answer placed = shop.as(customer).order("/cartCheckout", "{" + lines + payment + "}");
        if (placed.status() != 201) {
            throw new AssertionError(placed.body());
        }
        return placed.json().getString("orderId");
    }

    @Override
    public void close() {
        shop.close();
        demo.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the shop for the first test that asks for it, and stops it after the last of all. */
    static final class Open implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(Open.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SharedShop.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(SharedShop.class, _ -> new SharedShop(folder()), SharedShop.class);
        }

        private static Path folder() {
            try {
                return Files.createTempDirectory("hexmart");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
