package dev.hexmart.adapter.rabbitmq;

import static java.util.Objects.requireNonNull;

import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.messaging.RetryQueue.WaitingMessage;
import dev.hexmart.application.messaging.UnprocessableMessage;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.shared.OrderId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The handling of a delivery: decode, handle, park or store for a retry. */
final class Inbound<M extends Message> {

    private static final int LONGEST_BODY = 256 * 1024;
    private static final int LONGEST_REASON = 1_000;

    private final Destination<M> destination;
    private final MessageHandler<M> handler;
    private final DeliveryScope scope;
    private final InstantSource clock;

    Inbound(Destination<M> destination, MessageHandler<M> handler, DeliveryScope scope, InstantSource clock) {
        this.destination = destination;
        this.handler = handler;
        this.scope = scope;
        this.clock = clock;
    }

    /** @throws UnprocessableMessage when the delivery is no message that the context understands, or never can be handled */
    void handle(Delivery delivery) {
        scope.around(List.of(delivery), _ -> handler.handle(decode(delivery)));
    }

    /**
     * Handles several deliveries together, as far as they are about different orders; those about one order come one after the
     * other.
     *
     * <p>When it throws, any of them may have had its effect or not.
     */
    void handle(List<Delivery> deliveries) {
        List<Received<M>> received = deliveries.stream().map(this::decode).toList();
        Map<UUID, Integer> places = new HashMap<>();
        for (int place = 0; place < received.size(); place++) {
            places.put(received.get(place).id(), place);
        }
        scope.around(
                deliveries,
                parts -> rounds(received)
                        .forEach(round -> handler.handleTogether(
                                Batch.of(round, (id, work) -> parts.run(requireNonNull(places.get(id)), work::run)))));
    }

    /** In each round one message about each order, in the order in which they came. */
    private List<List<Received<M>>> rounds(List<Received<M>> received) {
        List<List<Received<M>>> rounds = new ArrayList<>();
        Map<OrderId, Integer> next = new HashMap<>();
        for (Received<M> message : received) {
            int round = next.merge(message.message().order(), 1, Integer::sum);
            if (rounds.size() < round) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round - 1).add(message);
        }
        return rounds;
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
        M message = destination
                .accept(received.message())
                .orElseThrow(() -> new UnprocessableMessage("%s is not for the queue %s"
                        .formatted(MessageCodec.type(received.message()), Topology.queue(destination))));
        return new Received<>(received.id(), message);
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
