package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.http.RateLimits;
import dev.hexmart.bootstrap.runtime.Environment;
import dev.hexmart.bootstrap.service.ServiceSettings;
import java.net.URI;

/** How the gateway is configured. */
public record GatewaySettings(
        ServiceSettings service,
        URI products,
        URI cart,
        URI orders,
        URI payments,
        URI redis,
        RateLimits.Settings limits) {

    public static GatewaySettings from(Environment environment) {
        return new GatewaySettings(
                ServiceSettings.from(environment, "gateway", 8080),
                environment.uri("PRODUCTS_URL", "http", "https"),
                environment.uri("CART_URL", "http", "https"),
                environment.uri("ORDERS_URL", "http", "https"),
                environment.uri("PAYMENTS_URL", "http", "https"),
                environment.uri("REDIS_URL", "redis", "rediss"),
                RateLimitVariables.read(environment));
    }
}
