package dev.hexmart.bootstrap.cart;

import static dev.hexmart.bootstrap.platform.service.Technology.HTTP;
import static dev.hexmart.bootstrap.platform.service.Technology.HTTPCLIENT;
import static dev.hexmart.bootstrap.platform.service.Technology.REDIS;

import dev.hexmart.adapter.http.api.cart.CartApi;
import dev.hexmart.adapter.httpclient.HttpOrderPlacement;
import dev.hexmart.adapter.httpclient.HttpPriceList;
import dev.hexmart.adapter.httpclient.HttpProductDirectory;
import dev.hexmart.adapter.httpclient.KnownProducts;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.redis.Redis;
import dev.hexmart.adapter.redis.RedisCartRepository;
import dev.hexmart.adapter.redis.RedisCheckoutAttempts;
import dev.hexmart.application.cart.CartRepository;
import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.CheckoutAttempts;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.application.cart.OrderPlacement;
import dev.hexmart.application.cart.ProductDirectory;
import dev.hexmart.application.ordering.PriceList;
import dev.hexmart.bootstrap.platform.service.RedisConnection;
import dev.hexmart.bootstrap.platform.service.ServiceClients;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.bootstrap.platform.service.Wiring;
import java.time.Duration;

/** The cart service, wired. */
public final class CartService {

    private static final Duration PRODUCT_TIMEOUT = Duration.ofSeconds(5);
    /** The orders service asks the catalog meanwhile. */
    private static final Duration CHECKOUT_TIMEOUT = Duration.ofSeconds(15);

    private CartService() {}

    public static ServiceHost start(CartSettings settings) {
        return ServiceHost.start(settings.service(), wiring -> wire(settings, wiring));
    }

    private static void wire(CartSettings settings, Wiring wiring) {
        Redis redis = RedisConnection.open(wiring, settings.redis());
        wiring.check("redis", redis::isHealthy);
        ServiceClients clients = new ServiceClients(wiring);
        ServiceClient products = clients.client("products", settings.products(), PRODUCT_TIMEOUT);
        ServiceClient orders = clients.client("orders", settings.orders(), CHECKOUT_TIMEOUT);
        CartRepository carts = wiring.port(REDIS, CartRepository.class, new RedisCartRepository(redis));
        CheckoutAttempts attempts = wiring.port(REDIS, CheckoutAttempts.class, new RedisCheckoutAttempts(redis));
        OrderPlacement placement = wiring.port(HTTPCLIENT, OrderPlacement.class, new HttpOrderPlacement(orders));
        PriceList prices = wiring.port(HTTPCLIENT, PriceList.class, new HttpPriceList(products));
        ProductDirectory directory = wiring.port(HTTPCLIENT, ProductDirectory.class, new HttpProductDirectory(prices));

        wiring.serve(
                HTTP,
                new CartApi(
                        new FillCart(carts, new KnownProducts(directory, wiring.clock())),
                        new CheckOutCart(carts, attempts, placement)));
    }
}
