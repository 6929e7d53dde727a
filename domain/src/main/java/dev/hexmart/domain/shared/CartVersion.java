package dev.hexmart.domain.shared;

/**
 * Names what was in a customer's cart at one time; opaque, 1 to 100 of 0-9, a-f and dots.
 *
 * <p>It is random and not counted, so that it names nothing else after the carts' store has lost its latest changes.
 */
public record CartVersion(String value) {

    private static final int MAX_LENGTH = 100;

    /** Every empty cart's. */
    public static final CartVersion EMPTY = new CartVersion("0");

    public CartVersion {
        if (!Letters.areAll(value, c -> Letters.isLowerHexDigit(c) || c == '.', 1, MAX_LENGTH)) {
            throw new IllegalArgumentException("A version of a cart is 1 to 100 of 0-9, a-f and dots");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
