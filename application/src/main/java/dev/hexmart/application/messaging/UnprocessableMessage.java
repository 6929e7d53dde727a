package dev.hexmart.application.messaging;

/**
 * A message that can never be handled, now or later: unreadable, or about something that does not exist.
 *
 * <p>Thrown by a {@link MessageHandler}, or before one is reached; the message is parked at once, without another attempt.
 */
public final class UnprocessableMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnprocessableMessage(String message, Throwable cause) {
        super(message, cause);
    }

    public UnprocessableMessage(String message) {
        super(message);
    }
}
