package dev.hexmart.tools.load.client;

/** An answer that ends a shopper's visit. */
public final class UnexpectedAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean refusal;

    public UnexpectedAnswer(String request, Answer answer) {
        super(request + ": " + answer.summary());
        refusal = answer.isRefusal();
    }

    public boolean isRefusal() {
        return refusal;
    }
}
