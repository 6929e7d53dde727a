package dev.hexmart.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Role;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route of this module with every kind of caller, against a table of its own. */
class PageAccessTest {

    private enum Who {
        ANONYMOUS,
        BAD_TOKEN,
        CUSTOMER,
        PERSON_WITHOUT_SCOPE,
        CATALOG_MANAGER,
        ORDERS_MANAGER,
        SERVICE,
        SERVICE_WITH_ROLES
    }

    private static final Map<Who, Caller> CALLERS = new EnumMap<>(Map.of(
            Who.CUSTOMER, Callers.customer(Callers.newCustomerId()),
            Who.PERSON_WITHOUT_SCOPE, new Caller.Person(Callers.newCustomerId(), "Dora", false, Set.of()),
            Who.CATALOG_MANAGER, new Caller.Person(Callers.newCustomerId(), "Carl", true, Set.of(Role.CATALOG_MANAGE)),
            Who.ORDERS_MANAGER, new Caller.Person(Callers.newCustomerId(), "Olga", true, Set.of(Role.ORDERS_MANAGE)),
            Who.SERVICE, Callers.service(),
            Who.SERVICE_WITH_ROLES,
                    new Caller.Service("a-nightly-job", Set.of(Role.CATALOG_MANAGE, Role.ORDERS_MANAGE))));

    private static final Set<Who> EVERYONE = Set.of(Who.values());
    private static final Set<Who> SIGNED_IN = CALLERS.keySet();
    private static final Set<Who> CUSTOMERS = Set.of(Who.CUSTOMER, Who.CATALOG_MANAGER, Who.ORDERS_MANAGER);
    private static final Set<Who> CATALOG = Set.of(Who.CATALOG_MANAGER);
    private static final Set<Who> ORDERS = Set.of(Who.ORDERS_MANAGER);

    private static final Map<String, Set<Who>> LET_IN = Map.ofEntries(
            Map.entry("GET /", EVERYONE),
            Map.entry("GET /shop/categories", EVERYONE),
            Map.entry("GET /shop/products/{id}", EVERYONE),
            Map.entry("GET /shop/cart", CUSTOMERS),
            Map.entry("GET /shop/checkout", CUSTOMERS),
            Map.entry("GET /shop/orders", CUSTOMERS),
            Map.entry("GET /shop/orders/{id}", CUSTOMERS),
            Map.entry("GET /office", CUSTOMERS),
            Map.entry("GET /office/products", CATALOG),
            Map.entry("GET /office/products/new", CATALOG),
            Map.entry("GET /office/products/{id}", CATALOG),
            Map.entry("GET /office/categories", CATALOG),
            Map.entry("GET /office/orders", ORDERS),
            Map.entry("GET /office/orders/{id}", ORDERS),
            Map.entry("GET /office/messages", ORDERS),
            Map.entry(
                    "POST /office/messages/{service}/{id}/resend", Set.of(Who.ORDERS_MANAGER, Who.SERVICE_WITH_ROLES)),
            Map.entry("GET /inside", EVERYONE),
            Map.entry("GET /inside/decisions/{file}", EVERYONE),
            Map.entry("GET /docs", EVERYONE),
            Map.entry("GET /docs/swagger-ui.css", EVERYONE),
            Map.entry("GET /docs/swagger-ui-bundle.js", EVERYONE),
            Map.entry("GET /openapi.yaml", EVERYONE),
            Map.entry("GET /asyncapi.yaml", EVERYONE),
            Map.entry("GET /images/{+rest}", EVERYONE),
            Map.entry("GET /styles/{+rest}", EVERYONE),
            Map.entry("GET /scripts/{+rest}", EVERYONE),
            Map.entry("* /cart", SIGNED_IN),
            Map.entry("* /cart/{+rest}", SIGNED_IN));

    private final FakeServices services = FakeServices.start();

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void theTableHasEveryRouteOfThisModule() {
        try (var gateway = TestGateway.before(services)) {
            assertThat(LET_IN.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            gateway.routes().stream().map(PageAccessTest::name).toList());
        }
    }

    @Test
    void everyRouteAnswersEveryCallerAsTheTableSays() {
        assertThat(wrongAnswers(route -> route)).isEmpty();
    }

    /** The test above goes red for a page whose access is declared wrongly. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop/cart",
                "/shop/checkout",
                "/shop/orders",
                "/shop/orders/{id}",
                "/office",
                "/office/products",
                "/office/products/new",
                "/office/products/{id}",
                "/office/categories",
                "/office/orders",
                "/office/orders/{id}",
                "/office/messages"
            })
    void aPageThatIsDeclaredOpenByMistakeIsFound(String template) {
        for (Access mistake : List.of(Access.OPEN, new Access.Page(Access.OPEN))) {
            assertThat(wrongAnswers(declaring(template, mistake)))
                    .anyMatch(wrong -> wrong.startsWith("ANONYMOUS GET " + template + ":"));
        }
    }

    @Test
    void aPageOfManagersThatIsDeclaredForCustomersIsFound() {
        assertThat(wrongAnswers(declaring("/office/orders", new Access.Page(Access.CUSTOMER))))
                .anyMatch(wrong -> wrong.startsWith("CUSTOMER GET /office/orders:"));
    }

    private static UnaryOperator<Route> declaring(String template, Access access) {
        return route -> route.template().equals(template)
                ? new Route(route.method(), template, access, route.useCase(), route.handler(), route.counted())
                : route;
    }

    private List<String> wrongAnswers(UnaryOperator<Route> changed) {
        try (var gateway = TestGateway.changed(services, changed)) {
            return gateway.routes().stream()
                    .flatMap(route -> Stream.of(Who.values()).flatMap(who -> wrongAnswer(gateway, route, who).stream()))
                    .toList();
        }
    }

    private static Optional<String> wrongAnswer(TestGateway gateway, Route route, Who who) {
        String method = route.method().equals(Route.ANY_METHOD) ? "GET" : route.method();
        HttpResponse<String> answer = gateway.send(method, path(route), credential(gateway, who));
        String expected = LET_IN.get(name(route)).contains(who)
                ? "let in"
                : CALLERS.containsKey(who) ? "403" : method.equals("GET") && isPage(route) ? "sign-in" : "401";
        String found = found(answer);
        return found.equals(expected)
                ? Optional.empty()
                : Optional.of("%s %s: %s, not %s".formatted(who, name(route), found, expected));
    }

    private static String found(HttpResponse<String> answer) {
        boolean toSignIn = answer.headers()
                .firstValue("Location")
                .filter(location -> location.startsWith("/login?returnTo=%2F"))
                .isPresent();
        return switch (answer.statusCode()) {
            case 303 -> toSignIn ? "sign-in" : "let in";
            case 200, 204 -> "let in";
            default -> Integer.toString(answer.statusCode());
        };
    }

    /** By the template: what a route is declared as is what is under test. */
    private static boolean isPage(Route route) {
        return route.template().startsWith("/shop") || route.template().startsWith("/office");
    }

    private static String[] credential(TestGateway gateway, Who who) {
        return switch (who) {
            case ANONYMOUS -> new String[] {"Accept", "text/html"};
            case BAD_TOKEN -> new String[] {"Accept", "text/html", "Authorization", "Bearer forged"};
            default ->
                new String[] {
                    "Accept", "text/html", "Authorization", "Bearer " + gateway.token(CALLERS.get(who)),
                };
        };
    }

    private static String name(Route route) {
        return route.method() + " " + route.template();
    }

    private static String path(Route route) {
        return route.template()
                .replace("/cart/{+rest}", "/cart/add")
                .replace("/images/{+rest}", "/images/logo.svg")
                .replace("/styles/{+rest}", "/styles/main.css")
                .replace("/scripts/{+rest}", "/scripts/shop.js")
                .replace("{file}", "0002-wiring-by-hand.md")
                .replace("{service}/{id}", "orders/" + FakeServices.MESSAGE)
                .replace("orders/{id}", "orders/" + FakeServices.ORDER)
                .replace("products/{id}", "products/" + FakeServices.PRODUCT);
    }
}
