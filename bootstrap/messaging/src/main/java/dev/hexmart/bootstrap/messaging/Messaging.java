package dev.hexmart.bootstrap.messaging;

import dev.hexmart.adapter.json.MessageCodec;
import dev.hexmart.adapter.postgres.Notifications;
import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresSettings;
import dev.hexmart.adapter.postgres.messaging.MessageMetadata;
import dev.hexmart.adapter.postgres.messaging.OutboxSignal;
import dev.hexmart.adapter.postgres.messaging.PostgresInbox;
import dev.hexmart.adapter.postgres.messaging.PostgresOutboxQueue;
import dev.hexmart.adapter.postgres.messaging.PostgresParkingLot;
import dev.hexmart.adapter.postgres.messaging.PostgresRetryQueue;
import dev.hexmart.adapter.postgres.messaging.TraceContext;
import dev.hexmart.adapter.rabbitmq.AmqpConsumer;
import dev.hexmart.adapter.rabbitmq.AmqpMessagePublisher;
import dev.hexmart.adapter.rabbitmq.Broker;
import dev.hexmart.adapter.rabbitmq.ConsumerSettings;
import dev.hexmart.adapter.rabbitmq.Delivery;
import dev.hexmart.adapter.rabbitmq.DeliveryScope;
import dev.hexmart.adapter.telemetry.DatabaseCalls;
import dev.hexmart.adapter.telemetry.Messages;
import dev.hexmart.adapter.telemetry.Telemetry;
import dev.hexmart.adapter.telemetry.UseCases;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.OutboxRelay;
import dev.hexmart.application.messaging.ParkingLot;
import dev.hexmart.application.messaging.ResendParked;
import dev.hexmart.application.messaging.RetryMessages;
import dev.hexmart.application.messaging.RetryQueue;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.runtime.TimeOrderedIds;
import dev.hexmart.bootstrap.runtime.Worker;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A database, a broker, and the relay between the two, all seen by telemetry.
 *
 * @param stamp what every message of the service gets on its way into the outbox
 */
public record Messaging(
        PostgresDatabase database,
        Notifications notifications,
        MessageMetadata stamp,
        Broker broker,
        Telemetry telemetry,
        Messages messages) {

    /** The relay is woken as soon as something is in the outbox; this is for the wake-up that gets lost. */
    private static final Duration RELAY_PACE = Duration.ofSeconds(1);

    private static final Duration RETRY_PACE = Duration.ofSeconds(1);

    /** Few enough that closing the service need not wait long for the end of a round. */
    private static final int RETRIED_IN_A_ROUND = 200;

    private static final Duration BACKLOG_PACE = Duration.ofSeconds(5);
    private static final Duration SENT_KEPT = Duration.ofDays(1);
    private static final int FORGOTTEN_AT_ONCE = 10_000;
    private static final Duration HOUSEKEEPING_PACE = Duration.ofMinutes(10);

    public static Messaging open(
            Lifecycle lifecycle, MessagingSettings settings, Telemetry telemetry, InstantSource clock) {
        PostgresDatabase database = database(lifecycle, settings.database(), telemetry);
        Notifications notifications =
                lifecycle.add("notifications", Notifications.listen(settings.database(), database));
        Broker broker = lifecycle.add("broker", Broker.connect(settings.broker()));
        Messages messages = new Messages(telemetry, AmqpMessagePublisher.EXCHANGE);
        relay(lifecycle, database, notifications, broker, messages, clock);
        MessageMetadata stamp = new MessageMetadata(new TimeOrderedIds(clock), traceContext(messages), clock);
        return new Messaging(database, notifications, stamp, broker, telemetry, messages);
    }

    /** Has the messages of one context handled from now on, and gives the use case for those that could not be. */
    public <M extends Message> ResendParked consume(
            Lifecycle lifecycle, Destination<M> destination, MessageHandler<M> handler, InstantSource clock) {
        String useCase = handler.getClass().getSimpleName();
        UseCases useCases = new UseCases(telemetry, _ -> false);
        PostgresParkingLot stored = new PostgresParkingLot(database);
        ParkingLot parking = messages.observed(stored);
        RetryQueue retries = new PostgresRetryQueue(database);
        ConsumerSettings settings = ConsumerSettings.standard();
        AmqpConsumer<M> consumer = lifecycle.add(
                "consumer",
                new AmqpConsumer<>(
                        broker,
                        destination,
                        handler.runBy(work -> useCases.run(useCase, work::run)),
                        retries,
                        parking,
                        scope(destination),
                        settings,
                        clock));
        RetryMessages retrying =
                new RetryMessages(retries, parking, consumer::handleAgain, settings.redelivery(), clock);
        lifecycle.add("retries", Worker.start("retries of messages", RETRY_PACE, () -> retry(retrying)));
        Backlogs backlogs = new Backlogs(PostgresOutboxQueue.transactor(database), retries, stored, consumer, clock);
        backlogs.show(telemetry.metrics());
        lifecycle.add("backlogs", Worker.start("look at the backlogs", BACKLOG_PACE, backlogs::look));
        consumer.start();
        return new ResendParked(parking, consumer::handleAgain);
    }

    private static void retry(RetryMessages retrying) {
        int attempts = 0;
        while (attempts < RETRIED_IN_A_ROUND && retrying.retryNext()) {
            attempts++;
        }
    }

    private DeliveryScope scope(Destination<?> destination) {
        Messages.Queue queue =
                messages.queue(AmqpConsumer.queue(destination), Set.copyOf(MessageCodec.types(destination)));
        return (deliveries, handling) -> queue.process(
                deliveries.stream().map(Messaging::incoming).toList(), parts -> handling.accept(parts::run));
    }

    private static Messages.Incoming incoming(Delivery delivery) {
        return new Messages.Incoming(
                delivery.type(), delivery.messageId(), delivery.headers(), delivery.redelivered(), delivery.attempt());
    }

    private static PostgresDatabase database(Lifecycle lifecycle, PostgresSettings settings, Telemetry telemetry) {
        DatabaseCalls calls = DatabaseCalls.postgresql(telemetry, settings.namespace());
        PostgresDatabase database =
                lifecycle.add("database", PostgresDatabase.open(settings, statement -> calls.begin(statement)::end));
        telemetry
                .metrics()
                .pool(
                        "hexmart_db_pool",
                        "the database",
                        () -> database.pool().active(),
                        () -> database.pool().idle(),
                        () -> database.pool().waiting(),
                        () -> database.pool().size());
        return database;
    }

    private static TraceContext traceContext(Messages messages) {
        return new TraceContext() {
            @Override
            public Optional<String> traceId() {
                return Telemetry.traceId();
            }

            @Override
            public Map<String, String> creating(UUID message, String type) {
                return messages.creating(message, type);
            }
        };
    }

    private static void relay(
            Lifecycle lifecycle,
            PostgresDatabase database,
            Notifications notifications,
            Broker broker,
            Messages messages,
            InstantSource clock) {
        AmqpMessagePublisher publisher = lifecycle.add("publisher", new AmqpMessagePublisher(broker));
        OutboxRelay relay =
                new OutboxRelay(PostgresOutboxQueue.transactor(database), messages.observed(publisher), clock);
        // Closed after everything that appends to the outbox: what is still in it goes out with the last round.
        lifecycle.onClose("last relay", relay::relayAll);
        Worker relaying = lifecycle.add("relay", Worker.start("outbox relay", RELAY_PACE, relay::relayAll));
        new OutboxSignal(notifications).onAppend(relaying::wake);
        Transactor<PostgresInbox> inbox = PostgresInbox.transactor(database);
        lifecycle.add("housekeeping", Worker.start("messages' housekeeping", HOUSEKEEPING_PACE, () -> {
            relay.forgetSentLongerAgoThan(SENT_KEPT);
            Instant limit = clock.instant().minus(PostgresInbox.KEPT);
            inbox.inTransaction(received -> received.forgetBefore(limit, FORGOTTEN_AT_ONCE));
        }));
    }
}
