package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.domain.messages.Destination;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The exchange, and one queue a context, bound to the types of the messages for it.
 *
 * <p>Every service declares all of it, other services' queues too: in any order of startup, no message is ever
 * published before the queue that it is for exists.
 */
final class Topology {

    static final String EVENTS = "hexmart.events";

    /** Exchange and queue of dead letters; see {@link #LAST_NET}. */
    static final String DEAD = "hexmart.dead";

    /**
     * For what should not happen, since {@link AmqpConsumer} takes over what is delivered again: a message that brings down
     * every process as it is received ends in the dead letter queue, instead of doing so for ever. All of it is said
     * explicitly, because defaults differ between the broker's versions; none of it can be changed for a queue that exists.
     */
    static final Map<String, Object> LAST_NET = Map.of(
            "x-queue-type", "quorum",
            "x-delivery-limit", 20,
            "x-dead-letter-exchange", DEAD,
            "x-dead-letter-strategy", "at-least-once",
            // Dead-lettering at least once works with this overflow only.
            "x-overflow", "reject-publish");

    /**
     * A limit out of reach: there is nowhere to go from here, so looking at a message must never remove it. With a limit a
     * message that was looked at is put back in its place; without one RabbitMQ up to 4.0 puts it at the end.
     */
    static final Map<String, Object> KEEP = Map.of("x-queue-type", "quorum", "x-delivery-limit", 1_000_000);

    private Topology() {}

    static String queue(Destination<?> destination) {
        return switch (destination) {
            case Destination.Catalog _ -> "hexmart.catalog";
            case Destination.Ordering _ -> "hexmart.ordering";
            case Destination.Payment _ -> "hexmart.payment";
        };
    }

    /** Whether it is the queue of a context. */
    static boolean isQueue(String name) {
        return Destination.ALL.stream()
                .anyMatch(destination -> queue(destination).equals(name));
    }

    /** The queue that messages of the type are for. */
    static Optional<String> queueOfType(String type) {
        return Destination.ALL.stream()
                .filter(destination -> MessageCodec.types(destination).contains(type))
                .map(Topology::queue)
                .findFirst();
    }

    /** Changes nothing where it is all there already. */
    static void declare(Channel channel) throws IOException {
        channel.exchangeDeclare(DEAD, BuiltinExchangeType.FANOUT, true);
        channel.queueDeclare(DEAD, true, false, false, KEEP);
        channel.queueBind(DEAD, DEAD, "");
        channel.exchangeDeclare(EVENTS, BuiltinExchangeType.TOPIC, true);
        for (Destination<?> destination : Destination.ALL) {
            channel.queueDeclare(queue(destination), true, false, false, LAST_NET);
            for (String type : MessageCodec.types(destination)) {
                channel.queueBind(queue(destination), EVENTS, type);
            }
        }
    }
}
