package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.bootstrap.cart.CartSettings;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.orders.OrdersSettings;
import dev.hexmart.bootstrap.payments.PaymentsSettings;
import dev.hexmart.bootstrap.products.ProductsSettings;
import dev.hexmart.bootstrap.runtime.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a variable that is wrong: its name, and nothing of what is in it. */
class BadConfigurationTest {

    private static final String SECRET = "canary";

    /** Bad in every variable that is not free text; each with something in it that may be a secret. */
    private static final List<String> BAD = List.of(
            SECRET,
            "https://" + SECRET + ":" + SECRET + "@ host",
            "redis://:" + SECRET + "@",
            "amqp://" + SECRET + "@host",
            "jdbc:postgresql://host/db?user=u&password=" + SECRET);

    private static final Map<String, Consumer<Environment>> SERVICES = Map.of(
            "gateway", GatewaySettings::from,
            "products", ProductsSettings::from,
            "cart", CartSettings::from,
            "orders", OrdersSettings::from,
            "payments", PaymentsSettings::from);

    /** Every value is good enough for these, or is found out only by whom it is for. */
    private static final Set<String> FREE_TEXT = Set.of(
            "DATABASE_PASSWORD",
            "DATABASE_USER",
            "HTTP_HOST",
            "IDENTITY_CLIENT_SECRET",
            "IDENTITY_DATA",
            "PAYMENT_METHODS",
            "SANDBOX_LEDGER");

    private static final Pattern READ =
            Pattern.compile("(?:environment\\s*\\.\\s*\\w+|allowance)\\(\\s*(?:environment, )?\"([A-Z_]+)\"");

    @ParameterizedTest
    @CsvSource({
        "gateway,  'PORT MANAGEMENT_PORT',          'PRODUCTS_URL CART_URL ORDERS_URL PAYMENTS_URL REDIS_URL"
                + " RATE_LIMIT_ADDRESS RATE_LIMIT_CUSTOMER TRUSTED_PROXIES'",
        "products, 'PORT MANAGEMENT_PORT',          'DATABASE_URL DATABASE_POOL AMQP_URL'",
        "cart,     'PORT MANAGEMENT_PORT',          'REDIS_URL PRODUCTS_URL ORDERS_URL'",
        "orders,   'PORT MANAGEMENT_PORT',          'DATABASE_URL DATABASE_POOL AMQP_URL PRODUCTS_URL"
                + " RESERVATION_TIME'",
        "payments, 'PORT MANAGEMENT_PORT',          'DATABASE_URL DATABASE_POOL AMQP_URL ORDERS_URL'",
    })
    void aBadValueIsRefusedInOneLineThatNamesTheVariableAndNotTheValue(String service, String own, String others) {
        Set<String> expected = new TreeSet<>(
                Set.of("ENTRA_AUTHORITY", "ENTRA_TENANT_ID", "ENTRA_CLIENT_ID", "SHUTDOWN_DRAIN", "PUBLIC_URL"));
        Stream.of(own.split(" "))
                .map(name -> service.toUpperCase(Locale.ROOT) + "_" + name)
                .forEach(expected::add);
        expected.addAll(List.of(others.split(" ")));

        for (String variable : expected) {
            for (String bad : BAD) {
                said(service, Map.of(variable, bad))
                        .ifPresent(message ->
                                assertThat(message).contains(variable).doesNotContain(SECRET));
            }
            assertThat(said(service, Map.of(variable, SECRET))).as(variable).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gateway,  'REDIS_URL PRODUCTS_URL CART_URL ORDERS_URL PAYMENTS_URL'",
        "products, 'DATABASE_URL DATABASE_USER DATABASE_PASSWORD AMQP_URL'",
        "cart,     'REDIS_URL PRODUCTS_URL ORDERS_URL'",
        "orders,   'DATABASE_URL DATABASE_USER DATABASE_PASSWORD AMQP_URL PRODUCTS_URL'",
        "payments, 'DATABASE_URL DATABASE_USER DATABASE_PASSWORD AMQP_URL ORDERS_URL'",
    })
    void whatIsMissingIsNamed(String service, String needed) {
        Stream.concat(Stream.of(needed.split(" ")), Stream.of("ENTRA_TENANT_ID", "ENTRA_CLIENT_ID"))
                .forEach(variable -> assertThat(said(service, Map.of(variable, "")))
                        .hasValueSatisfying(message -> assertThat(message).isEqualTo(variable + " is not set")));
    }

    /** So that a new variable is tried here too. */
    @Test
    void everyVariableThatIsReadAnywhereIsTriedHere() throws IOException {
        Set<String> known = new TreeSet<>(FREE_TEXT);
        known.addAll(good().keySet());
        known.addAll(Set.of("RATE_LIMIT_ADDRESS", "RATE_LIMIT_CUSTOMER", "TRUSTED_PROXIES", "IDENTITY_PORT"));
        assertThat(read()).hasSizeGreaterThan(15).isSubsetOf(known);
    }

    private static Set<String> read() throws IOException {
        Path bootstrap = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(bootstrap)) {
            return files.filter(file -> file.toString().contains("src/main/java")
                            && file.toString().endsWith(".java"))
                    .flatMap(file -> READ.matcher(text(file)).results())
                    .map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the process prints, if it cannot start. */
    private static Optional<String> said(String service, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(good());
        environment.putAll(variables);
        try {
            Optional.ofNullable(SERVICES.get(service)).orElseThrow().accept(new Environment(environment));
            return Optional.empty();
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage()).lines().findFirst();
        }
    }

    private static Map<String, String> good() {
        return Map.ofEntries(
                Map.entry("DATABASE_URL", "jdbc:postgresql://localhost/ecommerce"),
                Map.entry("DATABASE_USER", "shop"),
                Map.entry("DATABASE_PASSWORD", "shop"),
                Map.entry("DATABASE_POOL", "5"),
                Map.entry("REDIS_URL", "redis://localhost"),
                Map.entry("AMQP_URL", "amqp://shop:shop@localhost"),
                Map.entry("PRODUCTS_URL", "http://localhost:8081"),
                Map.entry("CART_URL", "http://localhost:8082"),
                Map.entry("ORDERS_URL", "http://localhost:8083"),
                Map.entry("PAYMENTS_URL", "http://localhost:8084"),
                Map.entry("ENTRA_AUTHORITY", "https://login.microsoftonline.com"),
                Map.entry("ENTRA_TENANT_ID", Shop.TENANT),
                Map.entry("ENTRA_CLIENT_ID", Shop.CLIENT),
                Map.entry("RESERVATION_TIME", "PT15M"),
                Map.entry("SHUTDOWN_DRAIN", "PT1S"),
                Map.entry("PUBLIC_URL", "https://shop.example.org"));
    }
}
