package dev.hexmart.bootstrap.cart;

import dev.hexmart.adapter.redis.RedisSettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceSettings;
import java.net.URI;

/** How the cart service is configured. */
public record CartSettings(ServiceSettings service, RedisSettings redis, URI products, URI orders) {

    public static CartSettings from(Environment environment) {
        return new CartSettings(
                ServiceSettings.from(environment, "cart", 8082),
                RedisSettings.parse(environment.text("REDIS_URL")),
                environment.uri("PRODUCTS_URL", "http", "https"),
                environment.uri("ORDERS_URL", "http", "https"));
    }
}
