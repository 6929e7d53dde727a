package dev.hexmart.bootstrap.payments;

import dev.hexmart.adapter.http.api.messaging.ParkedApi;
import dev.hexmart.adapter.http.api.payment.PaymentsApi;
import dev.hexmart.adapter.http.server.HealthCheck;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.httpclient.HttpOrderDirectory;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.paymentsandbox.Ledger;
import dev.hexmart.adapter.paymentsandbox.SandboxPaymentProvider;
import dev.hexmart.adapter.paymentsandbox.SandboxPaymentProvider.Latency;
import dev.hexmart.adapter.postgres.payment.PostgresPaymentStore;
import dev.hexmart.adapter.telemetry.ClientRequests;
import dev.hexmart.adapter.telemetry.ProviderCalls;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.adapter.telemetry.UseCases;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.ResendParked;
import dev.hexmart.application.payment.HandlePaymentCommands;
import dev.hexmart.application.payment.PayOrder;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.payment.RefundOrder;
import dev.hexmart.application.payment.SettlePayment;
import dev.hexmart.application.payment.ViewPayment;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.messaging.Messaging;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.runtime.Worker;
import dev.hexmart.bootstrap.service.ServiceHost;
import dev.hexmart.bootstrap.service.UseCaseRoutes;
import dev.hexmart.domain.messages.Destination;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The payments service, wired. */
public final class PaymentsService {

    private static final Duration ORDER_QUESTION = Duration.ofSeconds(2);
    private static final Duration SWEEP_PACE = Duration.ofSeconds(1);
    private static final Duration HOUSEKEEPING_PACE = Duration.ofMinutes(10);
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private static final Map<String, String> USE_CASES = Map.of(
            "POST /pay", "PayOrder",
            "GET /payments/{orderId}", "ViewPayment",
            "POST /payments/{orderId}/refund", "RefundOrder",
            "POST /messages/parked/{id}/resend", "ResendParked");

    private PaymentsService() {}

    public static ServiceHost start(PaymentsSettings settings) {
        return ServiceHost.start(settings.service(), (lifecycle, telemetry, _) -> wire(settings, lifecycle, telemetry));
    }

    private static ServiceHost.Parts wire(PaymentsSettings settings, Lifecycle lifecycle, Telemetry telemetry) {
        InstantSource clock = InstantSource.system();
        Messaging messaging = Messaging.open(lifecycle, settings.messaging(), telemetry, clock);
        Transactor<PaymentStore> transactor = PostgresPaymentStore.transactor(messaging.database(), messaging.stamp());
        ClientRequests requests = new ClientRequests(telemetry);
        CallObserver calls = (method, address, header) -> requests.begin(method, address, header)::end;
        ServiceClient orders =
                lifecycle.add("orders client", new ServiceClient("orders", settings.orders(), ORDER_QUESTION, calls));
        PaymentProvider provider = new ProviderCalls(telemetry)
                .observed(new SandboxPaymentProvider(
                        settings.sandboxLedger().map(Ledger::in).orElseGet(Ledger::inMemory), Latency.realistic()));

        SettlePayment settle = new SettlePayment(transactor, provider, clock);
        Settlement settlement =
                lifecycle.add("settlement", new Settlement(settle, new UseCases(telemetry, _ -> false)));
        lifecycle.add("sweep", Worker.start("sweep of unsettled payments", SWEEP_PACE, settlement::sweep));
        lifecycle.add(
                "housekeeping",
                Worker.start("idempotency keys' housekeeping", HOUSEKEEPING_PACE, () -> forget(transactor, clock)));
        ResendParked parked = messaging.consume(
                lifecycle,
                new Destination.Payment(),
                new HandlePaymentCommands(transactor, settlement::begin, clock),
                clock);

        PaymentsApi api = new PaymentsApi(
                new PayOrder(transactor, new HttpOrderDirectory(orders), settle, SandboxPaymentProvider.METHODS, clock),
                new ViewPayment(transactor),
                new RefundOrder(transactor, settlement::begin, clock));
        List<Route> routes = Stream.concat(api.routes().stream(), new ParkedApi(parked).routes().stream())
                .toList();
        return new ServiceHost.Parts(
                UseCaseRoutes.traced(telemetry, USE_CASES, routes),
                List.of(
                        new HealthCheck("database", messaging.database()::isHealthy),
                        new HealthCheck("broker", messaging.broker()::isHealthy)));
    }

    private static void forget(Transactor<PaymentStore> transactor, InstantSource clock) {
        transactor.inTransaction(store ->
                store.idempotencyKeys().forgetBefore(clock.instant().minus(IdempotencyKeys.KEPT), FORGOTTEN_AT_ONCE));
    }
}
