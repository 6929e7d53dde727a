package dev.hexmart.application.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Driven port, a transaction of the relay: what has been appended to the outbox and not been sent. */
public interface OutboxQueue {

    /**
     * The oldest unsent messages, in the order in which they were appended.
     *
     * <p>None while another transaction holds the queue: however many relays there are, one works at a time. A message that
     * is put off, and all later ones about the same order, are left out until then. Nothing that has been committed is
     * ever passed over, whatever the order in which its transaction committed.
     */
    List<OutboxMessage> unsent(int limit, Instant now);

    /** They are at the broker: never to be handed out again. */
    void markSent(Collection<UUID> ids, Instant at);

    /** The broker did not take them: handed out again from the given time on; each counts one more attempt. */
    void putOff(Collection<UUID> ids, Instant until);

    /** Forgets messages that were sent before the given time, at most {@code limit} of them; returns how many. */
    int forgetSentBefore(Instant time, int limit);

    /** How many are unsent, and for how long the oldest of them has been. */
    Backlog backlog(Instant now);

    /** @param age of the oldest unsent message; zero where there is none */
    record Backlog(int size, Duration age) {}
}
