package dev.hexmart.bootstrap.gateway;

import dev.hexmart.bootstrap.runtime.Environment;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the page of how the shop is made is made from; without a management address there is none.
 *
 * @param management where each service tells about itself, by its name
 * @param desk where browsers can look at the services' telemetry
 */
record InsideSettings(Map<String, URI> management, Optional<URI> desk) {

    InsideSettings {
        management = Collections.unmodifiableMap(new LinkedHashMap<>(management));
    }

    static InsideSettings from(Environment environment) {
        Map<String, URI> management = new LinkedHashMap<>();
        environment
                .uriIfSet("PRODUCTS_MANAGEMENT_URL", "http", "https")
                .ifPresent(address -> management.put("products", address));
        environment
                .uriIfSet("CART_MANAGEMENT_URL", "http", "https")
                .ifPresent(address -> management.put("cart", address));
        environment
                .uriIfSet("ORDERS_MANAGEMENT_URL", "http", "https")
                .ifPresent(address -> management.put("orders", address));
        environment
                .uriIfSet("PAYMENTS_MANAGEMENT_URL", "http", "https")
                .ifPresent(address -> management.put("payments", address));
        return new InsideSettings(management, environment.uriIfSet("DESK_URL", "http", "https"));
    }

    boolean isShown() {
        return !management.isEmpty();
    }

    /** Whether a browser on this machine reaches the management listeners, as in the demo. */
    boolean isAllHere() {
        return management.values().stream().allMatch(InsideSettings::isHere);
    }

    /** A name is not looked up: only what says by itself that it is this machine is taken for it. */
    private static boolean isHere(URI address) {
        return address.getHost().equals("localhost") || address.getHost().startsWith("127.");
    }
}
