package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.AcceptHeader;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.httpclient.CartReader;
import dev.hexmart.adapter.httpclient.CatalogReader;
import dev.hexmart.adapter.httpclient.OrderReader;
import dev.hexmart.adapter.storefront.Page;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.ServiceTokens;
import dev.hexmart.domain.shared.LineItem;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The shop's pages. They ask the services with the token of the visitor's session; the catalog, for anonymous visitors, with the
 * gateway's own.
 */
public final class ShopPages implements Endpoints {

    private static final int SHELF = 24;
    private static final int OTHERS = 4;
    private static final int LONGEST_SEARCH = 100;

    private final Pages pages;
    private final ServiceTokens own;
    private final Services services;
    private final Categories categories;
    private final PaymentMethods methods;
    private final TraceLink traces;

    /** Whom the pages ask. */
    public record Services(CatalogReader catalog, CartReader carts, OrderReader orders) {}

    public ShopPages(
            Pages pages,
            ServiceTokens own,
            Services services,
            Categories categories,
            PaymentMethods methods,
            TraceLink traces) {
        this.pages = pages;
        this.own = own;
        this.services = services;
        this.categories = categories;
        this.methods = methods;
        this.traces = traces;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.page("/", Access.OPEN, this::front),
                Route.page("/shop/categories", Access.OPEN, pages.open(this::categories)),
                Route.page("/shop/products/{id}", Access.OPEN, pages.open(this::product)),
                Route.page("/shop/cart", Access.CUSTOMER, this::cart),
                Route.page("/shop/checkout", Access.CUSTOMER, this::checkout),
                Route.page("/shop/orders", Access.CUSTOMER, this::orders),
                Route.page("/shop/orders/{id}", Access.CUSTOMER, this::order));
    }

    private Response front(Request request) {
        return AcceptHeader.of(request).prefersHtml()
                ? pages.open(this::catalog).handle(request)
                : Response.content(200, "text/plain; charset=utf-8", Greeting.of(request));
    }

    private Response catalog(Request request) {
        String search = text(request, "search");
        String category = text(request, "category");
        String sort = given(text(request, "sort")).orElse("name");
        Optional<String> cursor = given(text(request, "cursor"));
        Page.CatalogQuery query =
                new Page.CatalogQuery(search.substring(0, Math.min(search.length(), LONGEST_SEARCH)), category, sort);
        Credential credential = credential(request);
        var page = new CatalogReader.Query(
                given(query.search()), given(query.category()), given(query.sort()), cursor, SHELF);
        return services.catalog()
                .list(page, credential)
                .map(listing -> pages.show(
                        request,
                        new Page.Catalog(
                                query,
                                categories.onOffer(credential),
                                listing.products().stream()
                                        .map(product -> categories.offer(product, credential))
                                        .toList(),
                                cursor.isEmpty(),
                                listing.next().map(query::address))))
                .orElseGet(() -> pages.trouble(
                        request,
                        400,
                        "Invalid request",
                        "The address may be truncated. Start at the shop's first page."));
    }

    private Response categories(Request request) {
        return pages.show(request, new Page.Categories(categories.onOffer(credential(request))));
    }

    private Response product(Request request) {
        Credential credential = credential(request);
        return id(request, ProductId::parse)
                .flatMap(id -> services.catalog().find(id, credential))
                .map(product -> pages.show(
                        request,
                        new Page.Detail(
                                categories.offer(product, credential),
                                others(product, credential),
                                Html.signIn(Html.path(request)))))
                .orElseGet(() -> pages.trouble(
                        request,
                        404,
                        "There is no such product",
                        "It may have been taken off the shelves. There are others."));
    }

    /** The visitor's own; the gateway's for a visitor who is not signed in. */
    private Credential credential(Request request) {
        return request.identity().map(Request.Identity::credential).orElseGet(own::current);
    }

    private List<Page.Product> others(CatalogReader.Product product, Credential credential) {
        var query = new CatalogReader.Query(
                Optional.empty(), given(product.category()), Optional.empty(), Optional.empty(), OTHERS + 1);
        return services.catalog().list(query, credential).stream()
                .flatMap(listing -> listing.products().stream())
                .filter(other -> !other.id().equals(product.id()))
                .limit(OTHERS)
                .map(other -> categories.offer(other, credential))
                .toList();
    }

    private Response cart(Request request) {
        return pages.show(
                request,
                new Page.Cart(
                        content(services.carts().find(request.credential()).lines(), request.credential())));
    }

    private Response checkout(Request request) {
        Credential customer = request.credential();
        CartReader.Cart cart = services.carts().find(customer);
        return pages.show(
                request,
                new Page.Checkout(content(cart.lines(), customer), cart.tag(), key(), methods.atCheckout(customer)));
    }

    private Response orders(Request request) {
        Optional<String> cursor = given(text(request, "cursor"));
        return services.orders()
                .list(cursor, request.credential())
                .map(listing -> pages.show(
                        request,
                        new Page.Orders(
                                listing.orders().stream().map(ShopPages::placed).toList(),
                                listing.next().map(next -> "/shop/orders?cursor=" + next))))
                .orElseGet(() -> pages.trouble(
                        request,
                        400,
                        "There is no such page of your orders",
                        "Start again at the list of your orders."));
    }

    private Response order(Request request) {
        return id(request, OrderId::parse)
                .flatMap(id -> services.orders().find(id, request.credential()))
                .map(order -> pages.show(request, life(order, methods, request.credential(), traces)))
                .orElseGet(() -> pages.trouble(
                        request,
                        404,
                        "There is no such order",
                        "Or it is not one of yours. The orders that you have placed are under Orders."));
    }

    // --- What the services say, as the pages show it ---

    private Page.Content content(List<LineItem> items, Credential customer) {
        Map<ProductId, CatalogReader.Product> offers =
                services.catalog().findAll(items.stream().map(LineItem::product).toList(), customer).stream()
                        .collect(Collectors.toMap(CatalogReader.Product::id, Function.identity()));
        List<Page.Line> lines = items.stream()
                .flatMap(item -> Optional.ofNullable(offers.get(item.product())).stream()
                        .map(product -> new Page.Line(
                                categories.offer(product, customer),
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

    static Page.ListedOrder placed(OrderReader.Order order) {
        return new Page.ListedOrder(
                order.id().toString(),
                order.status(),
                order.placedAt(),
                order.total(),
                order.lines().stream().mapToInt(OrderReader.Line::quantity).sum(),
                order.lines().stream().map(OrderReader.Line::name).toList());
    }

    static Page.Order life(OrderReader.Order order, PaymentMethods methods, Credential credential, TraceLink traces) {
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
                order.method().map(method -> methods.nameOf(method, credential)),
                order.declined(),
                order.history().stream()
                        .map(step -> new Page.Step(step.status(), step.at(), step.note()))
                        .toList(),
                methods.now(credential),
                key(),
                order.trace().flatMap(traces::to));
    }

    /** Made with the page, so that what is sent from it twice is done once. */
    private static String key() {
        return UUID.randomUUID().toString();
    }

    static String text(Request request, String name) {
        return request.query(name, Function.identity()).orElse("");
    }

    static Optional<String> given(String text) {
        return Optional.of(text).filter(word -> !word.isEmpty());
    }

    static <T> Optional<T> id(Request request, Function<String, T> form) {
        try {
            return Optional.of(form.apply(request.pathParameters().getOrDefault("id", "")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
