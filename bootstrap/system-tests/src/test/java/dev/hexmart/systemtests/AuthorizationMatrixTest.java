package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.application.identity.Role;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.Shop.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask for what, in the running shop: as published, at the gateway as well as behind it. */
@ExtendWith(SharedShop.Open.class)
@TestInstance(Lifecycle.PER_CLASS)
class AuthorizationMatrixTest {

    private static final Path PAGE = page();
    private static final String BEGIN = "<!-- routes -->\n";
    private static final String END = "<!-- /routes -->\n";

    private SharedShop open;
    private Shop shop;
    private Map<String, Visitor> callers;

    @BeforeAll
    void open(SharedShop sharedShop) {
        open = sharedShop;
        shop = open.shop();
        callers = new HashMap<>(Map.of(
                "anonymous", shop.stranger(),
                "bad token", shop.bearing("eyJhbGciOiJub25lIn0.e30."),
                "alice", shop.as("alice"),
                "carol", shop.as("carol"),
                "service", shop.bearing(shop.applicationToken())));
    }

    @Test
    void thePublishedTableIsAboutTheRoutesThatThereAre() throws IOException {
        String page = Files.readString(PAGE);
        String table = table();
        String published = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
        assertThat(published)
                .as(
                        "docs/authorization.md does not say what the services serve. If the change is meant, put this"
                                + " between its markers:%n%s",
                        table)
                .isEqualTo(table);
    }

    /** Every row for everybody, at the service itself and, where the gateway passes it on, there too. */
    @TestFactory
    Stream<DynamicTest> everyCellIsAsPublished() throws IOException {
        return rows().flatMap(row -> callers.keySet().stream()
                .flatMap(caller -> row.doors(this).map(door -> {
                    String name = "%s %s for %s at %s".formatted(row.method(), row.template(), caller, door.getKey());
                    return DynamicTest.dynamicTest(name, () -> check(row, caller, door.getValue()));
                })));
    }

    private void check(Row row, String caller, URI door) {
        String path = row.template()
                .replaceAll("\\{\\+[a-z]+}", "x")
                .replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
        String method = row.method().equals("any") ? "PATCH" : row.method();
        Answer answer = shop.send(callerNamed(caller)
                .at(door)
                .request(
                        path,
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        UUID.randomUUID().toString())
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                .build());
        String cell = Optional.ofNullable(row.cells().get(caller)).orElseThrow();
        switch (cell) {
            case "401" -> {
                assertThat(answer.status()).as(answer.body()).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate"))
                        .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
            }
            case "sign-in" -> {
                assertThat(answer.status()).as(answer.body()).isEqualTo(303);
                assertThat(answer.header("Location"))
                        .hasValueSatisfying(value -> assertThat(value).startsWith("/login?returnTo="));
            }
            case "403" -> assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            case "yes" ->
                assertThat(answer.status()).as(answer.body()).isNotIn(401, 403).isLessThan(500);
            // The route itself says to whom it gives what.
            case "open" -> assertThat(answer.status()).as(answer.body()).isLessThan(500);
            default -> throw new AssertionError("The table has a cell '" + cell + "'");
        }
    }

    /** Another customer's resource is answered like one that does not exist, to the last byte but its own address and its trace. */
    @ParameterizedTest
    @CsvSource({
        "GET,    /orders/{id}",
        "GET,    /orders/{id}/events",
        "POST,   /orders/{id}/cancel",
        "GET,    /payments/{id}",
        "POST,   /pay",
        "POST,   /payments/{id}/refund",
    })
    void anotherCustomersOrderLooksLikeAnUnknownOne(String method, String template) {
        String pay = ",\"payment\":{\"method\":\"card-ok\"}";
        for (String order : List.of(open.order("bob", ""), open.order("bob", pay))) {
            for (URI door : doors(template)) {
                assertThat(seen(method, template, order, door))
                        .as(door.toString())
                        .isEqualTo(seen(method, template, UUID.randomUUID().toString(), door));
            }
        }
    }

    @Test
    void anotherCustomersCartLooksLikeAnUnknownOne() {
        String product = open.product("Anything", 1000, 1);
        String bob = shop.as("bob").get("/cart").json().getString("userId");
        List<Seen> answers = Stream.of(bob, UUID.randomUUID().toString(), "null", "")
                .map(user -> "{\"productId\":\"%s\",\"userId\":\"%s\"}".formatted(product, user))
                .map(body -> Seen.of(shop.as("alice").post("/cart/add", body), bob))
                .toList();
        assertThat(answers.getFirst().status()).isEqualTo(403);
        assertThat(answers).containsOnly(answers.getFirst());
    }

    private Seen seen(String method, String template, String order, URI door) {
        String body = template.equals("/pay") ? "{\"orderId\":\"" + order + "\"}" : "";
        Answer answer = shop.send(callerNamed("alice")
                .at(door)
                .request(
                        template.replace("{id}", order),
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        UUID.randomUUID().toString())
                .method(method, BodyPublishers.ofString(body))
                .build());
        assertThat(answer.status()).as(answer.body()).isIn(403, 404);
        return Seen.of(answer, order);
    }

    /** An answer without what is different each time. */
    private record Seen(int status, Map<String, List<String>> headers, String body) {

        static Seen of(Answer answer, String id) {
            Map<String, List<String>> headers = new TreeMap<>(answer.headers());
            headers.keySet().removeAll(List.of("date", "ratelimit"));
            String body = answer.body().replace(id, "ID").replaceAll("\"traceId\":\"[0-9a-f]{32}\"", "TRACE");
            return new Seen(answer.status(), headers, body);
        }
    }

    private List<URI> doors(String template) {
        return Stream.concat(
                        Stream.of(shop.addresses().gateway()),
                        SharedShop.SERVICES.stream()
                                .filter(name -> open.service(name).routes().stream()
                                        .anyMatch(route -> route.template().startsWith(firstStep(template))))
                                .map(name -> open.service(name).address()))
                .toList();
    }

    private static String firstStep(String template) {
        return "/" + template.split("/")[1];
    }

    private Visitor callerNamed(String name) {
        return Optional.ofNullable(callers.get(name)).orElseThrow();
    }

    // --- The table ---

    /** One line of the table. */
    private record Row(String service, String method, String template, boolean forwarded, Map<String, String> cells) {

        Stream<Map.Entry<String, URI>> doors(AuthorizationMatrixTest test) {
            Map<String, URI> doors = new TreeMap<>();
            if (forwarded) {
                doors.put("the gateway", test.shop.addresses().gateway());
            }
            doors.put(service, test.open.service(service).address());
            return doors.entrySet().stream();
        }

        static Row parse(String line) {
            List<String> cells = Stream.of(line.split("\\|"))
                    .map(cell -> cell.replace("`", "").strip())
                    .toList();
            String[] route = cells.get(2).split(" ");
            return new Row(
                    cells.get(1),
                    route[0],
                    route[1],
                    cells.get(3).equals("yes"),
                    Map.of(
                            "anonymous", cells.get(5),
                            "bad token", cells.get(5),
                            "alice", cells.get(6),
                            "carol", cells.get(7),
                            "service", cells.get(8)));
        }
    }

    private static Stream<Row> rows() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END))
                .lines()
                .skip(2)
                .map(Row::parse);
    }

    private String table() {
        List<String> lines = new ArrayList<>();
        lines.add("| service | route | by the gateway | who | no or bad token | customer | employee | application |");
        lines.add("|---|---|---|---|---|---|---|---|");
        for (String service : List.of("gateway", "products", "cart", "orders", "payments")) {
            open.service(service).routes().stream()
                    .map(route -> line(service, route))
                    .sorted()
                    .forEach(lines::add);
        }
        return String.join("\n", lines) + "\n";
    }

    private String line(String service, Route route) {
        String method = route.method().equals(Route.ANY_METHOD) ? "any" : route.method();
        Access access = route.access();
        return "| %s | `%s %s` | %s | %s | %s | %s | %s | %s |"
                .formatted(
                        service,
                        method,
                        route.template(),
                        service.equals("gateway") ? "" : isForwarded(route) ? "yes" : "no",
                        who(access),
                        anonymous(access),
                        cell(access, Who.CUSTOMER),
                        cell(access, Who.EMPLOYEE),
                        cell(access, Who.APPLICATION));
    }

    private boolean isForwarded(Route route) {
        return open.service("gateway").routes().stream()
                .filter(each -> each.method().equals(Route.ANY_METHOD))
                .map(each -> each.template().replace("/{+rest}", ""))
                .anyMatch(prefix ->
                        route.template().equals(prefix) || route.template().startsWith(prefix + "/"));
    }

    private enum Who {
        CUSTOMER,
        EMPLOYEE,
        APPLICATION
    }

    private static String cell(Access access, Who who) {
        boolean admitted = switch (access) {
            case Access.Open _, Access.SignedIn _ -> true;
            case Access.Customer _ -> who != Who.APPLICATION;
            case Access.Requires _ -> who != Who.CUSTOMER;
            case Access.PersonWith _ -> who == Who.EMPLOYEE;
            case Access.CustomerOr _ -> true;
            case Access.Page(Access visitors) -> !cell(visitors, who).equals("403");
        };
        return access.admitsAnonymous() ? "open" : admitted ? "yes" : "403";
    }

    private static String anonymous(Access access) {
        return access.admitsAnonymous() ? "open" : access instanceof Access.Page ? "sign-in" : "401";
    }

    private static String who(Access access) {
        return switch (access) {
            case Access.Open _ -> "public";
            case Access.SignedIn _ -> "any valid token";
            case Access.Customer _ -> "a customer";
            case Access.Requires(Role role) -> "`" + name(role) + "`";
            case Access.PersonWith(Role role) -> "a person with `" + name(role) + "`";
            case Access.CustomerOr(Role role) -> "a customer, or `" + name(role) + "`";
            case Access.Page(Access visitors) -> who(visitors);
        };
    }

    private static String name(Role role) {
        return switch (role) {
            case CATALOG_MANAGE -> "Catalog.Manage";
            case ORDERS_MANAGE -> "Orders.Manage";
        };
    }

    private static Path page() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .map(folder -> folder.resolve("docs/authorization.md"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
