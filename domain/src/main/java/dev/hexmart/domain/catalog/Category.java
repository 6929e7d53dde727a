package dev.hexmart.domain.catalog;

import java.util.regex.Pattern;

/** A shelf of the shop, named by a slug such as {@code coffee-tea}. */
public record Category(String slug) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_LENGTH = 40;

    public Category {
        if (slug.length() > MAX_LENGTH || !FORM.matcher(slug).matches()) {
            throw new IllegalArgumentException(
                    "A category is a slug of at most " + MAX_LENGTH + " characters, such as coffee-tea");
        }
    }

    @Override
    public String toString() {
        return slug;
    }
}
