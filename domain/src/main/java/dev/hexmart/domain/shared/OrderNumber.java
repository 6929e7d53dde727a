package dev.hexmart.domain.shared;

import java.util.Locale;

/**
 * The short form of an {@link OrderId} that people read out, such as {@code 3C1B-7E10}: the id's last eight hexadecimal digits.
 *
 * <p>It is a search term, not an identity: two orders may share one (of a million orders, some hundred pairs do).
 *
 * @param digits eight hexadecimal digits in lower case, as in the id
 */
public record OrderNumber(String digits) {

    private static final int LENGTH = 8;
    private static final int GROUP = 4;

    public OrderNumber {
        if (!areDigits(digits)) {
            throw new IllegalArgumentException("An order number is eight hexadecimal digits in lower case");
        }
    }

    public static OrderNumber of(OrderId order) {
        String id = order.toString();
        return new OrderNumber(id.substring(id.length() - LENGTH));
    }

    /**
     * Reads what a person has typed: in any case, with any spaces, hyphens and dots or none, a letter O or I for the digit that it
     * looks like, or the order's whole id.
     *
     * @throws IllegalArgumentException where that is no order number; the message says what one looks like
     */
    public static OrderNumber parse(String text) {
        String digits = withoutSeparators(text)
                .toLowerCase(Locale.ROOT)
                .replace('o', '0')
                .replace('i', '1')
                .replace('l', '1');
        if (areDigits(digits)) {
            return new OrderNumber(digits);
        }
        try {
            return of(OrderId.parse(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Must be an order number, such as 3C1B-7E10", e);
        }
    }

    private static boolean areDigits(String text) {
        return Letters.areAll(text, Letters::isLowerHexDigit, LENGTH, LENGTH);
    }

    private static String withoutSeparators(String text) {
        StringBuilder rest = new StringBuilder();
        text.codePoints().filter(c -> !isSeparator(c)).forEach(rest::appendCodePoint);
        return rest.toString();
    }

    private static boolean isSeparator(int c) {
        return c == '#'
                || c == '.'
                || (c >= '\t' && c <= '\r')
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.DASH_PUNCTUATION;
    }

    /** As it is shown: two groups of four, in capitals. */
    @Override
    public String toString() {
        String capitals = digits.toUpperCase(Locale.ROOT);
        return capitals.substring(0, GROUP) + "-" + capitals.substring(GROUP);
    }
}
