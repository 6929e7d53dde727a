package dev.hexmart.application.catalog;

import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which products to list, and from where on.
 *
 * @param search each of its words is a word of the name or the description, or the beginning of one, as {@link SearchWords}
 *     compares them; blank matches all
 * @param after where the page before ended; the page begins behind it, whatever was added or removed meanwhile
 */
public record ProductQuery(String search, Optional<Category> category, Sort sort, Optional<Position> after) {

    public static final int MAX_LIMIT = 100;
    public static final int MAX_SEARCH = 100;

    /**
     * Names are in alphabetical order: letters before accents before case, spaces before letters; of names that differ in nothing
     * of this, the order is any, but always the same. By price means by currency first, by its code, and by the amount within it:
     * minor units of two currencies are not comparable. Ties are broken by id, so that the order is total.
     */
    public enum Sort {
        NAME,
        NAME_DESCENDING,
        PRICE,
        PRICE_DESCENDING
    }

    /**
     * The last product of a page.
     *
     * @param key its name, or its price such as {@code EUR 1999}, whichever the query sorts by
     */
    public record Position(String key, ProductId id) {

        private static final Pattern PRICE = Pattern.compile("([A-Z]{3}) ([0-9]{1,18})");

        public static Position of(ListedProduct last, Sort sort) {
            String key = switch (sort) {
                case NAME, NAME_DESCENDING -> last.product().details().name();
                case PRICE, PRICE_DESCENDING ->
                    last.product().details().price().currency() + " "
                            + last.product().details().price().amount();
            };
            return new Position(key, last.product().id());
        }

        /**
         * The price that the key is.
         *
         * @throws IllegalArgumentException where it is none
         */
        public Money price() {
            Matcher matcher = PRICE.matcher(key);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("A price is a currency and an amount");
            }
            return Money.of(Long.parseLong(matcher.group(2)), matcher.group(1));
        }
    }

    /** The terms of the search; empty if it is blank. */
    public List<SearchWords.Term> terms() {
        return SearchWords.terms(search);
    }

    public ProductQuery {
        if (search.length() > MAX_SEARCH) {
            throw new IllegalArgumentException("A search is at most " + MAX_SEARCH + " characters");
        }
    }
}
