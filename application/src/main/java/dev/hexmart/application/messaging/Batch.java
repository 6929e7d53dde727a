package dev.hexmart.application.messaging;

import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.shared.OrderId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Messages that are handled in one transaction; no two of them are about the same order. */
public final class Batch<M extends Message> {

    private final List<Received<M>> messages;
    private final Scope scope;

    private Batch(List<Received<M>> messages, Scope scope) {
        this.messages = List.copyOf(messages);
        this.scope = scope;
        if (Set.copyOf(orders()).size() < messages.size()) {
            throw new IllegalArgumentException("Two messages of a batch are about the same order");
        }
    }

    public static <M extends Message> Batch<M> of(Received<M> message) {
        return new Batch<>(List.of(message), (_, work) -> work.run());
    }

    /** @param scope of each message's part of the work, such as the trace that the message belongs to */
    public static <M extends Message> Batch<M> of(List<Received<M>> messages, Scope scope) {
        return new Batch<>(messages, scope);
    }

    /** Runs the work for a message, once and in the calling thread; its exceptions are passed on. */
    @FunctionalInterface
    public interface Scope {
        void run(UUID message, Work work);
    }

    /** What is done for one message, or for several together. */
    @FunctionalInterface
    public interface Work {
        void run();
    }

    public List<UUID> ids() {
        return messages.stream().map(Received::id).toList();
    }

    public List<OrderId> orders() {
        return messages.stream().map(received -> received.message().order()).toList();
    }

    public List<Received<M>> received() {
        return messages;
    }

    public List<M> messages() {
        return messages.stream().map(Received::message).toList();
    }

    /** Those of the messages that have these ids. */
    public Batch<M> only(Set<UUID> ids) {
        return new Batch<>(
                messages.stream()
                        .filter(received -> ids.contains(received.id()))
                        .toList(),
                scope);
    }

    /** Runs the work for one message after the other, each in its own scope: messages sent meanwhile are caused by that message. */
    public void each(Consumer<M> work) {
        messages.forEach(received -> scope.run(received.id(), () -> work.accept(received.message())));
    }
}
