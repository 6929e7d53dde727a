package dev.hexmart.application.messaging;

import dev.hexmart.domain.messages.Message;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the bodies of messages stand for, in the place of a codec: one for all contexts and the bus between them. */
public final class InMemoryMessages {

    private final Map<UUID, Message> messages = new ConcurrentHashMap<>();
    private final Supplier<UUID> ids;

    public InMemoryMessages(Supplier<UUID> ids) {
        this.ids = ids;
    }

    public static InMemoryMessages create() {
        return new InMemoryMessages(UUID::randomUUID);
    }

    /** Puts the message into an envelope with a fresh id. */
    public OutboxMessage encode(Message message) {
        UUID id = ids.get();
        messages.put(id, message);
        return new OutboxMessage(id, message.order(), message.getClass().getSimpleName(), message.toString(), Map.of());
    }

    public Message decode(OutboxMessage envelope) {
        return Optional.ofNullable(messages.get(envelope.id()))
                .orElseThrow(() -> new IllegalArgumentException("Unknown message " + envelope.id()));
    }
}
