package dev.hexmart.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds in the adapters and in the services' wiring. */
final class EdgeRules {

    static final String ADAPTER = "dev.hexmart.adapter";
    static final String BOOTSTRAP = "dev.hexmart.bootstrap";
    static final String TOOLS = "dev.hexmart.tools";

    private static final String JSON = ADAPTER + ".json..";
    private static final String HTTP = ADAPTER + ".http.";

    /** Each adapter and what it may know beside itself, the core and {@link #GROUND}; what is not here may not exist. */
    static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            entry("json", "jakarta.json.."),
            entry(
                    "http",
                    JSON,
                    "jakarta.json..",
                    "io.helidon.webserver..",
                    "io.helidon.http..",
                    "io.helidon.common..",
                    "com.sun.management"),
            entry("httpclient", JSON, "jakarta.json.."),
            entry(
                    "postgres",
                    JSON,
                    "jakarta.json..",
                    "java.sql",
                    "javax.sql",
                    "io.helidon.dbclient..",
                    "io.helidon.common..",
                    "io.helidon.config..",
                    "com.zaxxer.hikari..",
                    "org.flywaydb.core..",
                    "org.postgresql.."),
            // Jedis' own settings of its pool are those of Commons Pool.
            entry("redis", JSON, "jakarta.json..", "redis.clients.jedis..", "org.apache.commons.pool2.."),
            entry("rabbitmq", JSON, "jakarta.json..", "com.rabbitmq.client.."),
            entry("entra", "com.nimbusds..", "com.microsoft.aad.msal4j..", "java.net.http"),
            entry("paymentsandbox"),
            entry("telemetry", "io.opentelemetry..", "io.prometheus.metrics..", "ch.qos.logback.."),
            entry("storefront", "gg.jte.."),
            // A page is made of what services answer, in templates, for a browser: here these adapters meet.
            entry("web", JSON, ADAPTER + ".http..", ADAPTER + ".httpclient..", ADAPTER + ".storefront.."));

    /**
     * Each room of the HTTP adapter and what of the project it may know beside itself and JSON; what is not here may not exist.
     * A room knows those below it, and no API knows another.
     */
    static final Map<String, Set<String>> HTTP_ROOMS = Map.ofEntries(
            entry("problem", "application.failure", "application.identity"),
            entry("exchange", "problem", "domain.shared", "application.identity", "application.idempotency"),
            entry(
                    "access",
                    "problem",
                    "exchange",
                    "domain.shared",
                    "application.identity",
                    "application.limit",
                    "application.failure"),
            // The server can be read, and used, without the shop.
            entry("server", "problem", "exchange", "access"),
            entry("api", "problem", "exchange", "domain.shared"),
            api("catalog", "domain.catalog"),
            api("cart", "domain.cart", "application.idempotency"),
            api("ordering", "domain.ordering", "application.idempotency"),
            api("payment", "domain.payment", "application.idempotency"),
            api("identity"),
            api("messaging"));

    /** Open to all modules: the JDK without its clients of databases and servers, and the one way to log. */
    private static final Set<String> GROUND = Set.of(
            "java.io",
            "java.lang..",
            "java.math",
            "java.net",
            "java.nio..",
            "java.security..",
            "java.text",
            "java.time..",
            "java.util..",
            "javax.crypto..",
            "javax.net..",
            "org.slf4j..");

    static final ArchRule ONLY_POSTGRES_SEES_SQL = classes()
            .that()
            .resideInAPackage(Code.ROOT_PACKAGE + "..")
            .and()
            // The audit reads the tables in statements of its own, so that it shares no error with the adapter.
            .resideOutsideOfPackages(ADAPTER + ".postgres..", TOOLS + ".chaos.audit..")
            .should(References.only("are not of SQL", resideOutsideOfPackages("java.sql..", "javax.sql..")))
            .because("a database can be replaced as long as one adapter alone knows that there is one");

    /** What is wired the same way in several services is wired here once. */
    private static final String SHARED_WIRING = "platform";

    static final ArchRule SERVICES_ARE_APART = classes()
            .that()
            .resideInAPackage(BOOTSTRAP + "..")
            .and()
            .resideOutsideOfPackage(BOOTSTRAP + ".demo..")
            .should(References.only("are of no other service", EdgeRules::isOfNoOtherService))
            .because("each service can be deployed without the others");

    static final ArchRule TOOLS_ARE_APART = classes()
            .that()
            .resideInAPackage(Code.ROOT_PACKAGE + "..")
            .and()
            .resideOutsideOfPackages(TOOLS + "..", BOOTSTRAP + ".demo..", BOOTSTRAP + ".identity..")
            .should(References.only("are of no tool", resideOutsideOfPackages(TOOLS + "..")))
            .because("a tool is used beside the shop: no service ships one");

    /** The server tells these that a connection gets on without saying which; a connection is served by one thread. */
    private static final String CONNECTION_DEADLINES = ADAPTER + ".http.server.Deadlines";

    static final ArchRule NOTHING_HIDES_IN_A_THREAD = classes()
            .that()
            .resideInAPackage(Code.ROOT_PACKAGE + "..")
            .and()
            .doNotHaveFullyQualifiedName(CONNECTION_DEADLINES)
            .should(References.only("are not thread-locals", not(assignableTo(ThreadLocal.class))))
            .because("what a call needs is an argument: virtual threads are many, and what is not seen is forgotten");

    private EdgeRules() {}

    /** The rule that a row of {@link #MAY_KNOW} stands for. */
    static ArchRule knowsOnlyWhatItMay(String adapter) {
        String itself = ADAPTER + "." + adapter + "..";
        String[] packages = Stream.of(
                        Set.of(itself, CoreRules.DOMAIN + "..", CoreRules.APPLICATION + ".."),
                        MAY_KNOW.get(adapter),
                        GROUND)
                .flatMap(Set::stream)
                .sorted()
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(itself)
                .should(References.only("are in " + Arrays.toString(packages), resideInAnyPackage(packages)))
                .because("an adapter knows the core and one technology; what two adapters share belongs into neither");
    }

    /** The rule that a row of {@link #HTTP_ROOMS} stands for. */
    static ArchRule httpRoomKnowsOnlyWhatItMay(String room) {
        String itself = HTTP + room;
        String[] packages = Stream.concat(
                        Stream.of(itself, JSON),
                        HTTP_ROOMS.get(room).stream().map(EdgeRules::packageOf).sorted())
                .toArray(String[]::new);
        String ours = Code.ROOT_PACKAGE + "..";
        String[] closed = room.equals("server") ? new String[] {ours} : new String[] {ours, "io.helidon.."};
        return classes()
                .that()
                .resideInAPackage(itself)
                .should(References.only(
                        "are in " + Arrays.toString(packages) + " or outside of " + Arrays.toString(closed),
                        resideInAnyPackage(packages).or(resideOutsideOfPackages(closed))))
                .because("the server, access, problems and the API of each context are read and changed by themselves");
    }

    private static String packageOf(String place) {
        return place.startsWith("domain.") || place.startsWith("application.")
                ? Code.ROOT_PACKAGE + "." + place
                : HTTP + place;
    }

    /** The API of one context: on top of the other rooms, and of the context's own use cases. */
    private static Map.Entry<String, Set<String>> api(String context, String... more) {
        return Map.entry(
                "api." + context,
                Stream.concat(
                                Stream.of(
                                        "problem",
                                        "exchange",
                                        "access",
                                        "server",
                                        "api",
                                        "domain.shared",
                                        "application.identity",
                                        "application." + context),
                                Stream.of(more))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Map.Entry<String, Set<String>> entry(String adapter, String... packages) {
        return Map.entry(adapter, Set.of(packages));
    }

    private static boolean isOfNoOtherService(JavaClass type, JavaClass target) {
        String other = Code.segmentAfter(BOOTSTRAP, target);
        return other.isEmpty() || other.equals(Code.segmentAfter(BOOTSTRAP, type)) || SHARED_WIRING.equals(other);
    }
}
