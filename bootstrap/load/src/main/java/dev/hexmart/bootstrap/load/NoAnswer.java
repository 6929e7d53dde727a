package dev.hexmart.bootstrap.load;

/** A request was sent, or could not be sent, and nobody answered; what it asked for may have been done. */
final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    NoAnswer(String request, Throwable cause) {
        super(cause);
        this.why = request + " was not answered (" + cause + ")";
    }

    String why() {
        return why;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
