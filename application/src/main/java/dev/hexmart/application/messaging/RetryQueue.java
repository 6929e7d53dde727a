package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Driven port: failed messages that wait for their retry, outside of the broker.
 *
 * <p>Each call is a transaction of its own, and throws a {@link TemporaryFailure} when the store cannot be reached; then
 * nothing has changed, or, if the connection was lost in the commit itself, it is not known whether it has.
 */
public interface RetryQueue {

    /** Stores a message until it is removed; survives a restart. Of a message that is there already nothing changes. */
    void add(WaitingMessage message, Instant due);

    /**
     * The message that has been due for the longest, with one attempt more.
     *
     * <p>The attempt is stored before this returns, so that one which ends the process counts as well. The message is not due
     * again until the given time: no other call gets it before, and after that one does, unless it was removed or put back.
     *
     * @param until when it is due again, should nothing be heard of this attempt
     */
    Optional<WaitingMessage> take(Instant now, Instant until);

    /** The attempt has failed: due again at the given time, with these attempts. An unknown message is no error. */
    void putBack(WaitingMessage message, Instant due);

    /** The message has been handled or parked; an unknown one is no error. */
    void remove(UUID id);

    /** How many messages wait. */
    long size();

    /** Returns if a message could be stored now, and leaves nothing behind. */
    void check();

    /**
     * A message as it was received, undecoded.
     *
     * @param id the sender's
     * @param attempts how many attempts to handle it have begun
     * @param outages how many of these failed through no fault of the message
     * @param reason why the last attempt failed; empty where none has
     */
    record WaitingMessage(
            UUID id, String type, String body, Map<String, String> headers, int attempts, int outages, String reason) {

        public WaitingMessage {
            headers = Map.copyOf(headers);
            if (outages < 0 || attempts < outages) {
                throw new IllegalArgumentException("There are no more outages than attempts");
            }
        }

        /** How many attempts count against the message. */
        public int failures() {
            return attempts - outages;
        }

        WaitingMessage failed(String why) {
            return new WaitingMessage(id, type, body, headers, attempts, outages, why);
        }

        WaitingMessage metOutage(String why) {
            return new WaitingMessage(id, type, body, headers, attempts, outages + 1, why);
        }
    }
}
