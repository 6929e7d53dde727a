package dev.hexmart.bootstrap.cart;

import dev.hexmart.adapter.http.CartApi;
import dev.hexmart.adapter.http.HealthCheck;
import dev.hexmart.adapter.httpclient.CallObserver;
import dev.hexmart.adapter.httpclient.HttpOrderPlacement;
import dev.hexmart.adapter.httpclient.HttpProductDirectory;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.redis.Redis;
import dev.hexmart.adapter.redis.RedisCartRepository;
import dev.hexmart.adapter.redis.RedisCheckoutAttempts;
import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.service.ServiceHost;
import java.time.Duration;
import java.util.List;

/** The cart service, wired. */
public final class CartService {

    private static final Duration PRODUCT_QUESTION = Duration.ofSeconds(5);
    /** The orders service asks the catalog meanwhile. */
    private static final Duration CHECKOUT = Duration.ofSeconds(15);

    private CartService() {}

    public static ServiceHost start(CartSettings settings) {
        return ServiceHost.start(settings.service(), (lifecycle, _) -> wire(settings, lifecycle));
    }

    private static ServiceHost.Parts wire(CartSettings settings, Lifecycle lifecycle) {
        Redis redis = lifecycle.add("redis", Redis.open(settings.redis()));
        CartRepository carts = new RedisCartRepository(redis);
        ServiceClient products = lifecycle.add(
                "products client", new ServiceClient("products", settings.products(), PRODUCT_QUESTION, CallObserver.NONE));
        ServiceClient orders =
                lifecycle.add("orders client", new ServiceClient("orders", settings.orders(), CHECKOUT, CallObserver.NONE));

        CartApi api = new CartApi(
                new FillCart(carts, new HttpProductDirectory(products)),
                new CheckOutCart(carts, new RedisCheckoutAttempts(redis), new HttpOrderPlacement(orders)));
        return new ServiceHost.Parts(api.routes(), List.of(new HealthCheck("redis", redis::isHealthy)), new Metrics());
    }
}
