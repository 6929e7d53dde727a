package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.httpclient.CatalogReader;
import dev.hexmart.adapter.httpclient.OrderReader;
import dev.hexmart.adapter.httpclient.ParkedReader;
import dev.hexmart.adapter.httpclient.ParkedReader.Outcome;
import dev.hexmart.adapter.httpclient.PaymentReader;
import dev.hexmart.adapter.httpclient.StockReader;
import dev.hexmart.adapter.storefront.OfficePage;
import dev.hexmart.adapter.storefront.StaticFiles;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.Role;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.OrderNumber;
import dev.hexmart.domain.shared.ProductId;
import dev.hexmart.domain.shared.SellingCurrencies;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Function;

/** The back office: what employees look after, each with the rights that they have. What is done there, the services decide. */
public final class OfficePages implements Endpoints {

    private static final Access CATALOG = new Access.PersonWith(Role.CATALOG_MANAGE);
    private static final Access ORDERS = new Access.PersonWith(Role.ORDERS_MANAGE);
    private static final Access MANAGERS = new Access.Requires(Role.ORDERS_MANAGE);
    private static final int SHELF = 50;

    /** A message may be long, and a page of them need not. */
    private static final int SHOWN = 2_000;

    private final Pages pages;
    private final Services services;
    private final Categories categories;
    private final PaymentMethods methods;
    private final TraceLink traces;
    private final SellingCurrencies currencies;
    private final List<String> pictures = StaticFiles.pictures();

    /** Whom the pages ask. @param parked those that handle messages, by their names, in the order in which they are shown */
    public record Services(
            CatalogReader catalog,
            StockReader stock,
            OrderReader orders,
            PaymentReader payments,
            SequencedMap<String, ParkedReader> parked) {}

    public OfficePages(
            Pages pages,
            Services services,
            Categories categories,
            PaymentMethods methods,
            TraceLink traces,
            SellingCurrencies currencies) {
        this.pages = pages;
        this.services = services;
        this.categories = categories;
        this.methods = methods;
        this.traces = traces;
        this.currencies = currencies;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.page("/office", Access.CUSTOMER, this::front),
                Route.page("/office/products", CATALOG, this::products),
                Route.page("/office/products/new", CATALOG, this::fresh),
                Route.page("/office/products/{id}", CATALOG, this::product),
                Route.page("/office/categories", CATALOG, this::categories),
                Route.page("/office/orders", ORDERS, this::orders),
                Route.page("/office/orders/{id}", ORDERS, this::order),
                Route.page("/office/messages", ORDERS, this::messages),
                Route.post("/office/messages/{service}/{id}/resend", MANAGERS, this::resend));
    }

    private Response front(Request request) {
        Caller caller = request.caller();
        boolean catalogOnly = caller.may(Role.CATALOG_MANAGE) && !caller.may(Role.ORDERS_MANAGE);
        return Html.redirect(catalogOnly ? "/office/products" : "/office/orders");
    }

    // --- Products ---

    private Response products(Request request) {
        Credential employee = request.credential();
        String search = ShopPages.text(request, "search");
        Optional<String> cursor = ShopPages.given(ShopPages.text(request, "cursor"));
        var query = new CatalogReader.Query(ShopPages.given(search), Optional.empty(), Optional.empty(), cursor, SHELF);
        return services.catalog()
                .list(query, employee)
                .map(listing -> pages.show(
                        request,
                        new OfficePage.Products(
                                search,
                                listing.products().stream()
                                        .map(product -> categories.offer(product, employee))
                                        .toList(),
                                cursor.isEmpty(),
                                listing.next())))
                .orElseGet(() -> noSuchList(request));
    }

    private Response product(Request request) {
        Credential employee = request.credential();
        return ShopPages.id(request, ProductId::parse)
                .flatMap(id -> services.catalog().see(id, employee))
                .flatMap(seen -> services.stock()
                        .ledger(seen.product().id(), employee)
                        .map(ledger -> pages.show(request, product(seen, ledger, employee))))
                .orElseGet(() -> pages.trouble(
                        request, 404, "There is no such product", "It may have been removed from the catalog."));
    }

    private OfficePage product(CatalogReader.Seen seen, List<StockMovement> ledger, Credential employee) {
        return new OfficePage.Product(
                categories.offer(seen.product(), employee), seen.tag(), choices(employee), ledger);
    }

    private Response fresh(Request request) {
        return pages.show(request, new OfficePage.NewProduct(choices(request.credential())));
    }

    private Response categories(Request request) {
        return pages.show(request, new OfficePage.Categories(categories.now(request.credential())));
    }

    private OfficePage.Choices choices(Credential employee) {
        return new OfficePage.Choices(categories.now(employee), pictures, currencies);
    }

    // --- Orders ---

    private Response orders(Request request) {
        Credential employee = request.credential();
        Optional<OrderStatus> status = request.query("status", Function.identity())
                .filter(text -> !text.isEmpty())
                .map(OfficePages::status);
        String number = ShopPages.text(request, "number").strip();
        if (!number.isEmpty() && !OfficePage.Orders.isOrderNumber(number)) {
            return pages.show(request, new OfficePage.Orders(status, number, List.of(), true, Optional.empty()));
        }
        Optional<String> cursor = ShopPages.given(ShopPages.text(request, "cursor"));
        Optional<OrderReader.Listing> found = number.isEmpty()
                ? services.orders().listAll(status, cursor, employee)
                : services.orders().listAll(status, OrderNumber.parse(number), cursor, employee);
        return found.map(listing -> pages.show(
                        request,
                        new OfficePage.Orders(
                                status,
                                number,
                                listing.orders().stream()
                                        .map(order -> new OfficePage.Taken(ShopPages.placed(order), order.customer()))
                                        .toList(),
                                cursor.isEmpty(),
                                listing.next())))
                .orElseGet(() -> noSuchList(request));
    }

    private static OrderStatus status(String text) {
        try {
            return OrderStatus.valueOf(text);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.invalidParameter("status", "Must be a status of an order"));
        }
    }

    private Response order(Request request) {
        Credential employee = request.credential();
        return ShopPages.id(request, OrderId::parse)
                .flatMap(id -> services.orders().find(id, employee))
                .map(order -> pages.show(
                        request,
                        new OfficePage.Order(
                                ShopPages.life(order, methods, employee, traces),
                                order.customer(),
                                services.payments()
                                        .find(order.id(), employee)
                                        .map(payment -> payment(payment, employee)))))
                .orElseGet(() -> pages.trouble(
                        request, 404, "There is no such order", "Its number may have been cut off on the way here."));
    }

    private OfficePage.Payment payment(PaymentReader.Payment payment, Credential employee) {
        return new OfficePage.Payment(
                payment.status(),
                payment.amount(),
                payment.method().map(method -> methods.nameOf(method, employee)),
                payment.refunded());
    }

    // --- Parked messages ---

    private Response messages(Request request) {
        Credential employee = request.credential();
        List<OfficePage.Lot> lots = services.parked().entrySet().stream()
                .map(service -> lot(service.getKey(), service.getValue(), employee))
                .toList();
        return pages.show(request, new OfficePage.Messages(lots));
    }

    /** One service that is away does not hide what the others have parked. */
    private static OfficePage.Lot lot(String name, ParkedReader service, Credential employee) {
        try {
            return new OfficePage.Lot(
                    name,
                    true,
                    service.list(employee).stream().map(OfficePages::parked).toList());
        } catch (TemporaryFailure _) {
            return new OfficePage.Lot(name, false, List.of());
        }
    }

    private static OfficePage.Parked parked(ParkedReader.Parked message) {
        String body = message.body();
        return new OfficePage.Parked(
                message.id().toString(),
                message.type(),
                message.reason(),
                message.at(),
                body.substring(0, Math.min(body.length(), SHOWN)),
                body.length() > SHOWN);
    }

    private Response resend(Request request) {
        ParkedReader service = request.path(
                "service",
                name -> Optional.ofNullable(services.parked().get(name))
                        .orElseThrow(() -> new IllegalArgumentException("There is no such service")));
        return switch (service.resend(request.path("id", UUID::fromString), request.credential())) {
            case Outcome.Handled _ -> Response.empty(204);
            case Outcome.FailedAgain(String why) ->
                throw new ProblemException(Problem.of(ProblemType.MESSAGE_FAILED_AGAIN, why));
            case Outcome.NotFound _ ->
                throw new ProblemException(Problem.of(
                        ProblemType.NOT_FOUND, "It is not parked any more; it may have been resent already"));
        };
    }

    private Response noSuchList(Request request) {
        return pages.trouble(
                request, 400, "There is no such page of the list", "The address may be truncated. Start again.");
    }
}
