package dev.hexmart.domain.shared;

/** The payment provider's token for a means of payment; never card data itself. */
public record PaymentMethod(String token) {

    private static final int MAX_LENGTH = 64;

    public PaymentMethod {
        if (!Letters.areAll(token, c -> Letters.isLowerOrDigit(c) || c == '-', 1, MAX_LENGTH)
                || token.startsWith("-")) {
            throw new IllegalArgumentException(
                    "A payment method is 1 to 64 of a-z, 0-9 and -, and starts with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return token;
    }
}
