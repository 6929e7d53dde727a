package dev.hexmart.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The third lock bites: each rule of {@link ArchitectureTest} goes red, and names the culprit. */
class PlantedInTheCodeTest {

    @TempDir
    private Path folder;

    @Test
    void aDomainThatReadsTheClockIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.domain.ordering;
            final class Deadline {
                boolean isOver(java.time.Instant end) { return java.time.Instant.now().isAfter(end); }
            }
            """);

        assertCaught(
                CoreRules.TAKES_TIME_AND_CHANCE_FROM_OUTSIDE,
                planted,
                "Deadline.isOver(java.time.Instant)> calls method <java.time.Instant.now()>");
    }

    @Test
    void randomIdInAUseCaseIsCaughtAlsoAsAMethodReference() {
        JavaClasses planted = planted("""
            package dev.hexmart.application.ordering;
            final class NumberOrders {
                private final java.util.function.Supplier<java.util.UUID> ids = java.util.UUID::randomUUID;
            }
            """);

        assertCaught(
                CoreRules.TAKES_TIME_AND_CHANCE_FROM_OUTSIDE, planted, "NumberOrders", "<java.util.UUID.randomUUID()>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.currentTimeMillis()",
                "System.nanoTime()",
                "System.getenv(\"HOME\")",
                "System.out.append(\"sold\")",
                "Thread.currentThread()",
                "Runtime.getRuntime()",
                "ThreadLocal.withInitial(() -> 1)",
                "java.time.LocalDate.now()",
                "java.time.Clock.systemUTC()",
                "java.util.concurrent.ThreadLocalRandom.current()",
                "new java.util.Random()",
                "new java.security.SecureRandom()",
                "new java.util.Timer()",
                "java.nio.file.Path.of(\"orders\")",
                "java.net.InetAddress.getLoopbackAddress()",
                "java.util.regex.Pattern.compile(\"[a-z]+\")",
                "org.slf4j.LoggerFactory.getLogger(\"orders\")",
            })
    void aCoreThatReachesForTheOutsideIsCaught(String expression) {
        JavaClasses planted = planted("""
            package dev.hexmart.domain.ordering;
            final class Curious {
                Object look() { return %s; }
            }
            """.formatted(expression));

        assertCaught(CoreRules.knowsOnlyWhatItMay("domain.ordering"), planted, "Curious.look()");
    }

    @Test
    void aContextThatReachesIntoAnotherIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.domain.catalog;
            final class Bestsellers {
                boolean counts(dev.hexmart.domain.ordering.Order order) { return true; }
            }
            """);

        assertCaught(
                CoreRules.knowsOnlyWhatItMay("domain.catalog"),
                planted,
                "Bestsellers.counts(dev.hexmart.domain.ordering.Order)",
                "has parameter of type <dev.hexmart.domain.ordering.Order>");
    }

    /** Each is of a type that the domain's catalog may not know, in a place where ArchUnit by itself sees none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "switch (it) { case %s found -> 1; default -> 0; }",
                "switch (it) { case %s[] found -> 1; default -> 0; }",
                "((%s) it) == null ? 1 : 0",
                "count((%s[]) it)",
                "count(new %s[0])",
                "count(new %s[0][0])",
            })
    void aTypeNamedOnlyInACoresExpressionIsCaught(String expression) {
        for (String type : List.of("dev.hexmart.domain.ordering.Order", "java.sql.Connection", "Thread")) {
            JavaClasses planted = planted("""
                package dev.hexmart.domain.catalog;
                final class Curious {
                    int look(Object it) { return %s; }
                    private static int count(Object... them) { return them.length; }
                }
                """.formatted(expression.formatted(type)));

            assertCaught(
                    CoreRules.knowsOnlyWhatItMay("domain.catalog"),
                    planted,
                    "dev.hexmart.domain.catalog.Curious> names <" + type.replaceFirst("^Thread", "java.lang.Thread")
                            + ">");
        }
    }

    @Test
    void anEnumConstantNamedOnlyInACaseIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.domain.ordering;
            public enum Haste { NONE, SOME }
            """, """
            package dev.hexmart.domain.catalog;
            final class Curious {
                int look(Object it) {
                    return switch (it) { case dev.hexmart.domain.ordering.Haste.SOME -> 1; default -> 0; };
                }
            }
            """);

        assertCaught(
                CoreRules.knowsOnlyWhatItMay("domain.catalog"),
                planted,
                "dev.hexmart.domain.catalog.Curious> names <dev.hexmart.domain.ordering.Haste>");
    }

    @Test
    void aLocalVariableOfAnotherContextIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.domain.catalog;
            final class Curious {
                int look() {
                    java.util.List<dev.hexmart.domain.ordering.Order> orders = java.util.List.of();
                    return orders.size();
                }
            }
            """);

        assertCaught(
                CoreRules.knowsOnlyWhatItMay("domain.catalog"),
                planted,
                "dev.hexmart.domain.catalog.Curious> names <dev.hexmart.domain.ordering.Order>");
    }

    @Test
    void aTypeNamedOnlyInAnEdgesExpressionIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.adapter.http;
            final class Curious {
                int rows(Object it) { return switch (it) { case java.sql.ResultSet _ -> 1; default -> 0; }; }
                Object local(Object it) { return (InheritableThreadLocal<?>) it; }
            }
            """, """
            package dev.hexmart.bootstrap.orders;
            public final class OrdersSettings {}
            """, """
            package dev.hexmart.bootstrap.cart;
            final class CartSettings {
                Object[] orders() { return new dev.hexmart.bootstrap.orders.OrdersSettings[1]; }
            }
            """);

        assertCaught(EdgeRules.knowsOnlyWhatItMay("http"), planted, "Curious> names <java.sql.ResultSet>");
        assertCaught(EdgeRules.ONLY_POSTGRES_SEES_SQL, planted, "Curious> names <java.sql.ResultSet>");
        assertCaught(EdgeRules.NOTHING_HIDES_IN_A_THREAD, planted, "Curious> names <java.lang.InheritableThreadLocal>");
        assertCaught(
                EdgeRules.SERVICES_ARE_APART,
                planted,
                "CartSettings> names <dev.hexmart.bootstrap.orders.OrdersSettings>");
    }

    @Test
    void aUseCaseThatReachesIntoAnotherContextsRepositoryIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.application.ordering;
            record PeekAtStock(dev.hexmart.application.catalog.StockRepository stock) {}
            """);

        assertCaught(
                CoreRules.knowsOnlyWhatItMay("application.ordering"),
                planted,
                "has type <dev.hexmart.application.catalog.StockRepository>");
    }

    @Test
    void aPackageCycleIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.application.transaction;
            public record Scope(dev.hexmart.application.messaging.Sender sender) {}
            """, """
            package dev.hexmart.application.messaging;
            public interface Sender {
                void send(dev.hexmart.application.transaction.Scope scope);
            }
            """);

        assertCaught(PackageRules.HAVE_NO_CYCLES, planted, "Cycle detected", "transaction", "messaging");
    }

    @Test
    void aServerThatKnowsAContextIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.adapter.http.server;
            record CachedOrder(dev.hexmart.domain.ordering.Order order) {}
            """);

        assertCaught(
                EdgeRules.httpRoomKnowsOnlyWhatItMay("server"),
                planted,
                "has type <dev.hexmart.domain.ordering.Order>");
    }

    @Test
    void anApiThatKnowsAnotherIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.adapter.http.api.cart;
            public final class CartApi {}
            """, """
            package dev.hexmart.adapter.http.api.ordering;
            record OrdersApi(dev.hexmart.adapter.http.api.cart.CartApi cart) {}
            """);

        assertCaught(
                EdgeRules.httpRoomKnowsOnlyWhatItMay("api.ordering"),
                planted,
                "has type <dev.hexmart.adapter.http.api.cart.CartApi>");
    }

    @Test
    void aRoomThatKnowsOneAboveItIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.adapter.http.server;
            public final class Routes {}
            """, """
            package dev.hexmart.adapter.http.problem;
            record WrongMethod(dev.hexmart.adapter.http.server.Routes routes) {}
            """);

        assertCaught(
                EdgeRules.httpRoomKnowsOnlyWhatItMay("problem"),
                planted,
                "has type <dev.hexmart.adapter.http.server.Routes>");
    }

    @Test
    void helidonOutsideOfTheServerIsCaught() {
        JavaClasses planted = planted("""
            package io.helidon.http;
            public interface Headers {}
            """, """
            package dev.hexmart.adapter.http.exchange;
            record Fields(io.helidon.http.Headers headers) {}
            """);

        assertCaught(EdgeRules.httpRoomKnowsOnlyWhatItMay("exchange"), planted, "has type <io.helidon.http.Headers>");
    }

    @Test
    void anOpenClassInTheCoreIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.domain.cart;
            class Basket {}
            """);

        assertCaught(CoreRules.IS_CLOSED, planted, "dev.hexmart.domain.cart.Basket");
    }

    @Test
    void aMutableClassInTheCoreIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.domain.cart;
            final class Basket {
                private int pieces;
                int pieces() { return pieces; }
            }
            """);

        assertCaught(CoreRules.IS_IMMUTABLE, planted, "dev.hexmart.domain.cart.Basket.pieces");
    }

    @Test
    void aSetterInTheCoreIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.domain.cart;
            final class Basket {
                private final int[] pieces = new int[1];
                void setPieces(int count) { pieces[0] = count; }
            }
            """);

        assertCaught(CoreRules.HAS_NO_SETTERS, planted, "dev.hexmart.domain.cart.Basket.setPieces(int)");
    }

    @Test
    void anAdapterThatKnowsAnotherIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.adapter.postgres;
            public final class Rows {}
            """, """
            package dev.hexmart.adapter.redis;
            record CachedRows(dev.hexmart.adapter.postgres.Rows rows) {}
            """);

        assertCaught(EdgeRules.knowsOnlyWhatItMay("redis"), planted, "has type <dev.hexmart.adapter.postgres.Rows>");
    }

    @Test
    void aWebAdapterThatKnowsMoreThanItMayIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.adapter.redis;
            public final class Rows {}
            """, """
            package dev.hexmart.adapter.web;
            public record CachedPage(dev.hexmart.adapter.redis.Rows rows) {}
            """, """
            package dev.hexmart.adapter.storefront;
            record Shortcut(dev.hexmart.adapter.web.CachedPage page) {}
            """);

        assertCaught(EdgeRules.knowsOnlyWhatItMay("web"), planted, "has type <dev.hexmart.adapter.redis.Rows>");
        assertCaught(
                EdgeRules.knowsOnlyWhatItMay("storefront"), planted, "has type <dev.hexmart.adapter.web.CachedPage>");
    }

    @Test
    void anAdapterThatTakesToAForeignTechnologyIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.adapter.http;
            record DirectAnswer(java.sql.ResultSet rows) {}
            """);

        assertCaught(EdgeRules.knowsOnlyWhatItMay("http"), planted, "has type <java.sql.ResultSet>");
        assertCaught(EdgeRules.ONLY_POSTGRES_SEES_SQL, planted, "has type <java.sql.ResultSet>");
    }

    @Test
    void somethingHiddenInAThreadIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.adapter.http;
            final class CurrentUser {
                private static final ThreadLocal<String> NAME = new InheritableThreadLocal<>();
            }
            """);

        assertCaught(
                EdgeRules.NOTHING_HIDES_IN_A_THREAD, planted, "CurrentUser.NAME> has type <java.lang.ThreadLocal>");
    }

    @Test
    void aServiceThatKnowsAnotherIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.bootstrap.orders;
            public final class OrdersSettings {}
            """, """
            package dev.hexmart.bootstrap.cart;
            record CartSettings(dev.hexmart.bootstrap.orders.OrdersSettings orders) {}
            """);

        assertCaught(EdgeRules.SERVICES_ARE_APART, planted, "has type <dev.hexmart.bootstrap.orders.OrdersSettings>");
    }

    @Test
    void aServiceThatKnowsAToolIsCaught() {
        JavaClasses planted = planted("""
            package dev.hexmart.tools.viewer;
            public final class TelemetryViewer {}
            """, """
            package dev.hexmart.bootstrap.orders;
            record OrdersSettings(dev.hexmart.tools.viewer.TelemetryViewer viewer) {}
            """);

        assertCaught(EdgeRules.TOOLS_ARE_APART, planted, "has type <dev.hexmart.tools.viewer.TelemetryViewer>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PriceUtil",
                "MoneyUtils",
                "OrderHelper",
                "CartManager",
                "ProductRepositoryImpl",
                "BaseHandler",
                "CommonErrors"
            })
    void aNameThatSaysNothingIsCaught(String name) {
        JavaClasses planted = planted("package dev.hexmart.adapter.http; final class %s {}".formatted(name));

        assertCaught(NamingRules.NAMES_SAY_SOMETHING, planted, "dev.hexmart.adapter.http." + name);
    }

    @Test
    void aPackageThatSaysNothingIsCaught() {
        JavaClasses planted = planted("package dev.hexmart.adapter.http.util; final class Headers {}");

        assertCaught(NamingRules.NAMES_SAY_SOMETHING, planted, "dev.hexmart.adapter.http.util.Headers");
    }

    @Test
    void aPortWithoutAContractIsCaught() {
        assertPortCaught("has no contract: the application's tests need a ParcelTrackingContract", PORT);
    }

    @Test
    void contractWithoutTestsIsCaught() {
        assertPortCaught(
                "has a contract without a test",
                PORT,
                "package dev.hexmart.application.ordering; abstract class ParcelTrackingContract {}",
                "package dev.hexmart.application.ordering; class Fake extends ParcelTrackingContract {}");
    }

    @Test
    void aPortThatOnlyItsFakeKeepsIsCaught() {
        assertPortCaught(
                "has a contract that no real adapter runs, only [InMemoryParcelTrackingTest]",
                PORT,
                CONTRACT,
                "package dev.hexmart.application.ordering;"
                        + " class InMemoryParcelTrackingTest extends ParcelTrackingContract {}");
    }

    @Test
    void aPortWithoutAFakeIsCaught() {
        assertPortCaught(
                "has a contract that no fake of the application runs",
                PORT,
                CONTRACT,
                "package dev.hexmart.adapter.httpclient; class HttpParcelTrackingTest"
                        + " extends dev.hexmart.application.ordering.ParcelTrackingContract {}");
    }

    @Test
    void aPortThatDoesNotCallItselfOneIsCaught() {
        Planted planted = Planted.in(folder, """
            package dev.hexmart.application.ordering;
            /** Where a parcel is. */
            public interface ParcelTracking {
                String whereIs(String parcel);
            }
            """, """
            package dev.hexmart.adapter.httpclient;
            final class HttpParcelTracking implements dev.hexmart.application.ordering.ParcelTracking {
                @Override
                public String whereIs(String parcel) { return "Köln"; }
            }
            """);

        assertCaught(
                PortRules.adaptersImplementOnlyPorts(PortRules.drivenPortsIn(planted.folder())),
                planted.classes(),
                "dev.hexmart.application.ordering.ParcelTracking is implemented by an adapter");
    }

    @Test
    void aRuleForAPackageThatDoesNotExistIsCaught() {
        JavaClasses planted = planted("package dev.hexmart.domain.ordreing; final class Order {}");

        assertCaught(CoreRules.knowsOnlyWhatItMay("domain.ordering"), planted, "failed to check any classes");
    }

    private static final String PORT = """
        package dev.hexmart.application.ordering;
        /** Driven port: where a parcel is. */
        public interface ParcelTracking {
            String whereIs(String parcel);
        }
        """;

    private static final String CONTRACT = """
        package dev.hexmart.application.ordering;
        public abstract class ParcelTrackingContract {
            @org.junit.jupiter.api.Test
            void everyParcelIsSomewhere() {}
        }
        """;

    private void assertPortCaught(String message, String... sources) {
        Planted planted = Planted.in(folder, sources);
        JavaClasses classes = planted.classes();

        assertCaught(
                PortRules.everyPortHasAContractThatAFakeAndARealAdapterKeep(
                        PortRules.drivenPortsIn(planted.folder()), classes),
                classes,
                "dev.hexmart.application.ordering.ParcelTracking " + message);
    }

    private JavaClasses planted(String... sources) {
        return Planted.in(folder, sources).classes();
    }

    private static void assertCaught(ArchRule rule, JavaClasses planted, String... message) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule.check(planted))
                .withMessageContainingAll(message);
    }
}
