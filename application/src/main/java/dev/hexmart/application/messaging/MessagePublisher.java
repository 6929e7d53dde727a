package dev.hexmart.application.messaging;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Driven port: hands messages to the broker. */
public interface MessagePublisher {

    /**
     * Publishes the messages, in the given order, and waits for the broker's word on each.
     *
     * @return the ids of those that the broker has stored durably in at least one queue. The others may or may not have
     *     arrived: publish them again under the same id
     * @throws dev.hexmart.application.failure.TemporaryFailure when the broker cannot be reached; any of them may have
     *     arrived
     */
    Set<UUID> publish(List<OutboxMessage> messages);
}
