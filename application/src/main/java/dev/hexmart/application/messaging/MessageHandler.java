package dev.hexmart.application.messaging;

import dev.hexmart.domain.messages.Message;

/**
 * Driving port: what a context does with the messages that are meant for it.
 *
 * <p>When it returns, the message has had its effect, now or at an earlier delivery, and may be acknowledged. When it
 * throws, the message has had none: after an {@link UnprocessableMessage} it is parked, after anything else handled again.
 *
 * <p>Messages may come in another order than they were sent in, and more than once.
 */
@FunctionalInterface
public interface MessageHandler<M extends Message> {

    void handle(Received<M> received);

    /**
     * Handles several messages together, in one transaction where the handler can.
     *
     * <p>When it returns, each of them has had its effect. When it throws, any of them may have had its effect or not, and each
     * is handled again by itself: one that cannot be handled does not keep back the others.
     */
    default void handleTogether(Batch<M> batch) {
        batch.received().forEach(this::handle);
    }
}
