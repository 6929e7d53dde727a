package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.entra.AuthorityObserver;
import dev.hexmart.adapter.entra.EntraServiceTokens;
import dev.hexmart.adapter.entra.EntraSignIn;
import dev.hexmart.adapter.entra.EntraTokenVerifier;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.Authenticator;
import dev.hexmart.adapter.http.access.BearerAuthenticator;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.access.SessionAuthenticator;
import dev.hexmart.adapter.http.api.identity.SignInApi;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.httpclient.CartReader;
import dev.hexmart.adapter.httpclient.CatalogReader;
import dev.hexmart.adapter.httpclient.Forwarder;
import dev.hexmart.adapter.httpclient.ManagementReader;
import dev.hexmart.adapter.httpclient.OrderReader;
import dev.hexmart.adapter.httpclient.ParkedReader;
import dev.hexmart.adapter.httpclient.PaymentReader;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.httpclient.StockReader;
import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.redis.Redis;
import dev.hexmart.adapter.redis.RedisRateLimiter;
import dev.hexmart.adapter.redis.RedisSessionRepository;
import dev.hexmart.adapter.redis.RedisSignInAttempts;
import dev.hexmart.adapter.redis.TokenCipher;
import dev.hexmart.adapter.storefront.OfficePage;
import dev.hexmart.adapter.storefront.Storefront;
import dev.hexmart.adapter.telemetry.ClientRequests;
import dev.hexmart.adapter.telemetry.DatabaseCalls;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.adapter.web.ApiPages;
import dev.hexmart.adapter.web.AssetRoutes;
import dev.hexmart.adapter.web.Categories;
import dev.hexmart.adapter.web.Forwarding;
import dev.hexmart.adapter.web.InsidePages;
import dev.hexmart.adapter.web.OfficePages;
import dev.hexmart.adapter.web.Pages;
import dev.hexmart.adapter.web.ProblemPages;
import dev.hexmart.adapter.web.ShopPages;
import dev.hexmart.adapter.web.SignInPages;
import dev.hexmart.application.identity.BeginSignIn;
import dev.hexmart.application.identity.CompleteSignIn;
import dev.hexmart.application.identity.EndSession;
import dev.hexmart.application.identity.OpenIdProvider;
import dev.hexmart.application.identity.ResumeSession;
import dev.hexmart.application.identity.ServiceTokens;
import dev.hexmart.application.identity.SessionRepository;
import dev.hexmart.application.identity.SignInAttempts;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.runtime.RandomSecrets;
import dev.hexmart.bootstrap.service.ServiceHost;
import dev.hexmart.bootstrap.service.UseCaseRoutes;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The gateway, wired. */
public final class GatewayService {

    /** Longer than any service takes by itself, so that it is the service's answer that the caller gets. */
    private static final Duration ANSWER = Duration.ofSeconds(25);

    /** The timeout of a page's requests to services. */
    private static final Duration PAGE = Duration.ofSeconds(5);

    private static final Map<String, String> USE_CASES =
            Map.of("GET /login", "BeginSignIn", "GET /callback", "CompleteSignIn", "POST /logout", "EndSession");

    /** A service that says nothing for so long is shown as one that does not answer. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private GatewayService() {}

    public static ServiceHost start(GatewaySettings settings) {
        AtomicReference<Optional<InsidePages.Gateway>> self = new AtomicReference<>(Optional.empty());
        ServiceHost host = ServiceHost.start(
                settings.service(),
                (lifecycle, telemetry, verifier) -> wire(settings, lifecycle, telemetry, verifier, self::get));
        self.set(Optional.of(new InsidePages.Gateway(host.blueprint(), host.managementAddress())));
        return host;
    }

    private static ServiceHost.Parts wire(
            GatewaySettings settings,
            Lifecycle lifecycle,
            Telemetry telemetry,
            EntraTokenVerifier verifier,
            Supplier<Optional<InsidePages.Gateway>> self) {
        InstantSource clock = InstantSource.system();
        Redis redis = redis(settings, lifecycle, telemetry);
        // Only the gateways know this secret; after a change, people sign in again.
        TokenCipher seal = TokenCipher.derivedFrom(settings.signIn().secret().value());
        SessionRepository sessions = new RedisSessionRepository(redis, seal);
        SignInAttempts attempts = new RedisSignInAttempts(redis, seal);
        ClientRequests requests = new ClientRequests(telemetry);
        CallObserver calls = (method, address, header) -> requests.begin(method, address, header)::end;
        // Our traces are none of the provider's business.
        AuthorityObserver questions = (method, address) -> requests.begin(method, address, (_, _) -> {})::end;
        OpenIdProvider provider = lifecycle.add("sign-in", EntraSignIn.start(verifier, settings.signIn(), questions));
        ServiceTokens own = lifecycle.add(
                "own tokens",
                EntraServiceTokens.start(verifier, settings.signIn().secret(), clock, questions));
        RandomSecrets secrets = new RandomSecrets();
        Pages pages = new Pages(new Storefront(settings.inside().isShown()));
        SignInApi signIn = new SignInApi(
                new BeginSignIn(attempts, provider, secrets),
                new CompleteSignIn(attempts, provider, sessions, secrets, clock),
                new EndSession(sessions, provider),
                new SignInPages(pages),
                settings.shop(),
                settings.signIn().browserAuthority());
        ResumeSession resume = new ResumeSession(sessions, provider, clock);

        Authenticator authenticator =
                new SessionAuthenticator(resume, new BearerAuthenticator(verifier), settings.shop());
        List<Route> routes = Stream.of(
                        forwarding(lifecycle, calls, "products", settings.products(), "/products", "/categories"),
                        forwarding(lifecycle, calls, "cart", settings.cart(), "/cart"),
                        forwarding(lifecycle, calls, "orders", settings.orders(), "/orders", "/cartCheckout"),
                        forwarding(lifecycle, calls, "payments", settings.payments(), "/payments", "/pay"),
                        UseCaseRoutes.traced(telemetry, USE_CASES, signIn.routes()).stream(),
                        pages(settings, lifecycle, calls, own, pages, clock),
                        inside(settings, lifecycle, pages, self).routes().stream(),
                        new ApiPages(pages).routes().stream(),
                        AssetRoutes.all().stream())
                .flatMap(each -> each)
                .toList();
        RateLimits limits = new RateLimits(new RedisRateLimiter(redis), settings.limits(), clock);
        ProblemPages problems = new ProblemPages(pages, settings.traces());
        return new ServiceHost.Parts(routes, List.of(), limits, problems, _ -> authenticator);
    }

    /** Pages ask the same services with the same rights as their readers, but have less patience. */
    private static Stream<Route> pages(
            GatewaySettings settings,
            Lifecycle lifecycle,
            CallObserver calls,
            ServiceTokens own,
            Pages pages,
            InstantSource clock) {
        ServiceClient products = client(lifecycle, calls, "products", settings.products());
        ServiceClient cart = client(lifecycle, calls, "cart", settings.cart());
        ServiceClient orders = client(lifecycle, calls, "orders", settings.orders());
        ServiceClient payments = client(lifecycle, calls, "payments", settings.payments());
        CatalogReader catalog = new CatalogReader(products);
        OrderReader everyOrder = new OrderReader(orders);
        ShopPages.Services services = new ShopPages.Services(catalog, new CartReader(cart), everyOrder);
        OfficePages.Services office = new OfficePages.Services(
                catalog,
                new StockReader(products),
                everyOrder,
                new PaymentReader(payments),
                parked(orders, products, payments));
        Categories categories = new Categories(catalog, clock);
        return Stream.of(
                        new ShopPages(pages, own, services, categories, settings.traces()).routes(),
                        new OfficePages(pages, office, categories, settings.traces(), settings.currencies()).routes())
                .flatMap(List::stream);
    }

    /** Those that handle messages, as the back office lists them. */
    private static SequencedMap<String, ParkedReader> parked(
            ServiceClient orders, ServiceClient products, ServiceClient payments) {
        SequencedMap<String, ParkedReader> parked = new LinkedHashMap<>();
        parked.put("orders", ParkedReader.parked(orders));
        parked.put("products", ParkedReader.parked(products));
        parked.put("payments", ParkedReader.parked(payments));
        parked.put(OfficePage.Lot.DEAD_LETTERS, ParkedReader.dead(orders));
        return parked;
    }

    /** What is looked at every few seconds is in no trace. */
    private static InsidePages inside(
            GatewaySettings settings, Lifecycle lifecycle, Pages pages, Supplier<Optional<InsidePages.Gateway>> self) {
        Map<String, ManagementReader> services = new LinkedHashMap<>();
        settings.inside()
                .management()
                .forEach((name, address) ->
                        services.put(name, lifecycle.add(name + " management", new ManagementReader(address, LOOK))));
        return new InsidePages(pages, settings.inside(), services, self);
    }

    private static ServiceClient client(Lifecycle lifecycle, CallObserver calls, String service, URI address) {
        return lifecycle.add(service + " client", new ServiceClient(service, address, PAGE, calls));
    }

    /** Forwards requests with any valid token; the service authorizes by the same token. */
    private static Stream<Route> forwarding(
            Lifecycle lifecycle, CallObserver calls, String service, URI address, String... paths) {
        Forwarding forwarding =
                new Forwarding(lifecycle.add(service + " forwarder", new Forwarder(service, address, ANSWER, calls)));
        return Stream.of(paths)
                .flatMap(path -> Stream.of(path, path + "/{+rest}"))
                .map(template -> Route.any(template, Access.SIGNED_IN, forwarding));
    }

    private static Redis redis(GatewaySettings settings, Lifecycle lifecycle, Telemetry telemetry) {
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
