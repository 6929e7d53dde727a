package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.RetryQueue.WaitingMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Use case, driven by time: retries failed messages with backoff, and parks those that fail too often.
 *
 * <p>One at a time, so that an attempt which ends the process counts against the message that ended it and no other. For one
 * thread.
 */
public final class RetryMessages {

    private final RetryQueue waiting;
    private final ParkingLot parking;
    private final Consumer<WaitingMessage> handler;
    private final RedeliveryPolicy policy;
    private final InstantSource clock;

    /** The result of the last attempt that is not stored yet, after an outage of the store. */
    private final Deque<Settlement> unsettled = new ArrayDeque<>();

    /** @param handler decodes and handles a message in this process, and throws where that fails */
    public RetryMessages(
            RetryQueue waiting,
            ParkingLot parking,
            Consumer<WaitingMessage> handler,
            RedeliveryPolicy policy,
            InstantSource clock) {
        this.waiting = waiting;
        this.parking = parking;
        this.handler = handler;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Makes one attempt at the message that has been due for the longest.
     *
     * @return whether there was one; as long as there is, there may be more
     * @throws TemporaryFailure when the store cannot be reached
     */
    public boolean retryNext() {
        if (!unsettled.isEmpty()) {
            settle(unsettled.getFirst());
        }
        Instant now = clock.instant();
        Optional<WaitingMessage> next = waiting.take(now, now.plus(policy.lease()));
        next.map(this::attempt).ifPresent(this::settle);
        return next.isPresent();
    }

    /** Returns the result of the attempt, to be stored. */
    private Settlement attempt(WaitingMessage message) {
        // The attempt that has just begun is counted already, and those before it have ended in nothing that was
        // stored.
        if (policy.givesUpAfter(message.failures() - 1)) {
            return park(
                    message,
                    ("Handling it was begun %d times and never came to an end; it may have ended the process. "
                                    + "Before that: %s")
                            .formatted(
                                    message.failures() - 1, message.reason().isEmpty() ? "nothing" : message.reason()));
        }
        try {
            handler.accept(message);
        } catch (UnprocessableMessage e) {
            return park(message, String.valueOf(e.getMessage()));
        } catch (TemporaryFailure e) {
            return putBack(message.metOutage(e.toString()));
        } catch (RuntimeException | Error e) {
            return policy.givesUpAfter(message.failures())
                    ? park(message, e.toString())
                    : putBack(message.failed(e.toString()));
        }
        return new Settlement.Done(message.id());
    }

    private Settlement putBack(WaitingMessage message) {
        return new Settlement.PutBack(message, clock.instant().plus(policy.pauseAfter(message.attempts())));
    }

    private Settlement park(WaitingMessage message, String reason) {
        return new Settlement.Park(new ParkedMessage(
                message.id(), message.type(), message.body(), message.headers(), reason, clock.instant()));
    }

    private void settle(Settlement settlement) {
        unsettled.clear();
        unsettled.add(settlement);
        switch (settlement) {
            case Settlement.Done(var message) -> waiting.remove(message);
            case Settlement.PutBack(var message, var due) -> waiting.putBack(message, due);
            case Settlement.Park(var message) -> {
                parking.park(message);
                waiting.remove(message.id());
            }
        }
        unsettled.clear();
    }

    /** The result of an attempt, to be stored. */
    private sealed interface Settlement {

        record Done(UUID message) implements Settlement {}

        record PutBack(WaitingMessage message, Instant due) implements Settlement {}

        record Park(ParkedMessage message) implements Settlement {}
    }
}
