package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.systemtests.Shop.Addresses;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The five services and the identity provider, each a process of its own, configured by the environment alone.
 *
 * <p>On the real RabbitMQ where {@code AMQP_URL} names one, otherwise on the embedded broker. The database's superuser stands
 * in for an operator who has made no roles yet.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ShopInSixProcessesTest extends DemoFlow {

    private static final List<String> SERVICES =
            List.of("identity", "products", "orders", "payments", "cart", "gateway");

    @TempDir
    private static Path data;

    private final List<JavaProcess> processes = new ArrayList<>();
    private final Map<String, URI> addresses = new HashMap<>();
    private final Map<String, URI> management = new HashMap<>();
    private EmbeddedParts parts;
    private Stores stores;
    private Shop shop;

    @BeforeAll
    void start() {
        parts = EmbeddedParts.start(data, true, WantedPorts.ANY, System.out::println);
        stores = Stores.of(parts);
        Map<String, String> environment = environment();
        for (String service : SERVICES) {
            String main = "dev.hexmart.bootstrap." + service + ".Main";
            processes.add(JavaProcess.start(service, main, environment, data.resolve(service + ".log")));
        }
        URI identity = address("identity");
        Map<String, URI> behind = new HashMap<>(addresses);
        behind.keySet().removeAll(List.of("identity", "gateway"));
        shop = new Shop(new Addresses(address("gateway"), identity, behind, management));
        await().atMost(ofSeconds(90))
                .pollInterval(ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    for (URI each : management.values()) {
                        assertThat(shop.stranger().at(each).get("/health/ready").status())
                                .isEqualTo(200);
                    }
                    assertThat(shop.stranger().at(identity).get("/health/ready").status())
                            .isEqualTo(200);
                });
    }

    @AfterAll
    void stop() {
        shop.close();
        List<JavaProcess> reverse = processes.reversed();
        List<Integer> statuses = reverse.stream().map(JavaProcess::terminate).toList();
        parts.close();
        assertThat(statuses).as("exit statuses after SIGTERM").containsOnly(0);
    }

    @Override
    Shop shop() {
        return shop;
    }

    @Override
    Stores stores() {
        return stores;
    }

    private URI address(String service) {
        return Optional.ofNullable(addresses.get(service)).orElseThrow();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        List<Integer> ports = FreePorts.find(2 * SERVICES.size());
        for (int i = 0; i < SERVICES.size(); i++) {
            String name = SERVICES.get(i).toUpperCase(Locale.ROOT);
            URI address = URI.create("http://localhost:" + ports.get(2 * i));
            addresses.put(SERVICES.get(i), address);
            environment.put(name + "_PORT", Integer.toString(address.getPort()));
            environment.put(name + "_URL", address.toString());
            if (!SERVICES.get(i).equals("identity")) {
                management.put(SERVICES.get(i), URI.create("http://localhost:" + ports.get(2 * i + 1)));
                environment.put(name + "_MANAGEMENT_PORT", Integer.toString(ports.get(2 * i + 1)));
            }
        }
        environment.put("DATABASE_URL", parts.postgres().jdbcUrl());
        environment.put("DATABASE_USER", parts.postgres().superuser());
        environment.put("DATABASE_PASSWORD", parts.postgres().password());
        environment.put("REDIS_URL", parts.redis().redisUrl());
        // One customer orders 400 times at once here, on as many connections from one address.
        environment.put("RATE_LIMIT_CUSTOMER", "off");
        environment.put("CONNECTIONS_PER_ADDRESS", "750");
        environment.put(
                "AMQP_URL",
                Optional.ofNullable(System.getenv("AMQP_URL"))
                        .orElse(parts.broker().amqpUrl()));
        environment.put("ENTRA_AUTHORITY", address("identity").toString());
        environment.put("ENTRA_TENANT_ID", Shop.TENANT);
        environment.put("ENTRA_CLIENT_ID", Shop.CLIENT);
        environment.put("ENTRA_CLIENT_SECRET", Shop.CLIENT_SECRET);
        return environment;
    }
}
