package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.Money;
import java.util.regex.Pattern;

/** What the shop says about a product, and all that an editor can change of it. */
public record ProductDetails(String name, String description, Category category, String image, Money price) {

    public static final int MAX_NAME = 120;
    public static final int MAX_DESCRIPTION = 2000;
    /** In minor units. A hundred lines of ninety-nine pieces at this price are still an amount of money. */
    public static final long MAX_PRICE = 100_000_000;

    /** Pictures are the shop's own files, so that no page of it ever loads anything from a stranger's server. */
    private static final Pattern IMAGE = Pattern.compile("/images/[a-z0-9/-]{1,100}\\.(svg|png|jpg|webp)");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n]]");

    public ProductDetails {
        if (name.isBlank() || name.length() > MAX_NAME || !name.strip().equals(name) || hasControl(name, false)) {
            throw new IllegalArgumentException(
                    "A name is 1 to " + MAX_NAME + " characters on one line, without space at either end");
        }
        if (description.length() > MAX_DESCRIPTION || hasControl(description, true)) {
            throw new IllegalArgumentException(
                    "A description is at most " + MAX_DESCRIPTION + " characters, without control characters");
        }
        if (!IMAGE.matcher(image).matches()) {
            throw new IllegalArgumentException("An image is a path such as /images/products/kettle.svg");
        }
        if (price.amount() < 1 || price.amount() > MAX_PRICE) {
            throw new IllegalArgumentException("A price is from 1 to " + MAX_PRICE + " minor units");
        }
    }

    private static boolean hasControl(String text, boolean linesAllowed) {
        return CONTROL.matcher(text).find() || (!linesAllowed && text.indexOf('\n') >= 0);
    }
}
