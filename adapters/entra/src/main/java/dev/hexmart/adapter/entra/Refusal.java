package dev.hexmart.adapter.entra;

/** The authority has answered, and the answer is no; never leaves this package. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String error;

    /** @param error by its name in OAuth 2.0, {@code invalid_grant} for one */
    Refusal(String error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    String error() {
        return error;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
