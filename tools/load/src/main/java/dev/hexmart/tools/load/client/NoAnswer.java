package dev.hexmart.tools.load.client;

/** A request without a response; it may have taken effect. */
public final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoAnswer(String request, Throwable cause) {
        super(request + " was not answered (" + cause + ")", cause);
    }
}
