package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.access.BearerAuthenticator;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.access.StreamLimits;
import dev.hexmart.adapter.http.access.TrustedProxies;
import dev.hexmart.adapter.http.server.RequestObserver;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.http.server.Routes;
import dev.hexmart.adapter.http.server.ServerSettings;
import dev.hexmart.adapter.http.server.ServerSettings.Limits;
import dev.hexmart.adapter.http.server.ServerSettings.Listener;
import dev.hexmart.adapter.http.server.ServiceServer;
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
import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.json.ServiceDescription;
import dev.hexmart.adapter.storefront.Storefront;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.InMemoryTokens;
import dev.hexmart.application.limit.Allowance;
import dev.hexmart.application.limit.InMemoryRateLimiter;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The pages and the proxying on a server, in front of {@link FakeServices}. */
final class TestGateway implements AutoCloseable {

    static final String OWN_TOKEN = "the-gateways-own";
    static final String TRACES = "http://localhost:4318/traces/{traceId}";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InMemoryTokens tokens = new InMemoryTokens();
    private final ManualClock clock = ManualClock.atNoon();
    private final ServiceClient client;
    private final Forwarder forwarder;
    private final ManagementReader management;
    private final List<Route> routes;
    private final ServiceServer server;

    private TestGateway(
            FakeServices services, boolean inside, Optional<Allowance> customer, UnaryOperator<Route> changed) {
        client = new ServiceClient("fake", services.address(), PATIENCE, CallObserver.NONE);
        forwarder = new Forwarder("fake", services.address(), PATIENCE, CallObserver.NONE);
        management = new ManagementReader(services.address(), PATIENCE);
        Pages pages = new Pages(new Storefront(inside));
        routes = routes(pages, inside ? Map.of("cart", services.address()) : Map.of())
                .map(changed)
                .toList();
        TraceLink traces = new TraceLink(Optional.of(TRACES));
        Listener anyPort = new Listener("127.0.0.1", 0, "TEST_PORT");
        server = ServiceServer.start(
                new ServerSettings(anyPort, anyPort, Limits.DEFAULTS, StreamLimits.NONE, false),
                new Routes(
                        new BearerAuthenticator(tokens.verifier()),
                        RequestObserver.NONE,
                        new RateLimits(
                                new InMemoryRateLimiter(clock),
                                new RateLimits.Settings(Optional.empty(), customer, TrustedProxies.NONE),
                                clock),
                        new ProblemPages(pages, traces),
                        routes),
                List.of(),
                List.of());
    }

    static TestGateway before(FakeServices services) {
        return new TestGateway(services, true, Optional.empty(), route -> route);
    }

    static TestGateway withoutInside(FakeServices services) {
        return new TestGateway(services, false, Optional.empty(), route -> route);
    }

    /** @param customer how many requests each customer may send */
    static TestGateway limited(FakeServices services, Allowance customer) {
        return new TestGateway(services, true, Optional.of(customer), route -> route);
    }

    /** @param changed what becomes of a route before it is served */
    static TestGateway changed(FakeServices services, UnaryOperator<Route> changed) {
        return new TestGateway(services, true, Optional.empty(), changed);
    }

    private Stream<Route> routes(Pages pages, Map<String, URI> inside) {
        CatalogReader catalog = new CatalogReader(client);
        OrderReader orders = new OrderReader(client);
        TraceLink traces = new TraceLink(Optional.of(TRACES));
        SequencedMap<String, ParkedReader> parked = new LinkedHashMap<>(Map.of("orders", ParkedReader.parked(client)));
        Categories categories = new Categories(catalog, clock);
        PaymentMethods methods = new PaymentMethods(new PaymentMethodsReader(client, clock));
        return Stream.of(
                        new ShopPages(
                                        pages,
                                        () -> new Credential(OWN_TOKEN),
                                        new ShopPages.Services(catalog, new CartReader(client), orders),
                                        categories,
                                        methods,
                                        traces)
                                .routes(),
                        new OfficePages(
                                        pages,
                                        new OfficePages.Services(
                                                catalog,
                                                new StockReader(client),
                                                orders,
                                                new PaymentReader(client),
                                                parked),
                                        categories,
                                        methods,
                                        traces,
                                        SellingCurrencies.parse("EUR"))
                                .routes(),
                        new InsidePages(
                                        pages,
                                        new InsideSettings(inside, Optional.of(URI.create("http://localhost:4318"))),
                                        Map.of("cart", management),
                                        new InsidePages.Gateway(
                                                () -> new ServiceDescription(
                                                        List.of(),
                                                        List.of("BeginSignIn"),
                                                        List.of(new ServiceDescription.Port(
                                                                "SessionRepository", "Sessions", "redis"))),
                                                Optional.of(URI.create("http://127.0.0.1:9080"))))
                                .routes(),
                        new ApiPages(pages).routes(),
                        new AssetRoutes().routes(),
                        new Forwarding(forwarder, "/cart").routes())
                .flatMap(List::stream);
    }

    List<Route> routes() {
        return routes;
    }

    String token(Caller caller) {
        return tokens.issue(caller);
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<String> get(String path, Caller caller) {
        return send("GET", path, "Authorization", "Bearer " + token(caller));
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        management.close();
        forwarder.close();
        client.close();
    }
}
