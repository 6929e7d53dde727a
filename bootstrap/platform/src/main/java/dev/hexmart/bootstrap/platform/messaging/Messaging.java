package dev.hexmart.bootstrap.platform.messaging;

import static dev.hexmart.bootstrap.platform.service.Technology.HTTP;
import static dev.hexmart.bootstrap.platform.service.Technology.POSTGRES;
import static dev.hexmart.bootstrap.platform.service.Technology.RABBITMQ;

import dev.hexmart.adapter.http.api.messaging.ParkedApi;
import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.adapter.postgres.Notifications;
import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.PostgresSettings;
import dev.hexmart.adapter.postgres.PostgresTransactor;
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
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.OutboxQueue;
import dev.hexmart.application.messaging.OutboxQueue.Backlog;
import dev.hexmart.application.messaging.OutboxRelay;
import dev.hexmart.application.messaging.ParkingLot;
import dev.hexmart.application.messaging.ResendParked;
import dev.hexmart.application.messaging.RetryMessages;
import dev.hexmart.application.messaging.RetryQueue;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.platform.process.TimeOrderedIds;
import dev.hexmart.bootstrap.platform.process.Worker;
import dev.hexmart.bootstrap.platform.service.Wiring;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * A database, a broker, and the relay between the two, with telemetry of all three.
 *
 * @param metadata what every message of the service gets on its way into the outbox
 */
public record Messaging(
        Wiring wiring,
        PostgresDatabase database,
        Notifications notifications,
        MessageMetadata metadata,
        Broker broker,
        Messages messages) {

    /** The relay is woken as soon as something is in the outbox; this is for the wake-up that gets lost. */
    private static final Duration RELAY_PACE = Duration.ofSeconds(1);

    private static final Duration RETRY_PACE = Duration.ofSeconds(1);

    /** Few enough that closing the service need not wait long for the end of a round. */
    private static final int RETRIED_IN_A_ROUND = 200;

    private static final Duration SENT_KEPT = Duration.ofDays(1);
    private static final int MESSAGES_FORGOTTEN_AT_ONCE = 10_000;
    private static final int KEYS_FORGOTTEN_AT_ONCE = 1_000;
    private static final Duration HOUSEKEEPING_PACE = Duration.ofMinutes(10);
    private static final double MILLIS = 1000;

    public static Messaging open(Wiring wiring, MessagingSettings settings) {
        PostgresDatabase database = database(wiring, settings.database());
        Notifications notifications = wiring.open("notifications", Notifications.listen(settings.database(), database));
        Broker broker = wiring.open("broker", Broker.connect(settings.broker()));
        wiring.check("database", database::isHealthy);
        wiring.check("broker", broker::isHealthy);
        Messages messages = new Messages(wiring.telemetry(), AmqpMessagePublisher.EXCHANGE);
        MessageMetadata metadata =
                new MessageMetadata(new TimeOrderedIds(wiring.clock()), traceContext(messages), wiring.clock());
        Messaging messaging = new Messaging(wiring, database, notifications, metadata, broker, messages);
        messaging.relay();
        return messaging;
    }

    /** Starts the consumer of one context's messages; its parked messages are served over HTTP. */
    public <M extends Message, U extends MessageHandler<M>> void consume(Destination<M> destination, U useCase) {
        UseCases useCases = new UseCases(wiring.telemetry(), _ -> false);
        PostgresParkingLot stored = wiring.port(POSTGRES, ParkingLot.class, new PostgresParkingLot(database));
        ParkingLot parking = messages.observed(stored);
        RetryQueue retries = wiring.port(POSTGRES, RetryQueue.class, new PostgresRetryQueue(database));
        ConsumerSettings settings = ConsumerSettings.standard();
        AmqpConsumer<M> consumer = wiring.open(
                "consumer",
                wiring.driver(
                        RABBITMQ,
                        new AmqpConsumer<>(
                                broker,
                                destination,
                                useCase.runBy(
                                        work -> useCases.run(useCase.getClass().getSimpleName(), work::run)),
                                retries,
                                parking,
                                scope(destination),
                                settings,
                                wiring.clock()),
                        useCase));
        wiring.worker(
                "retries of messages",
                RETRY_PACE,
                new RetryMessages(retries, parking, consumer::handleAgain, settings.redelivery(), wiring.clock()),
                Messaging::retry);
        backlogs(retries, stored, consumer);
        wiring.serve(HTTP, new ParkedApi(new ResendParked(parking, consumer::handleAgain)));
        consumer.start();
    }

    /** Has the keys of requests forgotten that are not repeated any more. */
    public <S> void forgetKeys(Transactor<S> transactor, Function<? super S, IdempotencyKeys> keys) {
        wiring.worker("idempotency keys' housekeeping", HOUSEKEEPING_PACE, () -> {
            Instant limit = wiring.clock().instant().minus(IdempotencyKeys.KEPT);
            transactor.inTransaction(store -> keys.apply(store).forgetBefore(limit, KEYS_FORGOTTEN_AT_ONCE));
        });
    }

    private static void retry(RetryMessages retrying) {
        int attempts = 0;
        while (attempts < RETRIED_IN_A_ROUND && retrying.retryNext()) {
            attempts++;
        }
    }

    private void backlogs(RetryQueue retries, PostgresParkingLot parking, AmqpConsumer<?> consumer) {
        Transactor<OutboxQueue> outbox = PostgresOutboxQueue.transactor(database);
        wiring.gauge(
                "hexmart_outbox_unsent",
                "Messages that wait to be sent",
                () -> backlog(outbox).size());
        wiring.gauge(
                "hexmart_outbox_oldest_seconds",
                "Age of the oldest unsent message",
                () -> backlog(outbox).age().toMillis() / MILLIS);
        wiring.gauge("hexmart_waiting_messages", "Messages in the retry queue", retries::size);
        wiring.gauge(
                "hexmart_parked_messages",
                "Messages that failed too often and wait to be resent by hand",
                parking::count);
        wiring.gauge(
                "hexmart_queue_messages",
                "Messages that wait in the queue to be handled",
                "queue",
                consumer.queue(),
                consumer::waiting);
    }

    private Backlog backlog(Transactor<OutboxQueue> outbox) {
        return outbox.reading(queue -> queue.backlog(wiring.clock().instant()));
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

    private static PostgresDatabase database(Wiring wiring, PostgresSettings settings) {
        DatabaseCalls calls = DatabaseCalls.postgresql(wiring.telemetry(), settings.namespace());
        PostgresDatabase database =
                wiring.open("database", PostgresDatabase.open(settings, statement -> calls.begin(statement)::end));
        wiring.telemetry()
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

    private void relay() {
        wiring.ports(
                POSTGRES,
                Map.of(Transactor.class, PostgresTransactor.class, OutboxQueue.class, PostgresOutboxQueue.class));
        AmqpMessagePublisher publisher = wiring.port(
                RABBITMQ, MessagePublisher.class, wiring.open("publisher", new AmqpMessagePublisher(broker)));
        OutboxRelay relay =
                new OutboxRelay(PostgresOutboxQueue.transactor(database), messages.observed(publisher), wiring.clock());
        // Closed after everything that appends to the outbox: what is still in it goes out with the last round.
        wiring.onClose("last relay", relay::relayAll);
        Worker relaying = wiring.worker("outbox relay", RELAY_PACE, relay, OutboxRelay::relayAll);
        new OutboxSignal(notifications).onAppend(relaying::wake);
        Transactor<PostgresInbox> inbox = PostgresInbox.transactor(database);
        wiring.worker("messages' housekeeping", HOUSEKEEPING_PACE, relay, it -> {
            it.forgetSentLongerAgoThan(SENT_KEPT);
            Instant limit = wiring.clock().instant().minus(PostgresInbox.KEPT);
            inbox.inTransaction(received -> received.forgetBefore(limit, MESSAGES_FORGOTTEN_AT_ONCE));
        });
    }
}
