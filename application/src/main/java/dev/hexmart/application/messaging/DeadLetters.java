package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Driven port: messages that the broker gave up on, until they are sent again.
 *
 * <p>Every call throws a {@link TemporaryFailure} when the broker cannot be reached, or does not confirm.
 */
public interface DeadLetters {

    /** The oldest first; looking at them changes nothing. */
    List<DeadLetter> list(int limit);

    long count();

    /**
     * Sends a message, as it was, to the queue that it came from, and removes it here once the broker has confirmed that.
     *
     * <p>It may arrive twice where this is interrupted in between, never not at all.
     */
    Outcome resend(UUID id);

    /**
     * A message that the broker gave up on, undecoded.
     *
     * @param id the sender's if there is one, otherwise the same for the same body
     * @param queue that it came from, as far as that is known
     * @param reason in the broker's word, such as {@code delivery_limit}
     * @param at when the broker gave up on it; when it was looked at, where the broker does not say
     */
    record DeadLetter(UUID id, String type, Optional<String> queue, String body, String reason, Instant at) {}

    sealed interface Outcome {

        record Sent(String queue) implements Outcome {}

        /** Neither its headers nor its type say which queue it came from; it stays. */
        record NoQueue() implements Outcome {}

        record NotFound() implements Outcome {}
    }
}
