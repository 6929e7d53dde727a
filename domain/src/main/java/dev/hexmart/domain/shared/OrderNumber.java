package dev.hexmart.domain.shared;

import java.util.Locale;
import java.util.regex.Pattern;

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
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + LENGTH + "}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Z}\\p{Pd}#.]+");

    public OrderNumber {
        if (!FORM.matcher(digits).matches()) {
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
        String digits = SEPARATORS
                .matcher(text)
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace('o', '0')
                .replace('i', '1')
                .replace('l', '1');
        if (FORM.matcher(digits).matches()) {
            return new OrderNumber(digits);
        }
        try {
            return of(OrderId.parse(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Must be an order number, such as 3C1B-7E10", e);
        }
    }

    /** As it is shown: two groups of four, in capitals. */
    @Override
    public String toString() {
        String capitals = digits.toUpperCase(Locale.ROOT);
        return capitals.substring(0, GROUP) + "-" + capitals.substring(GROUP);
    }
}
