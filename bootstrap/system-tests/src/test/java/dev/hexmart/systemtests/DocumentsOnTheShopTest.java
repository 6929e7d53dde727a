package dev.hexmart.systemtests;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.systemtests.MessageDocument.Passage;
import dev.hexmart.systemtests.Shop.Answer;
import dev.hexmart.systemtests.YamlDocument.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published documents, held to the routes, the answers and the messages of a running shop. */
@ExtendWith(SharedShop.Open.class)
@TestInstance(Lifecycle.PER_CLASS)
class DocumentsOnTheShopTest {

    /** What the gateway serves with GET besides the API, by the beginnings of its routes. */
    private static final Map<String, List<String>> NO_API = Map.of(
            "pages for people", List.of("/", "/shop", "/office", "/inside", "/signed-out", "/docs"),
            "what the pages are made of", List.of("/images", "/styles", "/scripts"),
            "the documents themselves", List.of("/openapi.yaml", "/asyncapi.yaml"),
            "where the identity provider sends the browser back to", List.of("/callback"));

    /** What a shop that is well does not answer, and why it is not made to. */
    private static final Map<String, Set<String>> NEVER_MET = Map.of(
            "every token that the local provider issues is a customer's or has the role; AccessMatrixTest tries others",
            Set.of(
                    "GET /orders 403",
                    "GET /orders/{id} 403",
                    "GET /orders/{id}/events 403",
                    "GET /payments/{orderId} 403"),
            "it would take a service without its database",
            Set.of("GET /messages/parked 503", "POST /messages/parked/{id}/resend 503"),
            "it would take a broker that is away",
            Set.of("GET /messages/dead 503", "POST /messages/dead/{id}/resend 503"));

    private static final Map<String, Set<String>> NEVER_TOLD = Map.of(
            "two requests would have to meet at the same moment",
            Set.of("request-in-flight", "order-not-reserved", "refund-under-way"),
            "it would take a mistake of ours",
            Set.of("internal-error"));

    private static final Map<String, String> PORTS =
            Map.of("products", "8081", "cart", "8082", "orders", "8083", "payments", "8084");

    /** The name of a span: what is done, the exchange, the type, and the queue where it is a receiver's. */
    private static final Pattern PASSAGE = Pattern.compile(
            "^(create|process) (hexmart\\.[a-z]+):(dev\\.hexmart\\.[a-z0-9.-]+)(?::(hexmart\\.[a-z]+))?$");

    private final ApiDocument api = new ApiDocument();
    private final MessageDocument messages = new MessageDocument();
    private SharedShop open;
    private ApiWalk walk;

    @BeforeAll
    void walk(SharedShop sharedShop) {
        open = sharedShop;
        walk = new ApiWalk(open, api);
        walk.everything();
    }

    // --- HTTP ---

    /** An operation as it is served or described. */
    private record Served(String name, Set<String> services, Set<String> servers, Set<String> security) {

        Served with(Served other) {
            return new Served(
                    name,
                    union(services, other.services),
                    union(servers, other.servers),
                    union(security, other.security));
        }

        private static Set<String> union(Set<String> some, Set<String> others) {
            return Stream.concat(some.stream(), others.stream()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void documentHasExactlyTheRoutesAndTheirAccess() {
        Map<String, Served> served = Stream.of("gateway", "products", "cart", "orders", "payments")
                .flatMap(service -> open.service(service).routes().stream()
                        .filter(route -> !isForwarding(route) && !isNoApi(service, route))
                        .map(route -> served(service, route)))
                .collect(Collectors.toMap(Served::name, Function.identity(), Served::with, TreeMap::new));
        Map<String, Served> described = api.operations().stream()
                .map(operation -> new Served(
                        operation.name(),
                        new TreeSet<>(operation.services(api)),
                        new TreeSet<>(operation.servers()),
                        new TreeSet<>(operation.security())))
                .collect(Collectors.toMap(Served::name, Function.identity(), Served::with, TreeMap::new));

        assertThat(described.values()).containsExactlyInAnyOrderElementsOf(served.values());
    }

    @Test
    void omittedRoutesExist() {
        assertThat(NO_API.values().stream().flatMap(List::stream))
                .allSatisfy(beginning ->
                        assertThat(open.service("gateway").routes()).anyMatch(route -> begins(route, beginning)));
    }

    @Test
    void theDocumentsAreServedAsTheyStandInTheRepository() throws IOException {
        for (YamlDocument document : List.of(api.document(), messages.document())) {
            String path = "/" + document.file().getFileName();
            Answer answer = open.shop().stranger().get(path);
            assertThat(answer.body()).isEqualTo(Files.readString(document.file()));
            assertThat(answer.header("Content-Type")).hasValue("application/yaml");
            assertThat(open.shop()
                            .send(open.shop()
                                    .stranger()
                                    .request(
                                            path,
                                            "If-None-Match",
                                            answer.header("ETag").orElseThrow())
                                    .build())
                            .status())
                    .isEqualTo(304);
        }
    }

    @Test
    void everyAnswerIsAsDocumented() {
        assertThat(walk.breaches()).isEmpty();
    }

    @Test
    void everyDocumentedAnswerIsGiven() {
        Set<String> documented = api.operations().stream()
                .flatMap(operation -> operation.statuses().stream().map(status -> operation.name() + " " + status))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).containsAll(all(NEVER_MET));
        documented.removeAll(walk.answers());
        assertThat(documented).isEqualTo(all(NEVER_MET));
    }

    @Test
    void everyDocumentedRefusalIsTold() {
        Set<String> documented = api.document().root().get("components").names("examples").stream()
                .filter(name -> api.document()
                        .root()
                        .get("components")
                        .get("examples")
                        .get(name)
                        .get("value")
                        .json()
                        .toString()
                        .contains("urn:hexmart:problem:"))
                .collect(Collectors.toCollection(TreeSet::new));
        documented.removeAll(walk.codes());
        assertThat(documented).isSubsetOf(all(NEVER_TOLD));
    }

    // --- Messages ---

    /** After the walk, on which there was a message of each type. */
    @Test
    void documentHasExactlyTheSendersAndReceiversOfMessages() {
        await().atMost(ofSeconds(20))
                .untilAsserted(() -> assertThat(passages()).containsExactlyInAnyOrderElementsOf(messages.passages()));
    }

    @Test
    void everyMessageThatWasSentIsAsDocumented() {
        Set<String> types = new TreeSet<>();
        for (String context : List.of("ordering", "catalog", "payment")) {
            for (Map<String, Object> sent :
                    open.stores().rows("SELECT type, body, headers::text FROM " + context + ".outbox")) {
                String type = sent.get("type").toString();
                Place message =
                        Optional.ofNullable(messages.messages().get(type)).orElseThrow();
                assertThat(message.get("payload").violations(sent.get("body").toString()))
                        .isEmpty();
                assertThat(message.listed("traits")
                                .getFirst()
                                .get("headers")
                                .violations(sent.get("headers").toString()))
                        .isEmpty();
                types.add(type);
            }
        }
        assertThat(types).isEqualTo(messages.messages().keySet());
    }

    /** Who has sent and received what, as the services have told the collector. */
    private Set<Passage> passages() {
        return open.collector().spans().stream()
                .flatMap(span -> PASSAGE.matcher(span.name())
                        .results()
                        .map(found -> new Passage(
                                span.service(),
                                found.group(1).equals("create") ? "send" : "receive",
                                Optional.ofNullable(found.group(4)).orElse(found.group(2)),
                                found.group(3))))
                .collect(Collectors.toSet());
    }

    private static Set<String> all(Map<String, Set<String>> byReason) {
        return byReason.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private Served served(String service, Route route) {
        boolean gateway = service.equals("gateway") || isForwarded(route);
        Stream<String> servers = Stream.concat(
                gateway ? Stream.of("/") : Stream.empty(),
                Stream.ofNullable(PORTS.get(service)).map(port -> "http://localhost:" + port));
        Stream<String> security = alternatives(route.access()).stream()
                .flatMap(names ->
                        gateway ? Stream.of("bearer " + names, "session " + names) : Stream.of("bearer " + names));
        return new Served(
                route.method() + " " + route.template(),
                new TreeSet<>(Set.of(service)),
                servers.collect(Collectors.toCollection(TreeSet::new)),
                security.collect(Collectors.toCollection(TreeSet::new)));
    }

    private static List<List<String>> alternatives(Access access) {
        return switch (access) {
            case Access.Open _ -> List.of();
            case Access.SignedIn _ -> List.of(List.of());
            case Access.Customer _ -> List.of(List.of("access_as_user"));
            case Access.Requires(var role) -> List.of(List.of(role.published()));
            case Access.PersonWith(var role) -> List.of(List.of(role.published(), "person"));
            case Access.CustomerOr(var role) -> List.of(List.of("access_as_user"), List.of(role.published()));
            case Access.Page(var visitors) -> alternatives(visitors);
        };
    }

    private boolean isForwarded(Route route) {
        return open.service("gateway").routes().stream()
                .filter(DocumentsOnTheShopTest::isForwarding)
                .anyMatch(each -> begins(route, each.template().replace("/{+rest}", "")));
    }

    private static boolean isForwarding(Route route) {
        return route.method().equals(Route.ANY_METHOD);
    }

    private static boolean isNoApi(String service, Route route) {
        return service.equals("gateway")
                && route.method().equals("GET")
                && NO_API.values().stream().flatMap(List::stream).anyMatch(beginning -> begins(route, beginning));
    }

    private static boolean begins(Route route, String path) {
        return route.template().equals(path)
                || (!path.equals("/") && route.template().startsWith(path + "/"));
    }
}
