package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.entra.ClientSecret;
import dev.hexmart.adapter.entra.EntraSignInSettings;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.redis.RedisSettings;
import dev.hexmart.adapter.web.InsideSettings;
import dev.hexmart.adapter.web.TraceLink;
import dev.hexmart.bootstrap.platform.process.ConfigurationError;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.CurrenciesVariable;
import dev.hexmart.bootstrap.platform.service.ServiceSettings;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * How the gateway is configured.
 *
 * @param shop where browsers find it
 * @param traces where they can look at a trace
 * @param inside what they are shown of how the shop is made
 * @param currencies what the back office offers to make prices in
 */
public record GatewaySettings(
        ServiceSettings service,
        URI shop,
        EntraSignInSettings signIn,
        URI products,
        URI cart,
        URI orders,
        URI payments,
        RedisSettings redis,
        RateLimits.Settings limits,
        TraceLink traces,
        InsideSettings inside,
        SellingCurrencies currencies) {

    /**
     * Reads what the environment says.
     *
     * <p>{@code PUBLIC_URL} is where browsers find the shop, {@code http://localhost} and the gateway's port if it is not set;
     * {@code ENTRA_BROWSER_AUTHORITY} where they find the authority, if that is not {@code ENTRA_AUTHORITY}.
     */
    public static GatewaySettings from(Environment environment) {
        ServiceSettings service = ServiceSettings.from(environment, "gateway", 8080);
        URI shop = shop(environment, service.server().api().port());
        RateLimits.Settings limits = RateLimitVariables.read(environment);
        return new GatewaySettings(
                service.atTheEdge(environment).limitingStreamsByAddress(environment, limits.proxies()),
                shop,
                signIn(environment, service, shop),
                environment.uri("PRODUCTS_URL", "http", "https"),
                environment.uri("CART_URL", "http", "https"),
                environment.uri("ORDERS_URL", "http", "https"),
                environment.uri("PAYMENTS_URL", "http", "https"),
                RedisSettings.parse(environment.text("REDIS_URL")),
                limits,
                traces(environment),
                InsideVariables.read(environment),
                CurrenciesVariable.read(environment));
    }

    /** {@code TRACE_URL}, such as {@code http://localhost:4318/traces/{traceId}}. */
    private static TraceLink traces(Environment environment) {
        String variable = "TRACE_URL";
        Optional<String> template = environment.find(variable);
        if (!template.map(GatewaySettings::isAddressOfTraces).orElse(true)) {
            throw new ConfigurationError(
                    variable, "must be an http or https address with {traceId} where a trace's id belongs");
        }
        return new TraceLink(template);
    }

    private static boolean isAddressOfTraces(String template) {
        try {
            URI address = new URI(template.replace(TraceLink.PLACE, "0"));
            return template.contains(TraceLink.PLACE)
                    && Set.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static URI shop(Environment environment, int port) {
        URI shop = environment.uriOr("PUBLIC_URL", "http://localhost:" + port, "http", "https");
        if (!shop.getPath().isEmpty() && !shop.getPath().equals("/")) {
            throw new ConfigurationError("PUBLIC_URL", "must have no path, as in https://shop.example.com");
        }
        return shop;
    }

    private static EntraSignInSettings signIn(Environment environment, ServiceSettings service, URI shop) {
        URI authority = environment.uriOr(
                "ENTRA_BROWSER_AUTHORITY", service.identity().authority().toString(), "https", "http");
        try {
            return new EntraSignInSettings(
                    new ClientSecret(environment.text("ENTRA_CLIENT_SECRET")),
                    shop.resolve("/callback"),
                    shop.resolve("/signed-out"),
                    authority);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationError(
                    "ENTRA_BROWSER_AUTHORITY", "must be https://<host> without a path, or http://localhost:<port>");
        }
    }
}
