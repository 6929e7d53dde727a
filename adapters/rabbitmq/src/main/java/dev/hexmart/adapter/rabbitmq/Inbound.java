package dev.hexmart.adapter.rabbitmq;

import dev.hexmart.adapter.json.MessageCodec;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.messaging.RetryQueue.WaitingMessage;
import dev.hexmart.application.messaging.UnprocessableMessage;
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

    /** @throws UnprocessableMessage when the delivery is no message that the context understands, or never can be handled */
    void handle(Delivery delivery) {
        scope.around(delivery, () -> handler.handle(decode(delivery)));
    }

    /** @throws UnprocessableMessage when the delivery is no message that the context understands */
    WaitingMessage waiting(Delivery delivery, int attempts, int outages, String reason) {
        return new WaitingMessage(
                decode(delivery).id(),
                delivery.type(),
                delivery.body(),
                delivery.headers(),
                attempts,
                outages,
                shortened(reason));
    }

    ParkedMessage parked(Delivery delivery, UnprocessableMessage why) {
        String body = delivery.body();
        return new ParkedMessage(
                senderId(delivery).orElseGet(UUID::randomUUID),
                delivery.type(),
                body.substring(0, Math.min(body.length(), LONGEST_BODY)),
                delivery.headers(),
                shortened(String.valueOf(why.getMessage())),
                clock.instant());
    }

    private Received<M> decode(Delivery delivery) {
        Received<Message> received;
        try {
            received = MessageCodec.decode(delivery.body());
        } catch (RuntimeException e) {
            throw new UnprocessableMessage(String.valueOf(e.getMessage()), e);
        }
        if (!family.isInstance(received.message())) {
            throw new UnprocessableMessage(
                    "%s is not %s".formatted(MessageCodec.type(received.message()), family.getSimpleName()));
        }
        return new Received<>(received.id(), family.cast(received.message()));
    }

    private static String shortened(String reason) {
        return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    private static Optional<UUID> senderId(Delivery delivery) {
        try {
            return Optional.of(MessageCodec.decode(delivery.body()).id());
        } catch (RuntimeException _) {
            return delivery.messageId();
        }
    }
}
