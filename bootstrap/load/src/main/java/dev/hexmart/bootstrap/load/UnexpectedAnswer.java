package dev.hexmart.bootstrap.load;

/** An answer that ends a shopper's visit. */
final class UnexpectedAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String why;
    private final boolean refusal;

    UnexpectedAnswer(String request, Answer answer) {
        this.why = request + ": " + answer.summary();
        refusal = answer.isRefusal();
    }

    String why() {
        return why;
    }

    boolean isRefusal() {
        return refusal;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
