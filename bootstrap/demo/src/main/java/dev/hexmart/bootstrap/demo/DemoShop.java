package dev.hexmart.bootstrap.demo;

import dev.hexmart.adapter.postgres.DatabaseProvisioning;
import dev.hexmart.adapter.postgres.ServiceRole;
import dev.hexmart.adapter.telemetry.TelemetrySettings;
import dev.hexmart.bootstrap.cart.CartService;
import dev.hexmart.bootstrap.cart.CartSettings;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts;
import dev.hexmart.bootstrap.demo.embedded.Ports;
import dev.hexmart.bootstrap.gateway.GatewayService;
import dev.hexmart.bootstrap.gateway.GatewaySettings;
import dev.hexmart.bootstrap.orders.OrdersService;
import dev.hexmart.bootstrap.orders.OrdersSettings;
import dev.hexmart.bootstrap.payments.PaymentsService;
import dev.hexmart.bootstrap.payments.PaymentsSettings;
import dev.hexmart.bootstrap.platform.process.Environment;
import dev.hexmart.bootstrap.platform.process.Lifecycle;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.bootstrap.products.ProductsService;
import dev.hexmart.bootstrap.products.ProductsSettings;
import dev.hexmart.tools.identity.Directory;
import dev.hexmart.tools.identity.IdentityProvider;
import dev.hexmart.tools.identity.IdentityProviderSettings;
import dev.hexmart.tools.viewer.TelemetryViewer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The whole platform in one process, on embedded parts.
 *
 * <p>Each service gets an environment of its own, as if it were a process: nothing here wires services together otherwise
 * than their operators would.
 */
public final class DemoShop implements AutoCloseable {

    private final Lifecycle lifecycle;
    private final Consumer<String> progress;
    private final Optional<TelemetryViewer> viewer;
    private final EmbeddedParts parts;
    private final URI identity;
    private final Map<String, ServiceHost> services = new LinkedHashMap<>();
    private final Map<String, Environment> environments = new HashMap<>();

    /** Starts all parts; after a failure stops the started ones and throws it. */
    public static DemoShop start(DemoSettings settings, Consumer<String> progress) {
        Lifecycle lifecycle = new Lifecycle();
        try {
            return new DemoShop(settings, progress, lifecycle);
        } catch (RuntimeException e) {
            lifecycle.close();
            throw e;
        }
    }

    private DemoShop(DemoSettings settings, Consumer<String> progress, Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.progress = progress;
        // Before all others and until after them, so that it hears their first and last words.
        viewer = viewerPort(settings.environment()).map(port -> lifecycle.add("viewer", TelemetryViewer.start(port)));
        parts = lifecycle.add(
                "embedded parts", EmbeddedParts.start(settings.data(), settings.fresh(), settings.ports(), progress));
        IdentityProvider provider = lifecycle.add(
                "identity",
                IdentityProvider.start(IdentityProviderSettings.local()
                        .withPort(settings.environment().portOr("IDENTITY_PORT", IdentityProviderSettings.DEFAULT_PORT))
                        .withKind(dev.hexmart.bootstrap.identity.Main.kind(settings.environment()))
                        .withAccessTokenLifetime(
                                settings.environment().durationOr("IDENTITY_TOKEN_LIFETIME", Duration.ofHours(1)))
                        .withDataFolder(settings.data().resolve("identity"))));
        identity = provider.awaitKey().authority();
        progress.accept("identity provider at " + identity);

        Map<String, String> common = new HashMap<>();
        // Three pools in one process: each connection is a Postgres process of some 20 MB when it has worked for a
        // while.
        common.put("DATABASE_POOL", "4");
        // All who look at a demo do so from one address, and as three people.
        common.put("RATE_LIMIT_ADDRESS", "60000/PT1M");
        common.put("RATE_LIMIT_CUSTOMER", "12000/PT1M");
        common.put("CONNECTIONS_PER_ADDRESS", "750");
        common.put("STREAM_LIMIT_ADDRESS", "400");
        // None, two and three decimals.
        common.put("CURRENCIES", "EUR,USD,GBP,JPY,KWD");
        // A checkout should be visible at once.
        common.put("OTEL_BSP_SCHEDULE_DELAY", "1000");
        common.putAll(settings.environment().variables());
        viewer.ifPresent(it -> {
            common.put("OTEL_EXPORTER_OTLP_ENDPOINT", it.address().toString());
            common.putIfAbsent("TRACE_URL", it.address() + "/traces/{traceId}");
            common.putIfAbsent("DESK_URL", it.address().toString());
        });
        common.put("ENTRA_AUTHORITY", identity.toString());
        common.put("ENTRA_TENANT_ID", Directory.TENANT_ID.toString());
        common.put("ENTRA_CLIENT_ID", Directory.CLIENT_ID.toString());
        common.put("ENTRA_CLIENT_SECRET", Directory.CLIENT_SECRET);
        common.put("REDIS_URL", parts.redis().redisUrl());
        common.put("AMQP_URL", parts.broker().amqpUrl());
        common.put("SANDBOX_LEDGER", settings.data().resolve("sandbox-ledger").toString());
        Map<String, Map<String, String>> roles = provision(parts);

        // Orders and payments ask each other, so orders is told the address of payments before that has started.
        int payments = settings.environment().portOr("PAYMENTS_PORT", 8084);
        int paymentsPort = payments == 0 ? Ports.freeForLater() : payments;
        common.put("PAYMENTS_PORT", Integer.toString(paymentsPort));
        common.put("PAYMENTS_URL", "http://localhost:" + paymentsPort);
        start("products", common, roles, environment -> ProductsService.start(ProductsSettings.from(environment)));
        start("orders", common, roles, environment -> OrdersService.start(OrdersSettings.from(environment)));
        start("payments", common, roles, environment -> PaymentsService.start(PaymentsSettings.from(environment)));
        start("cart", common, roles, environment -> CartService.start(CartSettings.from(environment)));
        start("gateway", common, roles, environment -> GatewayService.start(GatewaySettings.from(environment)));
        viewer.ifPresent(it -> services.forEach((name, service) -> it.watch(name, service.managementAddress())));
    }

    /** Starts one more service, and adds to {@code common}, which all are told, where it is. */
    private void start(
            String name,
            Map<String, String> common,
            Map<String, Map<String, String>> roles,
            Function<Environment, ServiceHost> start) {
        Map<String, String> variables = new HashMap<>(common);
        variables.putAll(roles.getOrDefault(name, Map.of()));
        Environment environment = new Environment(variables);
        environments.put(name, environment);
        ServiceHost service = lifecycle.add(name, start.apply(environment));
        services.put(name, service);
        String variable = name.toUpperCase(Locale.ROOT);
        common.put(variable + "_URL", service.address().toString());
        common.put(variable + "_MANAGEMENT_URL", service.managementAddress().toString());
        progress.accept(name + " at " + service.address());
    }

    /** Empty without a telemetry viewer, or if telemetry goes to a collector. */
    private static Optional<Integer> viewerPort(Environment environment) {
        return environment.find("DESK_PORT").isPresent()
                        && TelemetrySettings.ENDPOINTS.stream()
                                .allMatch(endpoint -> environment.find(endpoint).isEmpty())
                ? Optional.of(environment.portOr("DESK_PORT", TelemetryViewer.DEFAULT_PORT))
                : Optional.empty();
    }

    /** Gives each service a schema and a role of its own, with a password that lives as long as this process. */
    private static Map<String, Map<String, String>> provision(EmbeddedParts parts) {
        Map<String, ServiceRole> roles = Map.of(
                "products", role("catalog", "hexmart_products"),
                "orders", role("ordering", "hexmart_orders"),
                "payments", role("payment", "hexmart_payments"));
        String url = DatabaseProvisioning.provision(
                parts.postgres().jdbcUrl(),
                parts.postgres().superuser(),
                parts.postgres().password(),
                List.copyOf(roles.values()));
        Map<String, Map<String, String>> environments = new HashMap<>();
        roles.forEach((service, role) -> environments.put(
                service,
                Map.of(
                        "DATABASE_URL", url,
                        "DATABASE_USER", role.role(),
                        "DATABASE_PASSWORD", role.password())));
        return environments;
    }

    private static ServiceRole role(String schema, String role) {
        return new ServiceRole(schema, role, UUID.randomUUID().toString());
    }

    public EmbeddedParts parts() {
        return parts;
    }

    /** The URL of the telemetry viewer; empty if telemetry goes elsewhere. */
    public Optional<URI> viewer() {
        return viewer.map(TelemetryViewer::address);
    }

    public URI identity() {
        return identity;
    }

    /** What the service was told, passwords included; one more of it can be started beside it. */
    public Environment environment(String name) {
        return Optional.ofNullable(environments.get(name)).orElseThrow();
    }

    /** @param name such as {@code orders} */
    public ServiceHost service(String name) {
        return Optional.ofNullable(services.get(name)).orElseThrow();
    }

    @Override
    public void close() {
        lifecycle.close();
    }
}
