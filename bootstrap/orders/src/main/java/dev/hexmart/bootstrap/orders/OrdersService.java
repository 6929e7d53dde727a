package dev.hexmart.bootstrap.orders;

import dev.hexmart.adapter.http.api.messaging.DeadLettersApi;
import dev.hexmart.adapter.http.api.messaging.ParkedApi;
import dev.hexmart.adapter.http.api.ordering.OrdersApi;
import dev.hexmart.adapter.http.server.HealthCheck;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.httpclient.HttpPriceList;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.postgres.ordering.PostgresOrderChanges;
import dev.hexmart.adapter.postgres.ordering.PostgresOrderTraces;
import dev.hexmart.adapter.postgres.ordering.PostgresOrderingStore;
import dev.hexmart.adapter.rabbitmq.AmqpDeadLetters;
import dev.hexmart.adapter.telemetry.ClientRequests;
import dev.hexmart.adapter.telemetry.OrderNumbers;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.ResendDeadLetters;
import dev.hexmart.application.messaging.ResendParked;
import dev.hexmart.application.ordering.AdvanceOrder;
import dev.hexmart.application.ordering.CancelOrder;
import dev.hexmart.application.ordering.FollowOrder;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.ordering.PlaceOrder;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.messaging.Messaging;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.runtime.TimeOrderedIds;
import dev.hexmart.bootstrap.runtime.Worker;
import dev.hexmart.bootstrap.service.ServiceHost;
import dev.hexmart.bootstrap.service.UseCaseRoutes;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The orders service, wired. */
public final class OrdersService {

    private static final Duration PRICE_QUESTION = Duration.ofSeconds(6);
    private static final Duration EXPIRY_PACE = Duration.ofSeconds(1);
    private static final Duration WAIT_PACE = Duration.ofSeconds(5);
    private static final Duration HOUSEKEEPING_PACE = Duration.ofMinutes(10);
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private static final Map<String, String> USE_CASES = Map.of(
            "POST /cartCheckout", "PlaceOrder",
            "GET /orders", "FollowOrder",
            "GET /orders/{id}", "FollowOrder",
            "POST /orders/{id}/cancel", "CancelOrder",
            "POST /messages/parked/{id}/resend", "ResendParked",
            "POST /messages/dead/{id}/resend", "ResendDeadLetters");

    private OrdersService() {}

    public static ServiceHost start(OrdersSettings settings) {
        return ServiceHost.start(settings.service(), (lifecycle, telemetry, _) -> wire(settings, lifecycle, telemetry));
    }

    private static ServiceHost.Parts wire(OrdersSettings settings, Lifecycle lifecycle, Telemetry telemetry) {
        InstantSource clock = InstantSource.system();
        Messaging messaging = Messaging.open(lifecycle, settings.messaging(), telemetry, clock);
        Transactor<OrderingStore> transactor = new OrderNumbers(telemetry)
                .observed(PostgresOrderingStore.transactor(messaging.database(), messaging.stamp()));
        ClientRequests requests = new ClientRequests(telemetry);
        CallObserver calls = (method, address, header) -> requests.begin(method, address, header)::end;
        ServiceClient products = lifecycle.add(
                "products client", new ServiceClient("products", settings.products(), PRICE_QUESTION, calls));
        TimeOrderedIds ids = new TimeOrderedIds(clock);

        AdvanceOrder advance = new AdvanceOrder(transactor, clock);
        ResendParked parked = messaging.consume(lifecycle, new Destination.Ordering(), advance, clock);
        lifecycle.add("expiry", Worker.start("expiry of unpaid orders", EXPIRY_PACE, advance::expireOverdue));
        LongestWait wait = new LongestWait(transactor, clock);
        wait.show(telemetry.metrics());
        // There is one queue of dead letters for all services, so one of them looks after it.
        AmqpDeadLetters letters = lifecycle.add("dead letters", new AmqpDeadLetters(messaging.broker(), clock));
        DeadLetterCount count = new DeadLetterCount(letters);
        count.show(telemetry.metrics());
        lifecycle.add("dead letter count", Worker.start("count of the dead letters", WAIT_PACE, count::look));
        lifecycle.add("longest wait", Worker.start("look at what waits longest", WAIT_PACE, wait::look));
        lifecycle.add(
                "housekeeping",
                Worker.start("idempotency keys' housekeeping", HOUSEKEEPING_PACE, () -> forget(transactor, clock)));

        OrdersApi api = new OrdersApi(
                new PlaceOrder(
                        transactor, new HttpPriceList(products), settings.terms(), () -> new OrderId(ids.get()), clock),
                new FollowOrder(transactor, new PostgresOrderChanges(messaging.notifications())),
                new CancelOrder(transactor, clock),
                new PostgresOrderTraces(messaging.database())::find,
                clock);
        List<Route> routes = Stream.of(
                        api.routes(),
                        new ParkedApi(parked).routes(),
                        new DeadLettersApi(new ResendDeadLetters(letters)).routes())
                .flatMap(List::stream)
                .toList();
        return new ServiceHost.Parts(
                UseCaseRoutes.traced(telemetry, USE_CASES, routes),
                List.of(
                        new HealthCheck("database", messaging.database()::isHealthy),
                        new HealthCheck("broker", messaging.broker()::isHealthy)));
    }

    private static void forget(Transactor<OrderingStore> transactor, InstantSource clock) {
        transactor.inTransaction(store ->
                store.idempotencyKeys().forgetBefore(clock.instant().minus(IdempotencyKeys.KEPT), FORGOTTEN_AT_ONCE));
    }
}
