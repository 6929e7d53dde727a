package dev.hexmart.bootstrap.demo.embedded;

/** An embedded part cannot run; the message says why and what to do, for the person who started it. */
public final class EmbeddedPartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedPartException(String message) {
        super(message);
    }

    EmbeddedPartException(String message, Throwable cause) {
        super(message + " (" + cause.getMessage() + ")", cause);
    }
}
