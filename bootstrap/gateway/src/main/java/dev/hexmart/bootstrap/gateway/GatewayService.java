package dev.hexmart.bootstrap.gateway;

import static dev.hexmart.bootstrap.platform.service.Technology.ENTRA;
import static dev.hexmart.bootstrap.platform.service.Technology.HTTP;
import static dev.hexmart.bootstrap.platform.service.Technology.REDIS;
import static dev.hexmart.bootstrap.platform.service.Technology.WEB;

import dev.hexmart.adapter.entra.AuthorityObserver;
import dev.hexmart.adapter.entra.EntraServiceTokens;
import dev.hexmart.adapter.entra.EntraSignIn;
import dev.hexmart.adapter.http.access.BearerAuthenticator;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.access.SessionAuthenticator;
import dev.hexmart.adapter.http.api.identity.SignInApi;
import dev.hexmart.adapter.httpclient.CartReader;
import dev.hexmart.adapter.httpclient.CatalogReader;
import dev.hexmart.adapter.httpclient.Forwarder;
import dev.hexmart.adapter.httpclient.ManagementReader;
import dev.hexmart.adapter.httpclient.OrderReader;
import dev.hexmart.adapter.httpclient.ParkedReader;
import dev.hexmart.adapter.httpclient.PaymentMethodsReader;
import dev.hexmart.adapter.httpclient.PaymentReader;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.httpclient.StockReader;
import dev.hexmart.adapter.redis.Redis;
import dev.hexmart.adapter.redis.RedisRateLimiter;
import dev.hexmart.adapter.redis.RedisSessionRepository;
import dev.hexmart.adapter.redis.RedisSignInAttempts;
import dev.hexmart.adapter.redis.TokenCipher;
import dev.hexmart.adapter.storefront.OfficePage;
import dev.hexmart.adapter.storefront.Storefront;
import dev.hexmart.adapter.web.ApiPages;
import dev.hexmart.adapter.web.AssetRoutes;
import dev.hexmart.adapter.web.Categories;
import dev.hexmart.adapter.web.Forwarding;
import dev.hexmart.adapter.web.InsidePages;
import dev.hexmart.adapter.web.OfficePages;
import dev.hexmart.adapter.web.Pages;
import dev.hexmart.adapter.web.PaymentMethods;
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
import dev.hexmart.application.limit.RateLimiter;
import dev.hexmart.bootstrap.platform.process.RandomSecrets;
import dev.hexmart.bootstrap.platform.service.RedisConnection;
import dev.hexmart.bootstrap.platform.service.ServiceClients;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.bootstrap.platform.service.Wiring;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** The gateway, wired. */
public final class GatewayService {

    /** Longer than any service takes by itself, so that the caller gets the service's answer. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(25);

    /** Readers wait no longer for a page. */
    private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(5);

    /** Pages can do without the payment methods, so they do not wait long for them. */
    private static final Duration METHODS_TIMEOUT = Duration.ofSeconds(1);

    /** A service that takes longer is shown as one that does not answer. */
    private static final Duration MANAGEMENT_TIMEOUT = Duration.ofSeconds(2);

    private GatewayService() {}

    public static ServiceHost start(GatewaySettings settings) {
        return ServiceHost.start(settings.service(), wiring -> wire(settings, wiring));
    }

    private static void wire(GatewaySettings settings, Wiring wiring) {
        InstantSource clock = wiring.clock();
        Redis redis = RedisConnection.open(wiring, settings.redis());
        // Known to all gateways and to nothing else; when it is changed, people sign in anew.
        TokenCipher cipher = TokenCipher.derivedFrom(settings.signIn().secret().value());
        SessionRepository sessions =
                wiring.port(REDIS, SessionRepository.class, new RedisSessionRepository(redis, cipher));
        SignInAttempts attempts = wiring.port(REDIS, SignInAttempts.class, new RedisSignInAttempts(redis, cipher));
        RateLimiter limiter = wiring.port(REDIS, RateLimiter.class, new RedisRateLimiter(redis));
        ServiceClients clients = new ServiceClients(wiring);
        // The identity provider is told nothing of our traces.
        AuthorityObserver questions = (method, address) -> clients.requests().begin(method, address, (_, _) -> {})::end;
        OpenIdProvider provider = wiring.port(
                ENTRA,
                OpenIdProvider.class,
                wiring.open("sign-in", EntraSignIn.start(wiring.verifier(), settings.signIn(), questions)));
        ServiceTokens own = wiring.port(
                ENTRA,
                ServiceTokens.class,
                wiring.open(
                        "own tokens",
                        EntraServiceTokens.start(
                                wiring.verifier(), settings.signIn().secret(), clock, questions)));
        RandomSecrets secrets = new RandomSecrets();
        Pages pages = new Pages(new Storefront(settings.inside().isShown()));

        wiring.serve(
                HTTP,
                new SignInApi(
                        new BeginSignIn(attempts, provider, secrets),
                        new CompleteSignIn(attempts, provider, sessions, secrets, clock),
                        new EndSession(sessions, provider),
                        new SignInPages(pages),
                        settings.shop(),
                        settings.signIn().browserAuthority()));
        ResumeSession resume = new ResumeSession(sessions, provider, clock);
        wiring.authenticate(wiring.driver(
                HTTP,
                new SessionAuthenticator(resume, new BearerAuthenticator(wiring.verifier()), settings.shop()),
                resume));
        wiring.limit(new RateLimits(limiter, settings.limits(), clock));
        wiring.errors(new ProblemPages(pages, settings.traces()));
        forward(settings, wiring, clients);
        pages(settings, wiring, clients, own, pages);
        wiring.serve(WEB, inside(settings, wiring, pages), new ApiPages(pages), new AssetRoutes());
    }

    private static void forward(GatewaySettings settings, Wiring wiring, ServiceClients clients) {
        Forwarder products = clients.forwarder("products", settings.products(), ANSWER_TIMEOUT);
        Forwarder cart = clients.forwarder("cart", settings.cart(), ANSWER_TIMEOUT);
        Forwarder orders = clients.forwarder("orders", settings.orders(), ANSWER_TIMEOUT);
        Forwarder payments = clients.forwarder("payments", settings.payments(), ANSWER_TIMEOUT);
        wiring.serve(
                WEB,
                new Forwarding(products, "/products", "/categories"),
                new Forwarding(cart, "/cart"),
                new Forwarding(orders, "/orders", "/cartCheckout"),
                new Forwarding(payments, "/payments", "/pay"));
    }

    /** Pages ask the same services with the same rights as their readers, but with a shorter timeout. */
    private static void pages(
            GatewaySettings settings, Wiring wiring, ServiceClients clients, ServiceTokens own, Pages pages) {
        ServiceClient products = clients.client("products", settings.products(), PAGE_TIMEOUT);
        ServiceClient cart = clients.client("cart", settings.cart(), PAGE_TIMEOUT);
        ServiceClient orders = clients.client("orders", settings.orders(), PAGE_TIMEOUT);
        ServiceClient payments = clients.client("payments", settings.payments(), PAGE_TIMEOUT);
        CatalogReader catalog = new CatalogReader(products);
        OrderReader everyOrder = new OrderReader(orders);
        ShopPages.Services services = new ShopPages.Services(catalog, new CartReader(cart), everyOrder);
        OfficePages.Services office = new OfficePages.Services(
                catalog,
                new StockReader(products),
                everyOrder,
                new PaymentReader(payments),
                parked(orders, products, payments));
        Categories categories = new Categories(catalog, wiring.clock());
        PaymentMethods methods = new PaymentMethods(new PaymentMethodsReader(
                clients.client("payments", settings.payments(), METHODS_TIMEOUT), wiring.clock()));
        wiring.serve(
                WEB,
                new ShopPages(pages, own, services, categories, methods, settings.traces()),
                new OfficePages(pages, office, categories, methods, settings.traces(), settings.currencies()));
    }

    /** The services that handle messages, as the back office lists them. */
    private static SequencedMap<String, ParkedReader> parked(
            ServiceClient orders, ServiceClient products, ServiceClient payments) {
        SequencedMap<String, ParkedReader> parked = new LinkedHashMap<>();
        parked.put("orders", ParkedReader.parked(orders));
        parked.put("products", ParkedReader.parked(products));
        parked.put("payments", ParkedReader.parked(payments));
        parked.put(OfficePage.Lot.DEAD_LETTERS, ParkedReader.dead(orders));
        return parked;
    }

    /** Requests that are sent every few seconds are in no trace. */
    private static InsidePages inside(GatewaySettings settings, Wiring wiring, Pages pages) {
        Map<String, ManagementReader> services = new LinkedHashMap<>();
        settings.inside()
                .management()
                .forEach((name, address) -> services.put(
                        name, wiring.open(name + " management", new ManagementReader(address, MANAGEMENT_TIMEOUT))));
        return new InsidePages(
                pages,
                settings.inside(),
                services,
                new InsidePages.Gateway(wiring::description, settings.service().managementAddress()));
    }
}
