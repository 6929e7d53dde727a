package dev.hexmart.bootstrap.cart;

import dev.hexmart.adapter.http.api.cart.CartApi;
import dev.hexmart.adapter.http.server.HealthCheck;
import dev.hexmart.adapter.httpclient.HttpOrderPlacement;
import dev.hexmart.adapter.httpclient.HttpProductDirectory;
import dev.hexmart.adapter.httpclient.KnownProducts;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.redis.Redis;
import dev.hexmart.adapter.redis.RedisCartRepository;
import dev.hexmart.adapter.redis.RedisCheckoutAttempts;
import dev.hexmart.adapter.telemetry.ClientRequests;
import dev.hexmart.adapter.telemetry.DatabaseCalls;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.service.ServiceHost;
import dev.hexmart.bootstrap.service.UseCaseRoutes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The cart service, wired. */
public final class CartService {

    private static final Duration PRODUCT_QUESTION = Duration.ofSeconds(5);
    /** The orders service asks the catalog meanwhile. */
    private static final Duration CHECKOUT = Duration.ofSeconds(15);

    private static final Map<String, String> USE_CASES = Map.of(
            "POST /cart/add", "FillCart",
            "PUT /cart/items/{productId}", "FillCart",
            "DELETE /cart/items/{productId}", "FillCart",
            "POST /cart/checkout", "CheckOutCart");

    private CartService() {}

    public static ServiceHost start(CartSettings settings) {
        return ServiceHost.start(settings.service(), (lifecycle, telemetry, _) -> wire(settings, lifecycle, telemetry));
    }

    private static ServiceHost.Parts wire(CartSettings settings, Lifecycle lifecycle, Telemetry telemetry) {
        Redis redis = redis(settings, lifecycle, telemetry);
        CartRepository carts = new RedisCartRepository(redis);
        ClientRequests requests = new ClientRequests(telemetry);
        CallObserver calls = (method, address, header) -> requests.begin(method, address, header)::end;
        ServiceClient products = lifecycle.add(
                "products client", new ServiceClient("products", settings.products(), PRODUCT_QUESTION, calls));
        ServiceClient orders =
                lifecycle.add("orders client", new ServiceClient("orders", settings.orders(), CHECKOUT, calls));

        CartApi api = new CartApi(
                new FillCart(carts, new KnownProducts(new HttpProductDirectory(products), InstantSource.system())),
                new CheckOutCart(carts, new RedisCheckoutAttempts(redis), new HttpOrderPlacement(orders)));
        return new ServiceHost.Parts(
                UseCaseRoutes.traced(telemetry, USE_CASES, api.routes()),
                List.of(new HealthCheck("redis", redis::isHealthy)));
    }

    private static Redis redis(CartSettings settings, Lifecycle lifecycle, Telemetry telemetry) {
        DatabaseCalls commands = DatabaseCalls.redis(telemetry);
        Redis redis = lifecycle.add("redis", Redis.open(settings.redis(), command -> commands.begin(command)::end));
        telemetry
                .metrics()
                .pool(
                        "hexmart_redis_pool",
                        "Redis",
                        () -> redis.pool().active(),
                        () -> redis.pool().idle(),
                        () -> redis.pool().waiting(),
                        () -> redis.pool().size());
        return redis;
    }
}
