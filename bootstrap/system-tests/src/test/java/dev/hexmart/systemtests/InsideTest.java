package dev.hexmart.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.ServiceDescription;
import dev.hexmart.bootstrap.gateway.GatewayService;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.systemtests.Shop.Answer;
import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.reflect.AccessFlag;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The services' descriptions of themselves and the page that draws them, compared with the class files.
 *
 * <p>What a service declares must be what is referenced and constructed from its wiring on.
 */
@ExtendWith(SharedShop.Open.class)
class InsideTest {

    private static final Set<String> PORTS = ClassFiles.drivenPorts();
    private static final Set<String> USE_CASES = ClassFiles.useCases();

    private SharedShop open;

    private record Pair(String port, String adapter, String technology) {}

    @BeforeEach
    void open(SharedShop sharedShop) {
        open = sharedShop;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "products", "cart", "orders", "payments"})
    void everyPortOfAServiceIsDrawnWithItsRealAdapterAndNothingElse(String service) {
        Set<Pair> drawn = wiring(service).ports().stream()
                .map(port -> new Pair(port.name(), port.adapter(), port.place()))
                .collect(Collectors.toSet());

        assertThat(drawn).isNotEmpty().isEqualTo(wired(service));
    }

    @Test
    void everyDrivenPortOfTheApplicationIsSomewhere() {
        Set<String> drawn = Stream.of("gateway", "products", "cart", "orders", "payments")
                .flatMap(service -> wiring(service).ports().stream())
                .map(ServiceDescription.Port::name)
                .collect(Collectors.toSet());

        assertThat(PORTS).hasSizeGreaterThan(15);
        assertThat(drawn).isEqualTo(PORTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "products", "cart", "orders", "payments"})
    void everyUseCaseThatAServiceConstructsIsDrawn(String service) {
        assertThat(wiring(service).useCases()).isNotEmpty().containsExactlyInAnyOrderElementsOf(constructed(service));
    }

    @Test
    void everyUseCaseOfTheApplicationIsSomewhere() {
        Set<String> drawn = Stream.of("gateway", "products", "cart", "orders", "payments")
                .flatMap(service -> wiring(service).useCases().stream())
                .collect(Collectors.toSet());

        assertThat(drawn).isEqualTo(ClassFiles.simple(USE_CASES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "products", "cart", "orders", "payments"})
    void everyRouteIsDrawnAtTheAdapterThatServesIt(String service) {
        List<String> drawn = wiring(service).drivers().stream()
                .flatMap(driver -> driver.routes().stream())
                .toList();

        assertThat(drawn)
                .containsExactlyInAnyOrderElementsOf(open.service(service).routes().stream()
                        .map(route -> (route.method().equals("*") ? "any" : route.method()) + " " + route.template())
                        .toList());
    }

    @Test
    void allDriversAreDrawn() {
        assertThat(drivers("orders", "AdvanceOrder"))
                .containsExactlyInAnyOrder("AmqpConsumer", "expiry of unpaid orders");
        assertThat(drivers("orders", "PlaceOrder")).containsExactly("OrdersApi");
        assertThat(drivers("orders", "OutboxRelay"))
                .containsExactlyInAnyOrder("outbox relay", "messages' housekeeping");
        assertThat(drivers("payments", "SettlePayment")).containsExactly("Settlement");
        assertThat(drivers("gateway", "ResumeSession")).containsExactly("SessionAuthenticator");
        assertThat(drivers("cart", "CheckOutCart")).containsExactly("CartApi");
        assertThat(wiring("gateway").drivers())
                .extracting(ServiceDescription.Driver::name)
                .contains("Forwarding", "ShopPages");
    }

    @Test
    void thePageShowsWhatTheServicesSay() {
        Answer page = get(open.service("gateway"), "/inside");

        assertThat(page.status()).isEqualTo(200);
        for (String service : List.of("gateway", "products", "cart", "orders", "payments")) {
            ServiceDescription wiring = wiring(service);
            assertThat(page.body())
                    .contains(wiring.useCases())
                    .contains(wiring.ports().stream()
                            .flatMap(port -> Stream.of(port.name(), port.adapter()))
                            .toList());
        }
        assertThat(page.body()).doesNotContain("Does not answer", "Not ready", "is not known yet", "style=");
        Answer decision = get(open.service("gateway"), "/inside/decisions/0002-wiring-by-hand.md");
        assertThat(decision.body()).startsWith("# 0002. ");
        assertThat(get(open.service("gateway"), "/inside/decisions/README.md").status())
                .isEqualTo(404);
    }

    @Test
    void aServiceThatFallsSilentIsStillDrawn() throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(service, "/health/ready", 503, """
                {"status":"DOWN","checks":[{"name":"database","status":"DOWN"},{"name":"broker","status":"UP"}]}""");
        answer(service, "/wiring", 200, """
                {"drivers":[],"useCases":["SingSongs"],"ports":[{"name":"Choir","adapter":"BrassBand","place":"park"}]}""");
        service.start();
        String address = "http://127.0.0.1:" + service.getAddress().getPort();
        try (ServiceHost gateway = gateway(Map.of("CART_MANAGEMENT_URL", address))) {
            assertThat(get(gateway, "/inside").body())
                    .contains("Not ready: database", "BrassBand", "SingSongs")
                    .doesNotContain("Does not answer");
            service.stop(0);
            assertThat(get(gateway, "/inside").body()).contains("Does not answer", "BrassBand", "SingSongs");
        }
        try (ServiceHost gateway = gateway(Map.of("CART_MANAGEMENT_URL", address))) {
            assertThat(get(gateway, "/inside").body()).contains("Does not answer", "is not known yet");
        }
    }

    @Test
    void aShopThatWasNotToldToShowsNothing() {
        try (ServiceHost gateway = gateway(Map.of())) {
            for (String path : List.of("/inside", "/inside/decisions/0002-wiring-by-hand.md")) {
                Answer page = get(gateway, path);
                assertThat(page.status()).isEqualTo(404);
                assertThat(page.body())
                        .contains("PRODUCTS_MANAGEMENT_URL")
                        .doesNotContain("RedisSessionRepository", "/inside\"");
            }
        }
        assertThat(get(open.service("gateway"), "/wiring").status()).isEqualTo(404);
    }

    private ServiceHost gateway(Map<String, String> management) {
        Map<String, String> environment = open.environment("gateway");
        environment.keySet().removeIf(name -> name.endsWith("_MANAGEMENT_URL"));
        environment.putAll(management);
        return GatewayService.start(GatewaySettings.from(new Environment(environment)));
    }

    private static void answer(HttpServer server, String path, int status, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private Set<String> drivers(String service, String useCase) {
        return wiring(service).drivers().stream()
                .filter(driver -> driver.useCases().contains(useCase))
                .map(ServiceDescription.Driver::name)
                .collect(Collectors.toSet());
    }

    private ServiceDescription wiring(String service) {
        return JsonInput.parse(send(open.service(service).managementAddress(), "/wiring")
                        .body())
                .as(ServiceDescription::read);
    }

    private Answer get(ServiceHost host, String path) {
        return send(host.address(), path);
    }

    private Answer send(URI address, String path) {
        return open.shop()
                .send(HttpRequest.newBuilder(address.resolve(path))
                        .header("Accept", "text/html,*/*;q=0.8")
                        .build());
    }

    /** The ports that are implemented by the adapters' classes to which the references lead from the wiring. */
    private static Set<Pair> wired(String service) {
        return wiringOf(service)
                .flatMap(type -> implemented(type.thisClass().asInternalName(), type).stream())
                .collect(Collectors.toSet());
    }

    /** The use cases that the wiring constructs. */
    private static Set<String> constructed(String service) {
        return wiringOf(service)
                .flatMap(type -> type.methods().stream())
                .flatMap(method -> method.code().stream())
                .flatMap(CodeModel::elementStream)
                .flatMap(element -> element instanceof NewObjectInstruction created
                        ? Stream.of(created.className().asInternalName())
                        : Stream.of())
                .filter(USE_CASES::contains)
                .map(ClassFiles::simple)
                .collect(Collectors.toSet());
    }

    /** The classes of the service, of the platform and of the adapters to which the references lead from the service. */
    private static Stream<ClassModel> wiringOf(String service) {
        String wiring = "dev/hexmart/bootstrap/" + service + "/";
        String first = wiring + service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1) + "Service";
        List<String> followed = List.of(wiring, "dev/hexmart/bootstrap/platform/", "dev/hexmart/adapter/");
        Map<String, ClassModel> seen = new LinkedHashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(first));
        while (!next.isEmpty()) {
            String name = next.poll();
            if (followed.stream().anyMatch(name::startsWith) && !seen.containsKey(name)) {
                ClassModel type = ClassFiles.read(name);
                seen.put(name, type);
                references(type).forEach(next::add);
            }
        }
        return seen.values().stream();
    }

    private static Set<Pair> implemented(String name, ClassModel type) {
        boolean adapter = name.startsWith("dev/hexmart/adapter/")
                // Telemetry stands in front of adapters, and is none.
                && !name.startsWith("dev/hexmart/adapter/telemetry/")
                && !type.flags().has(AccessFlag.INTERFACE);
        return adapter
                ? type.interfaces().stream()
                        .map(ClassEntry::asInternalName)
                        // A decorator stands in front of an adapter.
                        .filter(port -> type.fields().stream()
                                .noneMatch(field -> field.fieldType().equalsString("L" + port + ";")))
                        .map(ClassFiles::simple)
                        .filter(PORTS::contains)
                        .map(port -> new Pair(port, ClassFiles.simple(name), name.split("/")[3]))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static Stream<String> references(ClassModel type) {
        return StreamSupport.stream(type.constantPool().spliterator(), false)
                .flatMap(entry ->
                        entry instanceof ClassEntry reference ? Stream.of(reference.asInternalName()) : Stream.empty());
    }
}
