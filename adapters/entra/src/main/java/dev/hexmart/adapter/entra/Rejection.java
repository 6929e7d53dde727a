package dev.hexmart.adapter.entra;

/** Ends the examination of a token at the first thing that is wrong with it; never leaves this package. */
final class Rejection extends Exception {

    private static final long serialVersionUID = 1L;

    Rejection(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
