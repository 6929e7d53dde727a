package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.messages.PaymentCommand;
import dev.hexmart.domain.messages.StockCommand;
import dev.hexmart.domain.shared.OrderId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A broker in memory: what is published waits until a test has it delivered, in turn or out of it, once or more often.
 *
 * <p>A message without a subscriber is not confirmed.
 */
public final class InMemoryBus implements MessagePublisher {

    private final InMemoryMessages messages;
    private final List<OutboxMessage> waiting = new ArrayList<>();
    private final List<OutboxMessage> heldBack = new ArrayList<>();
    private Optional<MessageHandler<StockCommand>> catalog = Optional.empty();
    private Optional<MessageHandler<CheckoutEvent>> ordering = Optional.empty();
    private Optional<MessageHandler<PaymentCommand>> payment = Optional.empty();
    private boolean broken;

    public InMemoryBus(InMemoryMessages messages) {
        this.messages = messages;
    }

    public synchronized void forCatalog(MessageHandler<StockCommand> handler) {
        catalog = Optional.of(handler);
    }

    public synchronized void forOrdering(MessageHandler<CheckoutEvent> handler) {
        ordering = Optional.of(handler);
    }

    public synchronized void forPayment(MessageHandler<PaymentCommand> handler) {
        payment = Optional.of(handler);
    }

    /** From now on nothing can be published. */
    public synchronized void breakDown() {
        broken = true;
    }

    public synchronized void mend() {
        broken = false;
    }

    @Override
    public synchronized Set<UUID> publish(List<OutboxMessage> published) {
        if (broken) {
            throw new TemporaryFailure("The broker cannot be reached");
        }
        Set<UUID> confirmed = new LinkedHashSet<>();
        for (OutboxMessage message : published) {
            if (isWanted(messages.decode(message))) {
                waiting.add(message);
                confirmed.add(message.id());
            }
        }
        return confirmed;
    }

    /** How many deliveries wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Delivers what has waited longest; returns whether there was anything. */
    public boolean deliverNext() {
        return deliver(0);
    }

    /**
     * Delivers what is at that place of the queue, and puts it back at its end if that fails.
     *
     * @return whether there was anything
     */
    public boolean deliver(int place) {
        Optional<OutboxMessage> next = take(place);
        next.ifPresent(this::deliver);
        return next.isPresent();
    }

    /**
     * Delivers what is at that place of the queue together with what follows it for the same context about other orders; one by
     * one, should that fail.
     *
     * @param limit how many at the most
     */
    public void deliverTogether(int place, int limit) {
        List<OutboxMessage> taken = takeTogether(place, limit);
        if (taken.size() > 1) {
            try {
                handleTogether(taken);
                return;
            } catch (RuntimeException _) {
                // As a consumer does: what failed together is handled by itself.
            }
        }
        try {
            while (!taken.isEmpty()) {
                deliver(taken.removeFirst());
            }
        } finally {
            taken.forEach(this::putBack);
        }
    }

    /** Puts what is at that place of the queue into it once more, at its end. */
    public synchronized void duplicate(int place) {
        waiting.add(waiting.get(place));
    }

    /** What is at that place of the queue is not to be delivered for now. */
    public synchronized void holdBack(int place) {
        heldBack.add(waiting.remove(place));
    }

    /** Puts all that is held back to the end of the queue. */
    public synchronized void deliverHeldBack() {
        waiting.addAll(heldBack);
        heldBack.clear();
    }

    private void deliver(OutboxMessage message) {
        boolean handled = false;
        try {
            handle(message);
            handled = true;
        } finally {
            if (!handled) {
                putBack(message);
            }
        }
    }

    private void handle(OutboxMessage envelope) {
        switch (messages.decode(envelope)) {
            case StockCommand it -> catalog.orElseThrow().handle(new Received<>(envelope.id(), it));
            case CheckoutEvent it -> ordering.orElseThrow().handle(new Received<>(envelope.id(), it));
            case PaymentCommand it -> payment.orElseThrow().handle(new Received<>(envelope.id(), it));
        }
    }

    private synchronized List<OutboxMessage> takeTogether(int place, int limit) {
        List<OutboxMessage> taken = new ArrayList<>();
        Set<OrderId> orders = new HashSet<>();
        Optional<Destination<?>> first = Optional.empty();
        for (OutboxMessage message : List.copyOf(waiting.subList(place, waiting.size()))) {
            Destination<?> destination = destination(message);
            if (taken.size() < limit && first.orElse(destination).equals(destination) && orders.add(message.order())) {
                first = Optional.of(destination);
                taken.add(message);
                waiting.remove(message);
            }
        }
        return taken;
    }

    private Destination<?> destination(OutboxMessage message) {
        Message content = messages.decode(message);
        return Destination.ALL.stream()
                .filter(each -> each.accept(content).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private void handleTogether(List<OutboxMessage> taken) {
        switch (destination(taken.getFirst())) {
            case Destination.Catalog it -> catalog.orElseThrow().handleTogether(batch(taken, it));
            case Destination.Ordering it -> ordering.orElseThrow().handleTogether(batch(taken, it));
            case Destination.Payment it -> payment.orElseThrow().handleTogether(batch(taken, it));
        }
    }

    private <M extends Message> Batch<M> batch(List<OutboxMessage> taken, Destination<M> destination) {
        return Batch.of(
                taken.stream()
                        .map(envelope -> new Received<>(
                                envelope.id(),
                                destination.accept(messages.decode(envelope)).orElseThrow()))
                        .toList(),
                (_, work) -> work.run());
    }

    private synchronized Optional<OutboxMessage> take(int place) {
        return place < waiting.size() ? Optional.of(waiting.remove(place)) : Optional.empty();
    }

    private synchronized void putBack(OutboxMessage message) {
        waiting.add(message);
    }

    private boolean isWanted(Message message) {
        return switch (message) {
            case StockCommand _ -> catalog.isPresent();
            case CheckoutEvent _ -> ordering.isPresent();
            case PaymentCommand _ -> payment.isPresent();
        };
    }
}
