package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.web.InsideSettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the page of how the shop is made is made from, as the environment says it. */
final class InsideVariables {

    private InsideVariables() {}

    /** The services in the order in which they are drawn. */
    static InsideSettings read(Environment environment) {
        Map<String, URI> management = new LinkedHashMap<>();
        add(management, "products", environment, "PRODUCTS_MANAGEMENT_URL");
        add(management, "cart", environment, "CART_MANAGEMENT_URL");
        add(management, "orders", environment, "ORDERS_MANAGEMENT_URL");
        add(management, "payments", environment, "PAYMENTS_MANAGEMENT_URL");
        return new InsideSettings(management, environment.uriIfSet("DESK_URL", "http", "https"));
    }

    private static void add(Map<String, URI> management, String service, Environment environment, String variable) {
        environment.uriIfSet(variable, "http", "https").ifPresent(address -> management.put(service, address));
    }
}
