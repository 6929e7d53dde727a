package dev.hexmart.application.messaging;

import dev.hexmart.domain.messages.Message;
import java.util.function.Consumer;

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

    /** The same handler, each of its calls made by {@code runner}, once, in the calling thread, letting through what it throws. */
    default MessageHandler<M> runBy(Consumer<Batch.Work> runner) {
        return new RunBy<>(this, runner);
    }

    /** A handler whose calls are made by something that goes on around them, such as a span. */
    record RunBy<M extends Message>(MessageHandler<M> handler, Consumer<Batch.Work> runner)
            implements MessageHandler<M> {

        @Override
        public void handle(Received<M> received) {
            runner.accept(() -> handler.handle(received));
        }

        @Override
        public void handleTogether(Batch<M> batch) {
            runner.accept(() -> handler.handleTogether(batch));
        }
    }
}
