package dev.hexmart.bootstrap.cart;

import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceSettings;
import java.net.URI;

/** How the cart service is configured. */
public record CartSettings(ServiceSettings service, URI redis, URI products, URI orders) {

    public static CartSettings from(Environment environment) {
        return new CartSettings(
                ServiceSettings.from(environment, "cart", 8082),
                environment.uri("REDIS_URL", "redis", "rediss"),
                environment.uri("PRODUCTS_URL", "http", "https"),
                environment.uri("ORDERS_URL", "http", "https"));
    }
}
