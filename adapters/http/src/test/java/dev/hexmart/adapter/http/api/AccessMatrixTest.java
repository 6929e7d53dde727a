package dev.hexmart.adapter.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.api.cart.CartApi;
import dev.hexmart.adapter.http.api.catalog.KeptAnswers;
import dev.hexmart.adapter.http.api.catalog.ProductsApi;
import dev.hexmart.adapter.http.api.messaging.DeadLettersApi;
import dev.hexmart.adapter.http.api.messaging.ParkedApi;
import dev.hexmart.adapter.http.api.ordering.OrdersApi;
import dev.hexmart.adapter.http.api.payment.PaymentsApi;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.cart.CheckOutCart;
import dev.hexmart.application.cart.FillCart;
import dev.hexmart.application.cart.InMemoryCarts;
import dev.hexmart.application.cart.InMemoryOrderPlacement;
import dev.hexmart.application.cart.InMemoryProductDirectory;
import dev.hexmart.application.catalog.AddProduct;
import dev.hexmart.application.catalog.AdjustStock;
import dev.hexmart.application.catalog.BrowseProducts;
import dev.hexmart.application.catalog.EditProduct;
import dev.hexmart.application.catalog.InMemoryCatalog;
import dev.hexmart.application.catalog.Products;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.messaging.InMemoryDeadLetters;
import dev.hexmart.application.messaging.InMemoryParkingLot;
import dev.hexmart.application.messaging.ResendDeadLetters;
import dev.hexmart.application.messaging.ResendParked;
import dev.hexmart.application.ordering.CancelOrder;
import dev.hexmart.application.ordering.FollowOrder;
import dev.hexmart.application.ordering.InMemoryAcceptedPaymentMethods;
import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.ordering.InMemoryPriceList;
import dev.hexmart.application.ordering.PlaceOrder;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.payment.InMemoryOrderDirectory;
import dev.hexmart.application.payment.InMemoryPaymentProvider;
import dev.hexmart.application.payment.InMemoryPayments;
import dev.hexmart.application.payment.ListPaymentMethods;
import dev.hexmart.application.payment.PayOrder;
import dev.hexmart.application.payment.RefundOrder;
import dev.hexmart.application.payment.SettlePayment;
import dev.hexmart.application.payment.ViewPayment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route with every kind of caller: who is let in is published, so it is written down here once more. */
class AccessMatrixTest {

    private enum Who {
        ANONYMOUS,
        FORGER,
        CUSTOMER,
        STRANGER_TO_THE_API,
        CATALOG_MANAGER,
        ORDERS_MANAGER,
        SERVICE,
        SERVICE_OF_ORDERS
    }

    private static final Map<Who, Caller> CALLERS = new EnumMap<>(Map.of(
            Who.CUSTOMER, Callers.customer(Callers.newCustomerId()),
            Who.STRANGER_TO_THE_API, new Caller.Person(Callers.newCustomerId(), "Dora", false, Set.of()),
            Who.CATALOG_MANAGER, new Caller.Person(Callers.newCustomerId(), "Carl", true, Set.of(Role.CATALOG_MANAGE)),
            Who.ORDERS_MANAGER, new Caller.Person(Callers.newCustomerId(), "Olga", true, Set.of(Role.ORDERS_MANAGE)),
            Who.SERVICE, Callers.service(),
            Who.SERVICE_OF_ORDERS, new Caller.Service("a-nightly-job", Set.of(Role.ORDERS_MANAGE))));

    private static final Set<Who> SIGNED_IN = CALLERS.keySet();
    private static final Set<Who> CUSTOMERS = Set.of(Who.CUSTOMER, Who.CATALOG_MANAGER, Who.ORDERS_MANAGER);
    private static final Set<Who> CUSTOMERS_AND_ORDERS =
            Set.of(Who.CUSTOMER, Who.CATALOG_MANAGER, Who.ORDERS_MANAGER, Who.SERVICE_OF_ORDERS);
    private static final Set<Who> CATALOG = Set.of(Who.CATALOG_MANAGER);
    private static final Set<Who> ORDERS = Set.of(Who.ORDERS_MANAGER, Who.SERVICE_OF_ORDERS);

    private static final Map<String, Set<Who>> LET_IN = Map.ofEntries(
            Map.entry("GET /products", SIGNED_IN),
            Map.entry("GET /products/{id}", SIGNED_IN),
            Map.entry("POST /products", CATALOG),
            Map.entry("PUT /products/{id}", CATALOG),
            Map.entry("DELETE /products/{id}", CATALOG),
            Map.entry("GET /products/{id}/stock", CATALOG),
            Map.entry("POST /products/{id}/stock", CATALOG),
            Map.entry("GET /cart", CUSTOMERS),
            Map.entry("POST /cart/add", CUSTOMERS),
            Map.entry("PUT /cart/items/{productId}", CUSTOMERS),
            Map.entry("DELETE /cart/items/{productId}", CUSTOMERS),
            Map.entry("DELETE /cart", CUSTOMERS),
            Map.entry("POST /cart/checkout", CUSTOMERS),
            Map.entry("POST /cartCheckout", CUSTOMERS),
            Map.entry("GET /orders", CUSTOMERS_AND_ORDERS),
            Map.entry("GET /orders/{id}", CUSTOMERS_AND_ORDERS),
            Map.entry("GET /orders/{id}/events", CUSTOMERS_AND_ORDERS),
            Map.entry("POST /orders/{id}/cancel", CUSTOMERS_AND_ORDERS),
            Map.entry("POST /pay", CUSTOMERS),
            Map.entry("GET /payments/methods", SIGNED_IN),
            Map.entry("GET /payments/{orderId}", CUSTOMERS_AND_ORDERS),
            Map.entry("POST /payments/{orderId}/refund", Set.of(Who.ORDERS_MANAGER)),
            Map.entry("GET /messages/dead", ORDERS),
            Map.entry("POST /messages/dead/{id}/resend", ORDERS),
            Map.entry("GET /messages/parked", ORDERS),
            Map.entry("POST /messages/parked/{id}/resend", ORDERS));

    private static final List<Route> ROUTES = everyRoute();
    private static final TestService SERVICE = TestService.of(ROUTES);

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private static List<Route> everyRoute() {
        ManualClock clock = ManualClock.atNoon();
        InMemoryCatalog catalog = InMemoryCatalog.create();
        InMemoryCarts carts = new InMemoryCarts();
        InMemoryOrdering ordering = InMemoryOrdering.create();
        InMemoryPayments payments = InMemoryPayments.create();
        InMemoryPaymentProvider provider = InMemoryPaymentProvider.create();
        SettlePayment settlement = new SettlePayment(payments.transactor(), provider, clock);
        return Stream.of(
                        new ProductsApi(
                                        new BrowseProducts(catalog.transactor(), Products.CURRENCIES),
                                        new AddProduct(
                                                catalog.transactor(), Products.CURRENCIES, Products::newProduct, clock),
                                        new EditProduct(catalog.transactor(), Products.CURRENCIES),
                                        new AdjustStock(catalog.transactor(), clock),
                                        KeptAnswers.of(catalog.changes()))
                                .routes(),
                        new CartApi(
                                        new FillCart(carts, new InMemoryProductDirectory()),
                                        new CheckOutCart(carts, carts, new InMemoryOrderPlacement()))
                                .routes(),
                        new OrdersApi(
                                        new PlaceOrder(
                                                ordering.transactor(),
                                                new InMemoryPriceList(),
                                                new InMemoryAcceptedPaymentMethods(),
                                                new PlaceOrder.Terms(Duration.ofMinutes(15), Optional.empty(), 3),
                                                Purchases::newOrder,
                                                clock),
                                        new FollowOrder(ordering.transactor(), ordering.changes()),
                                        new CancelOrder(ordering.transactor(), clock),
                                        _ -> Optional.empty(),
                                        clock)
                                .routes(),
                        new PaymentsApi(
                                        new ListPaymentMethods(provider),
                                        new PayOrder(
                                                payments.transactor(),
                                                new InMemoryOrderDirectory(),
                                                settlement,
                                                provider,
                                                clock),
                                        new ViewPayment(payments.transactor()),
                                        new RefundOrder(payments.transactor(), _ -> {}, clock))
                                .routes(),
                        new DeadLettersApi(new ResendDeadLetters(new InMemoryDeadLetters())).routes(),
                        new ParkedApi(new ResendParked(new InMemoryParkingLot(), _ -> {})).routes())
                .flatMap(List::stream)
                .toList();
    }

    static List<Route> routes() {
        return ROUTES;
    }

    @Test
    void theTableIsAboutTheRoutesThatThereAre() {
        assertThat(LET_IN.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ROUTES.stream().map(AccessMatrixTest::name).toList());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void routeAdmitsExactlyTheCallersOfTheTable(Route route) {
        for (Who who : Who.values()) {
            var call = SERVICE.call(route.method(), path(route));
            Answer answer = switch (who) {
                case ANONYMOUS -> call.send();
                case FORGER -> call.header("Authorization", "Bearer forged").send();
                default -> call.by(CALLERS.get(who)).send();
            };
            switch (who) {
                case ANONYMOUS, FORGER -> {
                    answer.isProblem(401, "unauthenticated");
                    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
                }
                default -> {
                    if (LET_IN.get(name(route)).contains(who)) {
                        assertThat(answer.status())
                                .as(who + " " + name(route))
                                .isNotIn(401, 403, 405)
                                .isLessThan(500);
                    } else {
                        assertThat(answer.status()).as(who + " " + name(route)).isEqualTo(403);
                        answer.isProblem(403, "forbidden");
                    }
                }
            }
        }
    }

    private static String name(Route route) {
        return route.method() + " " + route.template();
    }

    private static String path(Route route) {
        return route.template().replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
    }
}
