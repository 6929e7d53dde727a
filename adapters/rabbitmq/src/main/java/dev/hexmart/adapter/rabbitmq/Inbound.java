package dev.hexmart.adapter.rabbitmq;

import dev.hexmart.adapter.json.MessageCodec;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.domain.messages.Message;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** What a context does with a delivery, however it came. */
final class Inbound<M extends Message> {

    private static final int LONGEST_BODY = 256 * 1024;
    private static final int LONGEST_REASON = 1_000;

    private final Class<M> family;
    private final MessageHandler<M> handler;
    private final DeliveryScope scope;
    private final InstantSource clock;

    Inbound(Class<M> family, MessageHandler<M> handler, DeliveryScope scope, InstantSource clock) {
        this.family = family;
        this.handler = handler;
        this.scope = scope;
        this.clock = clock;
    }

    /** @throws Poison when the delivery is no message that the context understands */
    void handle(Delivery delivery) {
        scope.around(delivery, () -> handler.handle(decode(delivery)));
    }

    ParkedMessage parked(Delivery delivery, Throwable why) {
        String body = delivery.body();
        String reason = why instanceof Poison ? String.valueOf(why.getMessage()) : why.toString();
        return new ParkedMessage(
                senderId(delivery).orElseGet(UUID::randomUUID),
                delivery.type(),
                body.substring(0, Math.min(body.length(), LONGEST_BODY)),
                delivery.headers(),
                reason.substring(0, Math.min(reason.length(), LONGEST_REASON)),
                clock.instant());
    }

    private Received<M> decode(Delivery delivery) {
        Received<Message> received;
        try {
            received = MessageCodec.decode(delivery.body());
        } catch (RuntimeException e) {
            throw new Poison(String.valueOf(e.getMessage()), e);
        }
        if (!family.isInstance(received.message())) {
            throw new Poison("%s is not %s".formatted(MessageCodec.type(received.message()), family.getSimpleName()));
        }
        return new Received<>(received.id(), family.cast(received.message()));
    }

    private static Optional<UUID> senderId(Delivery delivery) {
        try {
            return Optional.of(MessageCodec.decode(delivery.body()).id());
        } catch (RuntimeException _) {
            return delivery.messageId();
        }
    }
}
