package dev.hexmart.bootstrap.orders;

import static dev.hexmart.bootstrap.platform.service.Technology.HTTP;
import static dev.hexmart.bootstrap.platform.service.Technology.HTTPCLIENT;
import static dev.hexmart.bootstrap.platform.service.Technology.POSTGRES;
import static dev.hexmart.bootstrap.platform.service.Technology.RABBITMQ;

import dev.hexmart.adapter.http.api.messaging.DeadLettersApi;
import dev.hexmart.adapter.http.api.ordering.OrdersApi;
import dev.hexmart.adapter.httpclient.HttpAcceptedPaymentMethods;
import dev.hexmart.adapter.httpclient.HttpPriceList;
import dev.hexmart.adapter.httpclient.PaymentMethodsReader;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.postgres.ordering.PostgresOrderChanges;
import dev.hexmart.adapter.postgres.ordering.PostgresOrderTraces;
import dev.hexmart.adapter.postgres.ordering.PostgresOrderingStore;
import dev.hexmart.adapter.rabbitmq.AmqpDeadLetters;
import dev.hexmart.adapter.telemetry.OrderNumbers;
import dev.hexmart.application.messaging.DeadLetters;
import dev.hexmart.application.messaging.ResendDeadLetters;
import dev.hexmart.application.ordering.AcceptedPaymentMethods;
import dev.hexmart.application.ordering.AdvanceOrder;
import dev.hexmart.application.ordering.CancelOrder;
import dev.hexmart.application.ordering.FollowOrder;
import dev.hexmart.application.ordering.OrderChanges;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.PlaceOrder;
import dev.hexmart.application.ordering.PriceList;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.platform.messaging.Messaging;
import dev.hexmart.bootstrap.platform.process.TimeOrderedIds;
import dev.hexmart.bootstrap.platform.service.ServiceClients;
import dev.hexmart.bootstrap.platform.service.ServiceHost;
import dev.hexmart.bootstrap.platform.service.Wiring;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.time.InstantSource;

/** The orders service, wired. */
public final class OrdersService {

    private static final Duration PRICE_TIMEOUT = Duration.ofSeconds(6);
    /** A checkout can do without the answer, so it does not wait long. */
    private static final Duration METHODS_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration EXPIRY_PACE = Duration.ofSeconds(1);

    private OrdersService() {}

    public static ServiceHost start(OrdersSettings settings) {
        return ServiceHost.start(settings.service(), wiring -> wire(settings, wiring));
    }

    private static void wire(OrdersSettings settings, Wiring wiring) {
        InstantSource clock = wiring.clock();
        Messaging messaging = Messaging.open(wiring, settings.messaging());
        wiring.ports(POSTGRES, PostgresOrderingStore.ADAPTERS);
        Transactor<OrderingStore> transactor = new OrderNumbers(wiring.telemetry())
                .observed(PostgresOrderingStore.transactor(messaging.database(), messaging.metadata()));
        ServiceClients clients = new ServiceClients(wiring);
        ServiceClient products = clients.client("products", settings.products(), PRICE_TIMEOUT);
        ServiceClient payments = clients.client("payments", settings.payments(), METHODS_TIMEOUT);
        PriceList prices = wiring.port(HTTPCLIENT, PriceList.class, new HttpPriceList(products));
        AcceptedPaymentMethods methods = wiring.port(
                HTTPCLIENT,
                AcceptedPaymentMethods.class,
                new HttpAcceptedPaymentMethods(new PaymentMethodsReader(payments, clock)));
        OrderChanges changes =
                wiring.port(POSTGRES, OrderChanges.class, new PostgresOrderChanges(messaging.notifications()));
        // All services share one queue of dead letters, so one of them looks after it.
        AmqpDeadLetters letters = wiring.port(
                RABBITMQ,
                DeadLetters.class,
                wiring.open("dead letters", new AmqpDeadLetters(messaging.broker(), clock)));
        TimeOrderedIds ids = new TimeOrderedIds(clock);

        wiring.serve(
                HTTP,
                new OrdersApi(
                        new PlaceOrder(
                                transactor, prices, methods, settings.terms(), () -> new OrderId(ids.get()), clock),
                        new FollowOrder(transactor, changes),
                        new CancelOrder(transactor, clock),
                        new PostgresOrderTraces(messaging.database())::find,
                        clock));
        AdvanceOrder advance = new AdvanceOrder(transactor, clock);
        messaging.consume(new Destination.Ordering(), advance);
        wiring.worker("expiry of unpaid orders", EXPIRY_PACE, advance, AdvanceOrder::expireOverdue);
        messaging.forgetKeys(transactor, OrderingStore::idempotencyKeys);
        wiring.serve(HTTP, new DeadLettersApi(new ResendDeadLetters(letters)));

        wiring.gauge(
                "hexmart_orders_undecided_oldest_seconds",
                "Longest waiting time of an order that does not wait for its customer",
                new LongestWait(transactor, clock));
        wiring.gauge("hexmart_dead_letters", "Messages in the broker's dead letter queue", letters::count);
    }
}
