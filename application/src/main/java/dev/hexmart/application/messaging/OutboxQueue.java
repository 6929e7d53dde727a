package dev.hexmart.application.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Driven port, a transaction of the relay: the unsent messages of the outbox. */
public interface OutboxQueue {

    /**
     * The oldest unsent message of each order, oldest first, held by the caller until the given time or until it is sent or put
     * off.
     *
     * <p>Until then no other relay is given it, nor any later message about the same order: however many relays there are,
     * nothing about an order is handed out before all that came earlier about it is sent. A relay that dies keeps its messages
     * back until the time is over, and no others. Nothing that has been committed is ever passed over, whatever the order in
     * which its transaction committed.
     *
     * @param until when it is handed out again, should nothing be heard of this attempt
     */
    List<OutboxMessage> claim(int limit, Instant now, Instant until);

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
