package dev.hexmart.tools.load.client;

/** A request without a response; it may have taken effect. */
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
