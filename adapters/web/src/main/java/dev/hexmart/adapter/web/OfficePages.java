package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.Access;
import dev.hexmart.adapter.http.Problem;
import dev.hexmart.adapter.http.ProblemException;
import dev.hexmart.adapter.http.ProblemType;
import dev.hexmart.adapter.http.Request;
import dev.hexmart.adapter.http.Response;
import dev.hexmart.adapter.http.Route;
import dev.hexmart.adapter.httpclient.CatalogReader;
import dev.hexmart.adapter.httpclient.OrderReader;
import dev.hexmart.adapter.httpclient.ParkedReader;
import dev.hexmart.adapter.httpclient.ParkedReader.Outcome;
import dev.hexmart.adapter.httpclient.PaymentReader;
import dev.hexmart.adapter.httpclient.StockReader;
import dev.hexmart.adapter.storefront.OfficePage;
import dev.hexmart.adapter.storefront.StaticFiles;
import dev.hexmart.adapter.web.Pages.Visit;
import dev.hexmart.application.failure.TemporaryFailure;
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
public final class OfficePages {

    private static final Access MANAGERS = new Access.Requires(Role.ORDERS_MANAGE);
    private static final int SHELF = 50;

    /** A message may be long, and a page of them need not. */
    private static final int SHOWN = 2_000;

    private final Pages pages;
    private final Services services;
    private final Categories categories;
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
            Pages pages, Services services, Categories categories, TraceLink traces, SellingCurrencies currencies) {
        this.pages = pages;
        this.services = services;
        this.categories = categories;
        this.traces = traces;
        this.currencies = currencies;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/office", Access.OPEN, pages.forCustomers(this::front)),
                Route.get("/office/products", Access.OPEN, pages.forEmployees(Role.CATALOG_MANAGE, this::products)),
                Route.get("/office/products/new", Access.OPEN, pages.forEmployees(Role.CATALOG_MANAGE, this::fresh)),
                Route.get("/office/products/{id}", Access.OPEN, pages.forEmployees(Role.CATALOG_MANAGE, this::product)),
                Route.get("/office/categories", Access.OPEN, pages.forEmployees(Role.CATALOG_MANAGE, this::categories)),
                Route.get("/office/orders", Access.OPEN, pages.forEmployees(Role.ORDERS_MANAGE, this::orders)),
                Route.get("/office/orders/{id}", Access.OPEN, pages.forEmployees(Role.ORDERS_MANAGE, this::order)),
                Route.get("/office/messages", Access.OPEN, pages.forEmployees(Role.ORDERS_MANAGE, this::messages)),
                Route.post("/office/messages/{service}/{id}/resend", MANAGERS, this::resend));
    }

    private Response front(Visit visit, Credential employee) {
        boolean catalogOnly = visit.identity().stream()
                .map(Request.Identity::caller)
                .anyMatch(caller -> caller.may(Role.CATALOG_MANAGE) && !caller.may(Role.ORDERS_MANAGE));
        return Html.redirect(catalogOnly ? "/office/products" : "/office/orders");
    }

    // --- Products ---

    private Response products(Visit visit, Credential employee) {
        String search = ShopPages.text(visit.request(), "search");
        Optional<String> cursor = ShopPages.given(ShopPages.text(visit.request(), "cursor"));
        var query = new CatalogReader.Query(ShopPages.given(search), Optional.empty(), Optional.empty(), cursor, SHELF);
        return services.catalog()
                .list(query, employee)
                .map(listing -> pages.show(
                        visit,
                        new OfficePage.Products(
                                search,
                                listing.products().stream()
                                        .map(product -> categories.offer(product, employee))
                                        .toList(),
                                cursor.isEmpty(),
                                listing.next())))
                .orElseGet(() -> noSuchList(visit));
    }

    private Response product(Visit visit, Credential employee) {
        return ShopPages.id(visit, ProductId::parse)
                .flatMap(id -> services.catalog().see(id, employee))
                .flatMap(seen -> services.stock()
                        .ledger(seen.product().id(), employee)
                        .map(ledger -> pages.show(visit, product(seen, ledger, employee))))
                .orElseGet(() -> pages.trouble(
                        visit, 404, "There is no such product", "Somebody may have taken it off the shelves."));
    }

    private OfficePage product(CatalogReader.Seen seen, List<StockMovement> ledger, Credential employee) {
        return new OfficePage.Product(
                categories.offer(seen.product(), employee), seen.tag(), choices(employee), ledger);
    }

    private Response fresh(Visit visit, Credential employee) {
        return pages.show(visit, new OfficePage.NewProduct(choices(employee)));
    }

    private Response categories(Visit visit, Credential employee) {
        return pages.show(visit, new OfficePage.Categories(categories.now(employee)));
    }

    private OfficePage.Choices choices(Credential employee) {
        return new OfficePage.Choices(categories.now(employee), pictures, currencies);
    }

    // --- Orders ---

    private Response orders(Visit visit, Credential employee) {
        Optional<OrderStatus> status = visit.request()
                .query("status", Function.identity())
                .filter(text -> !text.isEmpty())
                .map(OfficePages::status);
        String number = ShopPages.text(visit.request(), "number").strip();
        if (!number.isEmpty() && !OfficePage.Orders.isOrderNumber(number)) {
            return pages.show(visit, new OfficePage.Orders(status, number, List.of(), true, Optional.empty()));
        }
        Optional<String> cursor = ShopPages.given(ShopPages.text(visit.request(), "cursor"));
        Optional<OrderReader.Listing> found = number.isEmpty()
                ? services.orders().listAll(status, cursor, employee)
                : services.orders().listAll(status, OrderNumber.parse(number), cursor, employee);
        return found.map(listing -> pages.show(
                        visit,
                        new OfficePage.Orders(
                                status,
                                number,
                                listing.orders().stream()
                                        .map(order -> new OfficePage.Taken(ShopPages.placed(order), order.customer()))
                                        .toList(),
                                cursor.isEmpty(),
                                listing.next())))
                .orElseGet(() -> noSuchList(visit));
    }

    private static OrderStatus status(String text) {
        try {
            return OrderStatus.valueOf(text);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(Problem.invalidParameter("status", "Is none that an order can have"));
        }
    }

    private Response order(Visit visit, Credential employee) {
        return ShopPages.id(visit, OrderId::parse)
                .flatMap(id -> services.orders().find(id, employee))
                .map(order -> pages.show(
                        visit,
                        new OfficePage.Order(
                                ShopPages.life(order, traces),
                                order.customer(),
                                services.payments().find(order.id(), employee).map(OfficePages::payment))))
                .orElseGet(() -> pages.trouble(
                        visit, 404, "There is no such order", "Its number may have been cut off on the way here."));
    }

    private static OfficePage.Payment payment(PaymentReader.Payment payment) {
        return new OfficePage.Payment(payment.status(), payment.amount(), payment.method(), payment.refunded());
    }

    // --- Parked messages ---

    private Response messages(Visit visit, Credential employee) {
        List<OfficePage.Lot> lots = services.parked().entrySet().stream()
                .map(service -> lot(service.getKey(), service.getValue(), employee))
                .toList();
        return pages.show(visit, new OfficePage.Messages(lots));
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
                        .orElseThrow(() -> new IllegalArgumentException("No service is called that")));
        return switch (service.resend(request.path("id", UUID::fromString), request.credential())) {
            case Outcome.Handled _ -> Response.empty(204);
            case Outcome.FailedAgain(String why) ->
                throw new ProblemException(Problem.of(ProblemType.MESSAGE_FAILED_AGAIN, why));
            case Outcome.Unknown _ ->
                throw new ProblemException(Problem.of(
                        ProblemType.NOT_FOUND, "It is not parked any more; somebody may have sent it again already"));
        };
    }

    private Response noSuchList(Visit visit) {
        return pages.trouble(
                visit, 400, "There is no such part of the list", "The address may have been cut off. Begin anew.");
    }
}
