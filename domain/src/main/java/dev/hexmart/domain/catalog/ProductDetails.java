package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.Money;
import java.util.regex.Pattern;

/** What the shop says about a product, and all that an editor can change of it. */
public record ProductDetails(String name, String description, Category category, String image, Money price) {

    public static final int MAX_NAME = 120;
    public static final int MAX_DESCRIPTION = 2000;
    /** In whole units of the currency, whatever its minor units are: in minor units it is 100 times as much for the euro. */
    public static final long MAX_PRICE = 10_000_000_000L;

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
        if (price.amount() < 1 || price.amount() > maxPrice(price.currency())) {
            throw new IllegalArgumentException("A price in " + price.currency() + " is from 1 to "
                    + maxPrice(price.currency()) + " minor units, which is " + MAX_PRICE + " " + price.currency());
        }
    }

    /** The highest price in minor units of the currency. */
    public static long maxPrice(Currency currency) {
        return Math.multiplyExact(MAX_PRICE, currency.minorUnitsInOne());
    }

    private static boolean hasControl(String text, boolean linesAllowed) {
        return CONTROL.matcher(text).find() || (!linesAllowed && text.indexOf('\n') >= 0);
    }
}
