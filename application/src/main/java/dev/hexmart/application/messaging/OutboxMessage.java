package dev.hexmart.application.messaging;

import dev.hexmart.domain.shared.OrderId;
import java.util.Map;
import java.util.UUID;

/**
 * A message on its way out, encoded already.
 *
 * @param id the same at every attempt, so that receivers know a doubled one
 * @param order what it is about; the order of messages is kept within it
 * @param type the name of the message's type on the bus
 * @param body the encoded message
 * @param headers what travels beside the body, such as the trace that the message belongs to
 */
public record OutboxMessage(UUID id, OrderId order, String type, String body, Map<String, String> headers) {

    public OutboxMessage {
        headers = Map.copyOf(headers);
    }
}
