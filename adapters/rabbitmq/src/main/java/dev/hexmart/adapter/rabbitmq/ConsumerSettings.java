package dev.hexmart.adapter.rabbitmq;

import dev.hexmart.application.messaging.RedeliveryPolicy;
import java.time.Duration;

/**
 * How a queue is consumed.
 *
 * @param channels how many transactions handle messages at a time; with more than one, messages about the same order may
 *     overtake each other
 * @param prefetch how many messages a channel holds, once it has seen one that is delivered for the first time
 * @param together how many messages that are at hand are handled in one transaction
 * @param redelivery when a message whose handling failed is tried again
 * @param finishWithin how long the messages in hand may take when the consumer is closed
 */
public record ConsumerSettings(
        int channels, int prefetch, int together, RedeliveryPolicy redelivery, Duration finishWithin) {

    public ConsumerSettings {
        if (channels < 1 || prefetch < 1 || together < 1) {
            throw new IllegalArgumentException("A queue is consumed on at least one channel, one message at a time");
        }
    }

    public static ConsumerSettings standard() {
        return new ConsumerSettings(4, 20, 20, RedeliveryPolicy.standard(), Duration.ofSeconds(10));
    }
}
