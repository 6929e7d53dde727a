package dev.hexmart.domain.shared;

import java.util.regex.Pattern;

/** The payment provider's token for a means of payment; never card data itself. */
public record PaymentMethod(String token) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public PaymentMethod {
        if (!FORM.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "A payment method is 1 to 64 of a-z, 0-9 and -, and starts with a letter or digit");
        }
    }

    @Override
    public String toString() {
        return token;
    }
}
