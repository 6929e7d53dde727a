package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Driven port: parked messages, which wait to be resent by an employee.
 *
 * <p>Every call throws a {@link TemporaryFailure} when the store cannot be reached; then nothing has changed, or, if the
 * connection was lost in the commit itself, it is not known whether it has.
 */
public interface ParkingLot {

    /**
     * Keeps the message until it is removed; survives a restart.
     *
     * <p>The same delivery parked twice is kept once, with the later reason.
     */
    void park(ParkedMessage message);

    /** The parked messages, oldest first. */
    List<ParkedMessage> list(int limit);

    /** The parked message with this id; empty if there is none. */
    Optional<ParkedMessage> find(UUID id);

    /** Deletes it; an unknown one is no error. */
    void remove(UUID id);

    /**
     * A message as it was received, undecoded.
     *
     * @param id the sender's if it could be read, otherwise a fresh one
     * @param body as received, at most 256 KiB of it; what is not text is kept as replacement characters
     * @param reason why it could not be handled
     */
    record ParkedMessage(UUID id, String type, String body, Map<String, String> headers, String reason, Instant at) {
        public ParkedMessage {
            headers = Map.copyOf(headers);
        }
    }
}
