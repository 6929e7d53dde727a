package dev.hexmart.bootstrap.payments;

import static dev.hexmart.bootstrap.platform.service.Technology.HTTP;
import static dev.hexmart.bootstrap.platform.service.Technology.HTTPCLIENT;
import static dev.hexmart.bootstrap.platform.service.Technology.PAYMENTSANDBOX;
import static dev.hexmart.bootstrap.platform.service.Technology.POSTGRES;
import static dev.hexmart.bootstrap.platform.service.Technology.SERVICE;

import dev.hexmart.adapter.http.api.payment.PaymentsApi;
import dev.hexmart.adapter.httpclient.HttpOrderDirectory;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.paymentsandbox.Ledger;
import dev.hexmart.adapter.paymentsandbox.SandboxPaymentProvider;
import dev.hexmart.adapter.paymentsandbox.SandboxPaymentProvider.Latency;
import dev.hexmart.adapter.postgres.payment.PostgresPaymentStore;
import dev.hexmart.adapter.telemetry.ProviderCalls;
import dev.hexmart.adapter.telemetry.UseCases;
import dev.hexmart.application.payment.HandlePaymentCommands;
import dev.hexmart.application.payment.ListPaymentMethods;
import dev.hexmart.application.payment.OrderDirectory;
import dev.hexmart.application.payment.PayOrder;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.payment.RefundOrder;
import dev.hexmart.application.payment.SettlePayment;
import dev.hexmart.application.payment.ViewPayment;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.platform.messaging.Messaging;
import dev.hexmart.bootstrap.platform.service.ServiceClients;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.bootstrap.platform.service.Wiring;
import dev.hexmart.domain.messages.Destination;
import java.time.Duration;
import java.time.InstantSource;

/** The payments service, wired. */
public final class PaymentsService {

    private static final Duration ORDER_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SWEEP_PACE = Duration.ofSeconds(1);

    private PaymentsService() {}

    public static ServiceHost start(PaymentsSettings settings) {
        return ServiceHost.start(settings.service(), wiring -> wire(settings, wiring));
    }

    private static void wire(PaymentsSettings settings, Wiring wiring) {
        InstantSource clock = wiring.clock();
        Messaging messaging = Messaging.open(wiring, settings.messaging());
        wiring.ports(POSTGRES, PostgresPaymentStore.ADAPTERS);
        Transactor<PaymentStore> transactor =
                PostgresPaymentStore.transactor(messaging.database(), messaging.metadata());
        ServiceClient orders = new ServiceClients(wiring).client("orders", settings.orders(), ORDER_TIMEOUT);
        OrderDirectory directory = wiring.port(HTTPCLIENT, OrderDirectory.class, new HttpOrderDirectory(orders));
        PaymentProvider provider = new ProviderCalls(wiring.telemetry())
                .observed(wiring.port(
                        PAYMENTSANDBOX,
                        PaymentProvider.class,
                        new SandboxPaymentProvider(
                                settings.sandboxLedger().map(Ledger::in).orElseGet(Ledger::inMemory),
                                Latency.realistic())));

        SettlePayment settle = new SettlePayment(transactor, provider, clock);
        Settlement settlement = wiring.open(
                "settlement",
                wiring.driver(SERVICE, new Settlement(settle, new UseCases(wiring.telemetry(), _ -> false)), settle));
        wiring.worker("sweep of unsettled payments", SWEEP_PACE, settlement::sweep);
        messaging.forgetKeys(transactor, PaymentStore::idempotencyKeys);
        wiring.serve(
                HTTP,
                new PaymentsApi(
                        new ListPaymentMethods(provider),
                        new PayOrder(transactor, directory, settle, provider, clock),
                        new ViewPayment(transactor),
                        new RefundOrder(transactor, settlement::begin, clock)));
        messaging.consume(new Destination.Payment(), new HandlePaymentCommands(transactor, settlement::begin, clock));
    }
}
