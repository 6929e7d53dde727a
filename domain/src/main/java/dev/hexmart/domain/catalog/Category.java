package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.Letters;

/** A shelf of the shop, named by a slug such as {@code coffee-tea}. */
public record Category(String slug) {

    private static final int MAX_LENGTH = 40;

    public Category {
        if (!isSlug(slug)) {
            throw new IllegalArgumentException(
                    "A category is a slug of at most " + MAX_LENGTH + " characters, such as coffee-tea");
        }
    }

    private static boolean isSlug(String text) {
        return Letters.areAll(text, c -> Letters.isLowerOrDigit(c) || c == '-', 1, MAX_LENGTH)
                && !text.startsWith("-")
                && !text.endsWith("-")
                && !text.contains("--");
    }

    @Override
    public String toString() {
        return slug;
    }
}
