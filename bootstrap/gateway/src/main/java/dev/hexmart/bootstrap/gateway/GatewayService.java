package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.http.Access;
import dev.hexmart.adapter.http.RateLimits;
import dev.hexmart.adapter.http.Route;
import dev.hexmart.adapter.httpclient.Forwarder;
import dev.hexmart.adapter.redis.Redis;
import dev.hexmart.adapter.redis.RedisRateLimiter;
import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.service.ServiceHost;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The gateway, wired. */
public final class GatewayService {

    /** Longer than any service takes by itself, so that it is the service's answer that the caller gets. */
    private static final Duration ANSWER = Duration.ofSeconds(25);

    private GatewayService() {}

    public static ServiceHost start(GatewaySettings settings) {
        return ServiceHost.start(settings.service(), lifecycle -> wire(settings, lifecycle));
    }

    private static ServiceHost.Parts wire(GatewaySettings settings, Lifecycle lifecycle) {
        List<Route> routes = Stream.of(
                        forwarding(lifecycle, "products", settings.products(), "/products"),
                        forwarding(lifecycle, "cart", settings.cart(), "/cart"),
                        forwarding(lifecycle, "orders", settings.orders(), "/orders", "/cartCheckout"),
                        forwarding(lifecycle, "payments", settings.payments(), "/payments", "/pay"),
                        StorefrontRoutes.all().stream())
                .flatMap(each -> each)
                .toList();
        Redis redis = lifecycle.add("redis", Redis.open(settings.redis()));
        RateLimits limits = new RateLimits(new RedisRateLimiter(redis), settings.limits(), InstantSource.system());
        return new ServiceHost.Parts(routes, List.of(), new Metrics(), limits);
    }

    /** Whoever has a good token is let through; what they may do there, the service decides on that same token. */
    private static Stream<Route> forwarding(Lifecycle lifecycle, String service, URI address, String... paths) {
        Forwarding forwarding =
                new Forwarding(lifecycle.add(service + " forwarder", new Forwarder(service, address, ANSWER, Map::of)));
        return Stream.of(paths)
                .flatMap(path -> Stream.of(path, path + "/{+rest}"))
                .map(template -> Route.any(template, Access.SIGNED_IN, forwarding));
    }
}
