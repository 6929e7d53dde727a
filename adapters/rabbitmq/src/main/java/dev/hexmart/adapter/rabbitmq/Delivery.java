package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A message as it came, undecoded; none of it is to be trusted.
 *
 * @param queue that it came from
 * @param messageId what stands beside the body; that in the body counts
 * @param headers such as the trace that the message belongs to
 * @param redelivered whether the broker has handed it out before, to this process or another
 * @param attempt how often handling it has been tried, this time included, from 1
 */
public record Delivery(
        String queue,
        Optional<UUID> messageId,
        String type,
        Map<String, String> headers,
        String body,
        boolean redelivered,
        int attempt) {

    public Delivery {
        headers = Map.copyOf(headers);
    }

    static Delivery of(String queue, Envelope envelope, BasicProperties properties, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        Optional.ofNullable(properties.getHeaders()).orElse(Map.of()).forEach((name, value) -> {
            if (value != null) {
                headers.put(printable(name), printable(text(value)));
            }
        });
        return new Delivery(
                queue,
                Optional.ofNullable(properties.getMessageId()).flatMap(Delivery::uuid),
                printable(Optional.ofNullable(properties.getType()).orElse(envelope.getRoutingKey())),
                headers,
                printable(new String(body, StandardCharsets.UTF_8)),
                envelope.isRedeliver(),
                1);
    }

    /** A header's value, for a person to read; senders in other languages write text as bytes. */
    private static String text(Object value) {
        return switch (value) {
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case Date time -> time.toInstant().toString();
            default -> value.toString();
        };
    }

    /** Nothing that is text contains a NUL, and a database that keeps text refuses it. */
    private static String printable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
