package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.Currency;
import dev.hexmart.domain.shared.Letters;
import dev.hexmart.domain.shared.Money;
import java.util.Set;

/** The editable details of a product. */
public record ProductDetails(String name, String description, Category category, String image, Money price) {

    public static final int MAX_NAME = 120;
    public static final int MAX_DESCRIPTION = 2000;
    /** In whole units of the currency, whatever its minor units are: in minor units it is 100 times as much for the euro. */
    public static final long MAX_PRICE = 10_000_000_000L;

    /** Pictures are the shop's own files, so that no page of it ever loads anything from a stranger's server. */
    private static final String IMAGES = "/images/";

    private static final Set<String> IMAGE_TYPES = Set.of("svg", "png", "jpg", "webp");
    private static final int MAX_IMAGE = 100;

    public ProductDetails {
        if (name.isBlank() || name.length() > MAX_NAME || !name.strip().equals(name) || hasControl(name, false)) {
            throw new IllegalArgumentException(
                    "A name is 1 to " + MAX_NAME + " characters on one line, without space at either end");
        }
        if (description.length() > MAX_DESCRIPTION || hasControl(description, true)) {
            throw new IllegalArgumentException(
                    "A description is at most " + MAX_DESCRIPTION + " characters, without control characters");
        }
        if (!isImage(image)) {
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
        return Letters.anyIs(text, c -> Letters.isControl(c) && !(linesAllowed && c == '\n'));
    }

    private static boolean isImage(String path) {
        int dot = path.lastIndexOf('.');
        return path.startsWith(IMAGES)
                && dot > IMAGES.length()
                && IMAGE_TYPES.contains(path.substring(dot + 1))
                && Letters.areAll(
                        path.substring(IMAGES.length(), dot),
                        c -> Letters.isLowerOrDigit(c) || c == '-' || c == '/',
                        1,
                        MAX_IMAGE);
    }
}
