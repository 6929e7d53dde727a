package dev.hexmart.systemtests.signin;

import dev.hexmart.bootstrap.demo.DemoSettings;
import dev.hexmart.bootstrap.demo.DemoShop;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.systemtests.FreePorts;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A shop whose address browsers know, with access tokens so short that each use of a session renews them. */
public final class DemoWithSignIn implements AutoCloseable {

    private final DemoShop demo;
    private final URI shop;

    public DemoWithSignIn(Path data) {
        this(data, Map.of());
    }

    /** @param more what its services are told besides */
    public DemoWithSignIn(Path data, Map<String, String> more) {
        int port = FreePorts.find(1).getFirst();
        Map<String, String> environment = new HashMap<>(more);
        Stream.of("gateway", "products", "cart", "orders", "payments").forEach(service -> {
            environment.put(service.toUpperCase(Locale.ROOT) + "_PORT", "0");
            environment.put(service.toUpperCase(Locale.ROOT) + "_MANAGEMENT_PORT", "0");
        });
        environment.put("GATEWAY_PORT", Integer.toString(port));
        environment.put("IDENTITY_PORT", "0");
        environment.put("IDENTITY_TOKEN_LIFETIME", "PT4M");
        this.demo = DemoShop.start(
                new DemoSettings(data, true, WantedPorts.ANY, new Environment(environment)), System.out::println);
        this.shop = URI.create("http://localhost:" + port);
    }

    public DemoShop demo() {
        return demo;
    }

    /** Where browsers find it. */
    public URI shop() {
        return shop;
    }

    @Override
    public void close() {
        demo.close();
    }
}
