package dev.hexmart.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.telemetry.TelemetrySettings;
import dev.hexmart.bootstrap.cart.CartSettings;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.orders.OrdersSettings;
import dev.hexmart.bootstrap.payments.PaymentsSettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.process.ServiceProcess;
import dev.hexmart.bootstrap.products.ProductsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a variable that is wrong: its name, and nothing of what is in it. */
@ExtendWith(SharedShop.Open.class)
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
            "ENTRA_CLIENT_SECRET",
            "HTTP_HOST",
            "IDENTITY_CLIENT_SECRET",
            "IDENTITY_DATA",
            "PATH",
            "PAYMENT_METHODS",
            "SANDBOX_LEDGER");

    private static final Pattern READ =
            Pattern.compile("(?:environment\\s*\\.\\s*\\w+|allowance)\\(\\s*(?:environment, )?\"([A-Z_]+)\"");

    private static final Set<String> EVERYBODYS = Stream.concat(
                    Stream.of(
                            "ENTRA_AUTHORITY",
                            "ENTRA_TENANT_ID",
                            "ENTRA_CLIENT_ID",
                            "ENTRA_UNKNOWN_KEY_INTERVAL",
                            "SHUTDOWN_DRAIN",
                            "STREAM_LIMIT_CUSTOMER",
                            "PUBLIC_URL"),
                    TelemetrySettings.ENDPOINTS.stream())
            .collect(Collectors.toUnmodifiableSet());

    /** What each reads besides, and can tell to be wrong. */
    private static final Map<String, Set<String>> REFUSED = Map.of(
            "gateway",
            Set.of(
                    "GATEWAY_PORT",
                    "GATEWAY_MANAGEMENT_PORT",
                    "ENTRA_BROWSER_AUTHORITY",
                    "PRODUCTS_URL",
                    "CART_URL",
                    "ORDERS_URL",
                    "PAYMENTS_URL",
                    "REDIS_URL",
                    "RATE_LIMIT_ADDRESS",
                    "RATE_LIMIT_CUSTOMER",
                    "CONNECTIONS_PER_ADDRESS",
                    "CURRENCIES",
                    "STREAM_LIMIT_ADDRESS",
                    "TRUSTED_PROXIES",
                    "TRACE_TRUST_INCOMING",
                    "TRACE_URL",
                    "DESK_URL",
                    "PRODUCTS_MANAGEMENT_URL",
                    "CART_MANAGEMENT_URL",
                    "ORDERS_MANAGEMENT_URL",
                    "PAYMENTS_MANAGEMENT_URL"),
            "products",
            Set.of(
                    "PRODUCTS_PORT",
                    "PRODUCTS_MANAGEMENT_PORT",
                    "DATABASE_URL",
                    "DATABASE_POOL",
                    "AMQP_URL",
                    "CURRENCIES"),
            "cart",
            Set.of("CART_PORT", "CART_MANAGEMENT_PORT", "REDIS_URL", "PRODUCTS_URL", "ORDERS_URL"),
            "orders",
            Set.of(
                    "ORDERS_PORT",
                    "ORDERS_MANAGEMENT_PORT",
                    "DATABASE_URL",
                    "DATABASE_POOL",
                    "AMQP_URL",
                    "PRODUCTS_URL",
                    "PAYMENTS_URL",
                    "RESERVATION_TIME",
                    "UNPAID_ORDERS_LIMIT"),
            "payments",
            Set.of(
                    "PAYMENTS_PORT",
                    "PAYMENTS_MANAGEMENT_PORT",
                    "DATABASE_URL",
                    "DATABASE_POOL",
                    "AMQP_URL",
                    "ORDERS_URL"));

    private SharedShop open;

    @BeforeEach
    void open(SharedShop sharedShop) {
        open = sharedShop;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "products", "cart", "orders", "payments"})
    void invalidValueIsRefusedWithTheVariablesNameOnly(String service) {
        for (String variable : variablesOf(service)) {
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
        "gateway,  'ENTRA_CLIENT_SECRET REDIS_URL PRODUCTS_URL CART_URL ORDERS_URL PAYMENTS_URL'",
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

    @Test
    void everyVariableThatIsReadAnywhereIsTriedHere() throws IOException {
        Set<String> tried = new TreeSet<>(FREE_TEXT);
        SERVICES.keySet().forEach(service -> tried.addAll(variablesOf(service)));
        tried.addAll(Set.of(
                "DESK_PORT",
                "IDENTITY_AUTHORITY",
                "IDENTITY_KIND",
                "IDENTITY_PORT",
                "IDENTITY_TOKEN_LIFETIME",
                "LOG_FORMAT"));
        assertThat(read())
                .as("a new variable goes into REFUSED, or into FREE_TEXT if no value of it can be told to be wrong")
                .hasSizeGreaterThan(15)
                .isSubsetOf(tried);
    }

    private static Set<String> variablesOf(String service) {
        Set<String> variables = new TreeSet<>(EVERYBODYS);
        variables.addAll(Optional.ofNullable(REFUSED.get(service)).orElseThrow());
        return variables;
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

    @Test
    void unknownLogFormatIsRefused() {
        assertThatThrownBy(() -> ServiceProcess.requireLogFormat(new Environment(Map.of("LOG_FORMAT", SECRET))))
                .hasMessage("LOG_FORMAT must be text or json");
    }

    /** What the process prints, if it cannot start. */
    private Optional<String> said(String service, Map<String, String> variables) {
        Map<String, String> environment = open.environment(service);
        environment.putAll(variables);
        try {
            Optional.ofNullable(SERVICES.get(service)).orElseThrow().accept(new Environment(environment));
            return Optional.empty();
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage()).lines().findFirst();
        }
    }
}
