package dev.hexmart.adapter.storefront;

import java.util.Locale;
import java.util.Optional;

/**
 * Whoever looks at a page.
 *
 * @param name theirs, if they are signed in
 * @param locale in whose ways prices and dates are written
 */
public record Visitor(Optional<String> name, Locale locale) {

    public boolean signedIn() {
        return name.isPresent();
    }
}
