package dev.hexmart.tools.load.client;

/** A request was sent, or could not be sent, and nobody answered; what it asked for may have been done. */
public final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;

    public NoAnswer(String request, Throwable cause) {
        super(cause);
        this.why = request + " was not answered (" + cause + ")";
    }

    public String why() {
        return why;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
