package dev.hexmart.tools.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another implementation that is measured in the same rounds. */
sealed interface Against {

    String name();

    /** Another checkout of Hexmart, built, which is started as this one is. */
    record Checkout(String name, Path root) implements Against {}

    /**
     * Services that run already.
     *
     * @param services the address of each service that there is
     * @param identity where its shoppers sign in; this checkout's identity provider if not given
     * @param stores the ports of {@code postgres}, {@code redis} and {@code broker}, as far as their CPU is to be measured
     */
    record Running(String name, Map<String, URI> services, Optional<URI> identity, Map<String, Integer> stores)
            implements Against {
        public Running {
            services = Map.copyOf(services);
            stores = Map.copyOf(stores);
        }
    }

    Pattern NAMED = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,30})@(.+)");
    List<String> STORES = List.of("postgres", "redis", "broker");

    /** @throws IllegalArgumentException with a message for the terminal */
    static Against parse(String text) {
        Matcher named = NAMED.matcher(text);
        boolean hasName = named.matches();
        String what = hasName ? named.group(2) : text;
        if (what.matches("https?://[^,]*")) {
            URI address = address(what);
            Map<String, URI> all = new LinkedHashMap<>();
            Target.SERVICES.forEach(service -> all.put(service, address));
            return new Running(hasName ? named.group(1) : name(address), all, Optional.empty(), Map.of());
        }
        if (what.contains("=")) {
            return running(hasName ? named.group(1) : "other", what);
        }
        Path folder = Path.of(what);
        if (!Files.isRegularFile(folder.resolve("bootstrap/gateway/target/hexmart-gateway.jar"))) {
            throw new IllegalArgumentException("--against " + text
                    + ": this is no address, and no checkout that is built (./hexmart build in its folder)");
        }
        String last = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return new Checkout(
                hasName ? named.group(1) : last, folder.toAbsolutePath().normalize());
    }

    private static Running running(String name, String text) {
        Map<String, URI> services = new LinkedHashMap<>();
        Map<String, Integer> stores = new LinkedHashMap<>();
        Optional<URI> identity = Optional.empty();
        for (String part : text.split(",")) {
            String[] pair = part.split("=", 2);
            String key = pair[0];
            String value = pair.length == 2 ? pair[1] : "";
            if (Target.SERVICES.contains(key)) {
                services.put(key, address(value));
            } else if (key.equals("identity")) {
                identity = Optional.of(address(value));
            } else if (STORES.contains(key)) {
                stores.put(key, port(key, value));
            } else {
                throw new IllegalArgumentException("--against knows no '" + key + "'; it takes "
                        + String.join(", ", Target.SERVICES) + ", identity, " + String.join(", ", STORES));
            }
        }
        if (services.isEmpty()) {
            throw new IllegalArgumentException("--against names no service that could be measured");
        }
        return new Running(name, services, identity, stores);
    }

    private static String name(URI address) {
        return address.getHost() + (address.getPort() < 0 ? "" : "-" + address.getPort());
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text.replaceFirst("/+$", ""));
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new IllegalArgumentException(
                "--against needs addresses such as http://localhost:8080, and one is '" + text + "'");
    }

    private static int port(String key, String text) {
        if (text.matches("[1-9][0-9]{0,4}")) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("--against needs a port for " + key + ", and it is '" + text + "'");
    }
}
