package dev.hexmart.adapter.rabbitmq;

/** Not a message that anybody here can handle, now or later. */
final class Poison extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Poison(String message, Throwable cause) {
        super(message, cause);
    }

    Poison(String message) {
        super(message);
    }
}
