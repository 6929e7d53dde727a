package dev.hexmart.domain.catalog;

import dev.hexmart.domain.shared.Letters;
import java.util.Locale;

/** The name of a category, such as {@code Coffee & makers} for {@code coffee-makers}. */
public record CategoryName(String text) {

    public static final int MAX_LENGTH = 60;

    public CategoryName {
        if (text.isBlank()
                || text.length() > MAX_LENGTH
                || !text.strip().equals(text)
                || Letters.anyIs(text, Letters::isControl)) {
            throw new IllegalArgumentException(
                    "A name is 1 to " + MAX_LENGTH + " characters on one line, without space at either end");
        }
    }

    /** The name of a category that has been given none: its slug in words, such as {@code Coffee makers}. */
    public static CategoryName of(Category category) {
        String words = category.slug().replace('-', ' ');
        return new CategoryName(words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
    }

    @Override
    public String toString() {
        return text;
    }
}
