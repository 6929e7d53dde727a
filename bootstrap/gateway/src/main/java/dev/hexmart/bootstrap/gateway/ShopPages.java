package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.http.Access;
import dev.hexmart.adapter.http.Authenticator;
import dev.hexmart.adapter.http.Authenticator.Authentication;
import dev.hexmart.adapter.http.ProblemException;
import dev.hexmart.adapter.http.Request;
import dev.hexmart.adapter.http.Response;
import dev.hexmart.adapter.http.Route;
import dev.hexmart.adapter.httpclient.CartReader;
import dev.hexmart.adapter.httpclient.CatalogReader;
import dev.hexmart.adapter.httpclient.OrderReader;
import dev.hexmart.adapter.storefront.Page;
import dev.hexmart.adapter.storefront.Storefront;
import dev.hexmart.adapter.storefront.Visitor;
import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.ServiceTokens;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The shop's pages. They ask the services with the token of the visitor's session; the catalog, for whoever has none, with the
 * gateway's own.
 */
final class ShopPages {

    private static final System.Logger LOG = System.getLogger(ShopPages.class.getName());
    private static final int SHELF = 24;
    private static final int OTHERS = 4;
    private static final int LONGEST_SEARCH = 100;

    private final Authenticator visitors;
    private final ServiceTokens own;
    private final Services services;
    private final Categories categories;
    private final Storefront storefront;
    private final TraceLink traces;

    /** Whom the pages ask. */
    record Services(CatalogReader catalog, CartReader carts, OrderReader orders) {}

    ShopPages(
            Authenticator visitors,
            ServiceTokens own,
            Services services,
            Categories categories,
            Storefront storefront,
            TraceLink traces) {
        this.visitors = visitors;
        this.own = own;
        this.services = services;
        this.categories = categories;
        this.storefront = storefront;
        this.traces = traces;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/", Access.OPEN, this::front),
                Route.get("/shop/products/{id}", Access.OPEN, request -> shown(request, this::product)),
                Route.get("/shop/cart", Access.OPEN, request -> shown(request, customers(this::cart))),
                Route.get("/shop/checkout", Access.OPEN, request -> shown(request, customers(this::checkout))),
                Route.get("/shop/orders", Access.OPEN, request -> shown(request, customers(this::orders))),
                Route.get("/shop/orders/{id}", Access.OPEN, request -> shown(request, customers(this::order))));
    }

    // --- Who is there ---

    /** A request for a page, by somebody who is signed in or by nobody in particular. */
    private record Visit(Request request, Optional<Request.Identity> identity) {

        Visitor visitor() {
            return new Visitor(identity.map(Request.Identity::caller).map(Visit::name), Html.locale(request));
        }

        /** Where the visitor is; what begins with two slashes would be read as another host's. */
        String path() {
            String path = "/" + request.path().replaceFirst("^/+", "");
            return request.query().isEmpty() ? path : path + "?" + request.query();
        }

        Optional<Credential> credential() {
            return identity.map(Request.Identity::credential);
        }

        private static String name(Caller caller) {
            return switch (caller) {
                case Caller.Person person -> person.displayName();
                case Caller.Service service -> service.clientId();
            };
        }
    }

    /** Answers a visit. */
    @FunctionalInterface
    private interface Answering {
        Response answer(Visit visit);
    }

    /** Answers a customer's visit. */
    @FunctionalInterface
    private interface CustomersAnswering {
        Response answer(Visit visit, Credential customer);
    }

    private Response shown(Request request, Answering answering) {
        Visit nobody = new Visit(request, Optional.empty());
        Visit visit = nobody;
        try {
            Authentication authentication = visitors.authenticate(request);
            if (authentication instanceof Authentication.Anonymous && Html.isFromElsewhere(request)) {
                // Their cookie comes along when it is our own page that asks.
                return Html.page(200, storefront.reload());
            }
            if (authentication instanceof Authentication.Identified(Caller caller, Credential credential)) {
                visit = new Visit(request, Optional.of(new Request.Identity(caller, credential)));
            }
            return answering.answer(visit);
        } catch (ProblemException e) {
            return trouble(
                    visit,
                    e.problem().type().status(),
                    e.problem().type().title(),
                    e.problem().detail());
        } catch (InfrastructureFailure e) {
            LOG.log(Level.WARNING, "A page cannot be shown: {0}", e.getMessage());
            return trouble(
                            visit,
                            503,
                            "This part of the shop is closed for a moment",
                            "What is needed for this page does not answer. Your cart and your orders are safe;"
                                    + " try again in a little while. The rest of the shop may well be open.")
                    .with("Retry-After", "5");
        }
    }

    /** Sends whoever is not signed in to sign in, and back. */
    private static Answering customers(CustomersAnswering answering) {
        return visit -> visit.credential()
                .map(customer -> answering.answer(visit, customer))
                .orElseGet(() -> Html.redirect(signIn(visit)));
    }

    private static String signIn(Visit visit) {
        return "/login?returnTo=" + URLEncoder.encode(visit.path(), StandardCharsets.UTF_8);
    }

    // --- Pages ---

    private Response front(Request request) {
        return Html.isWanted(request)
                ? shown(request, this::catalog)
                : Response.content(200, "text/plain; charset=utf-8", Greeting.of(request));
    }

    private Response catalog(Visit visit) {
        Request request = visit.request();
        String search = text(request, "search");
        String category = text(request, "category");
        String sort = Optional.of(text(request, "sort"))
                .filter(word -> !word.isEmpty())
                .orElse("name");
        Optional<String> cursor = Optional.of(text(request, "cursor")).filter(word -> !word.isEmpty());
        Page.Wish wish = new Page.Wish(search.substring(0, Math.min(search.length(), LONGEST_SEARCH)), category, sort);
        Credential credential = visit.credential().orElseGet(own::current);
        var query = new CatalogReader.Query(
                given(wish.search()), given(wish.category()), given(wish.sort()), cursor, SHELF);
        return services.catalog()
                .list(query, credential)
                .map(listing -> ok(
                        visit,
                        new Page.Catalog(
                                wish,
                                categories.all(credential),
                                listing.products().stream()
                                        .map(ShopPages::offer)
                                        .toList(),
                                cursor.isEmpty(),
                                listing.next().map(wish::address))))
                .orElseGet(() -> trouble(
                        visit,
                        400,
                        "That is not how to ask for things here",
                        "The address may have been cut off. Begin at the shop's first page."));
    }

    private Response product(Visit visit) {
        Credential credential = visit.credential().orElseGet(own::current);
        return id(visit, ProductId::parse)
                .flatMap(id -> services.catalog().find(id, credential))
                .map(product -> ok(visit, new Page.Detail(offer(product), others(product, credential), signIn(visit))))
                .orElseGet(() -> trouble(
                        visit,
                        404,
                        "There is no such product",
                        "It may have been taken off the shelves. There are others."));
    }

    private List<Page.Product> others(CatalogReader.Product product, Credential credential) {
        var query = new CatalogReader.Query(
                Optional.empty(), given(product.category()), Optional.empty(), Optional.empty(), OTHERS + 1);
        return services.catalog().list(query, credential).stream()
                .flatMap(listing -> listing.products().stream())
                .filter(other -> !other.id().equals(product.id()))
                .limit(OTHERS)
                .map(ShopPages::offer)
                .toList();
    }

    private Response cart(Visit visit, Credential customer) {
        return ok(visit, new Page.Cart(content(customer)));
    }

    private Response checkout(Visit visit, Credential customer) {
        return ok(visit, new Page.Checkout(content(customer), key()));
    }

    private Response orders(Visit visit, Credential customer) {
        Optional<String> cursor = Optional.of(text(visit.request(), "cursor")).filter(text -> !text.isEmpty());
        return services.orders()
                .list(cursor, customer)
                .map(listing -> ok(
                        visit,
                        new Page.Orders(
                                listing.orders().stream().map(ShopPages::placed).toList(),
                                listing.next().map(next -> "/shop/orders?cursor=" + next))))
                .orElseGet(() -> trouble(
                        visit, 400, "There is no such part of your orders", "Begin anew at the list of your orders."));
    }

    private Response order(Visit visit, Credential customer) {
        return id(visit, OrderId::parse)
                .flatMap(id -> services.orders().find(id, customer))
                .map(order -> ok(visit, life(order)))
                .orElseGet(() -> trouble(
                        visit,
                        404,
                        "There is no such order",
                        "Or it is not one of yours. The orders that you have placed are under Orders."));
    }

    private Response ok(Visit visit, Page page) {
        return Html.page(200, storefront.render(page, visit.visitor(), visit.path()));
    }

    private Response trouble(Visit visit, int status, String title, String advice) {
        return Html.page(status, storefront.render(new Page.Trouble(title, advice), visit.visitor(), visit.path()));
    }

    // --- What the services say, as the pages show it ---

    private Page.Content content(Credential customer) {
        List<LineItem> items = services.carts().lines(customer);
        Map<ProductId, CatalogReader.Product> offers =
                services.catalog().findAll(items.stream().map(LineItem::product).toList(), customer).stream()
                        .collect(Collectors.toMap(CatalogReader.Product::id, Function.identity()));
        List<Page.Line> lines = items.stream()
                .flatMap(item -> Optional.ofNullable(offers.get(item.product())).stream()
                        .map(product -> new Page.Line(
                                offer(product),
                                item.quantity().value(),
                                product.price().times(item.quantity()))))
                .toList();
        List<String> gone = items.stream()
                .map(LineItem::product)
                .filter(product -> !offers.containsKey(product))
                .map(ProductId::toString)
                .toList();
        return new Page.Content(lines, gone, total(lines));
    }

    private static Optional<Money> total(List<Page.Line> lines) {
        long currencies =
                lines.stream().map(line -> line.total().currency()).distinct().count();
        return currencies == 1 ? lines.stream().map(Page.Line::total).reduce(Money::plus) : Optional.empty();
    }

    private static Page.Product offer(CatalogReader.Product product) {
        return new Page.Product(
                product.id().toString(),
                product.name(),
                product.description(),
                product.category(),
                product.image(),
                product.price(),
                product.available());
    }

    private static Page.Placed placed(OrderReader.Order order) {
        return new Page.Placed(
                order.id().toString(),
                order.status(),
                order.placedAt(),
                order.total(),
                order.lines().stream().mapToInt(OrderReader.Line::quantity).sum(),
                order.lines().stream().map(OrderReader.Line::name).toList());
    }

    private Page.Order life(OrderReader.Order order) {
        return new Page.Order(
                order.id().toString(),
                order.status(),
                order.reason(),
                order.lines().stream()
                        .map(line ->
                                new Page.Bought(line.product().toString(), line.name(), line.quantity(), line.total()))
                        .toList(),
                order.total(),
                order.payBy(),
                order.method(),
                order.history().stream()
                        .map(step -> new Page.Step(step.status(), step.at(), step.note()))
                        .toList(),
                key(),
                order.trace().flatMap(traces::to));
    }

    /** Made with the page, so that what is sent from it twice is done once. */
    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static String text(Request request, String name) {
        return request.query(name, Function.identity()).orElse("");
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(word -> !word.isEmpty());
    }

    private static <T> Optional<T> id(Visit visit, Function<String, T> form) {
        try {
            return Optional.of(form.apply(visit.request().pathParameters().getOrDefault("id", "")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
