package dev.hexmart.tools.load.client;

/** An answer that ends a shopper's visit. */
public final class UnexpectedAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;
    private final boolean refusal;

    public UnexpectedAnswer(String request, Answer answer) {
        this.why = request + ": " + answer.summary();
        refusal = answer.isRefusal();
    }

    public String why() {
        return why;
    }

    public boolean isRefusal() {
        return refusal;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
