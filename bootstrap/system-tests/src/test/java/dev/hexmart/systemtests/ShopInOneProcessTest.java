package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.bootstrap.demo.DemoSettings;
import dev.hexmart.bootstrap.demo.DemoShop;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.systemtests.Shop.Addresses;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The demo: everything in one process, on embedded parts. */
@TestInstance(Lifecycle.PER_CLASS)
class ShopInOneProcessTest extends DemoFlow {

    private static final List<String> SERVICES = List.of("gateway", "products", "cart", "orders", "payments");

    @TempDir
    private static Path data;

    private DemoShop demo;
    private Shop shop;
    private Stores stores;

    @BeforeAll
    void start() {
        Map<String, String> anyPorts = new HashMap<>(Map.of("IDENTITY_PORT", "0"));
        // One customer orders 400 times at once here.
        anyPorts.put("RATE_LIMIT_CUSTOMER", "off");
        for (String service : SERVICES) {
            anyPorts.put(service.toUpperCase(Locale.ROOT) + "_PORT", "0");
            anyPorts.put(service.toUpperCase(Locale.ROOT) + "_MANAGEMENT_PORT", "0");
        }
        demo = DemoShop.start(
                new DemoSettings(data, true, WantedPorts.ANY, new Environment(anyPorts)), System.out::println);
        shop = new Shop(new Addresses(
                demo.service("gateway").address(),
                demo.identity(),
                SERVICES.stream()
                        .filter(name -> !name.equals("gateway"))
                        .collect(Collectors.toMap(
                                Function.identity(), name -> demo.service(name).address())),
                SERVICES.stream()
                        .collect(Collectors.toMap(
                                Function.identity(), name -> demo.service(name).managementAddress()))));
        stores = Stores.of(demo.parts());
    }

    @AfterAll
    void stop() {
        shop.close();
        demo.close();
    }

    @Test
    void theReadmesWalkWorksAsPasted() throws Exception {
        String output = ReadmeWalk.run(demo.service("gateway").address(), demo.identity());
        assertThat(output)
                .startsWith("401\n")
                .contains(
                        "\"itemCount\":2",
                        "id: 3\nevent: status",
                        "\"status\":\"PAID\",\"amount\"",
                        "\"kind\":\"RESERVED\"")
                .endsWith("404\n");
    }

    @Override
    Shop shop() {
        return shop;
    }

    @Override
    Stores stores() {
        return stores;
    }
}
