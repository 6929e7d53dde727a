package dev.hexmart.application.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Driven port: parked messages, which wait to be resent by an employee. */
public interface ParkingLot {

    /**
     * Keeps the message until it is removed; survives a restart.
     *
     * <p>The same delivery parked twice is kept once, with the later reason.
     */
    void park(ParkedMessage message);

    /** The parked messages, oldest first. */
    List<ParkedMessage> list(int limit);

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
