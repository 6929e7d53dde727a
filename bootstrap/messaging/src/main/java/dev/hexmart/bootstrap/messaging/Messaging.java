package dev.hexmart.bootstrap.messaging;

import dev.hexmart.adapter.postgres.Notifications;
import dev.hexmart.adapter.postgres.PostgresDatabase;
import dev.hexmart.adapter.postgres.messaging.MessageStamp;
import dev.hexmart.adapter.postgres.messaging.OutboxSignal;
import dev.hexmart.adapter.postgres.messaging.PostgresInbox;
import dev.hexmart.adapter.postgres.messaging.PostgresOutboxQueue;
import dev.hexmart.adapter.postgres.messaging.PostgresParkingLot;
import dev.hexmart.adapter.postgres.messaging.TraceContext;
import dev.hexmart.adapter.rabbitmq.AmqpConsumer;
import dev.hexmart.adapter.rabbitmq.AmqpMessagePublisher;
import dev.hexmart.adapter.rabbitmq.Broker;
import dev.hexmart.adapter.rabbitmq.ConsumerSettings;
import dev.hexmart.adapter.rabbitmq.DeliveryScope;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.OutboxRelay;
import dev.hexmart.application.messaging.ParkingLot;
import dev.hexmart.application.messaging.ResendParked;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.bootstrap.runtime.Lifecycle;
import dev.hexmart.bootstrap.runtime.TimeOrderedIds;
import dev.hexmart.bootstrap.runtime.Worker;
import dev.hexmart.domain.messages.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A database, a broker, and the relay between the two.
 *
 * @param stamp what every message of the service gets on its way into the outbox
 */
public record Messaging(
        PostgresDatabase database, Notifications notifications, MessageStamp stamp, Broker broker, ParkingLot parking) {

    /** The relay is woken as soon as something is in the outbox; this is for the wake-up that gets lost. */
    private static final Duration RELAY_PACE = Duration.ofSeconds(1);

    private static final Duration SENT_KEPT = Duration.ofDays(1);
    private static final int FORGOTTEN_AT_ONCE = 10_000;
    private static final Duration HOUSEKEEPING_PACE = Duration.ofMinutes(10);

    public static Messaging open(Lifecycle lifecycle, MessagingSettings settings, InstantSource clock) {
        PostgresDatabase database = lifecycle.add("database", PostgresDatabase.open(settings.database()));
        Notifications notifications = lifecycle.add("notifications", Notifications.listen(settings.database()));
        Broker broker = lifecycle.add("broker", Broker.connect(settings.broker()));
        relay(lifecycle, database, notifications, broker, clock);
        MessageStamp stamp = new MessageStamp(new TimeOrderedIds(clock), TraceContext.NONE, clock);
        return new Messaging(database, notifications, stamp, broker, new PostgresParkingLot(database));
    }

    /** Has the messages of one context handled from now on, and gives the use case for those that could not be. */
    public <M extends Message> ResendParked consume(
            Lifecycle lifecycle, Class<M> family, MessageHandler<M> handler, InstantSource clock) {
        AmqpConsumer<M> consumer = lifecycle.add(
                "consumer",
                new AmqpConsumer<>(
                        broker, family, handler, parking, DeliveryScope.NONE, ConsumerSettings.standard(), clock));
        consumer.start();
        return new ResendParked(parking, consumer::handleAgain);
    }

    private static void relay(
            Lifecycle lifecycle,
            PostgresDatabase database,
            Notifications notifications,
            Broker broker,
            InstantSource clock) {
        AmqpMessagePublisher publisher = lifecycle.add("publisher", new AmqpMessagePublisher(broker));
        OutboxRelay relay = new OutboxRelay(PostgresOutboxQueue.transactor(database), publisher, clock);
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
