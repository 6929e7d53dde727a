package dev.hexmart.application.catalog;

import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import java.util.List;
import java.util.Optional;

/** Driven port, part of a transaction: the categories, by the products that are in them and the names that they were given. */
public interface CategoryRepository {

    /** Each category that has a name of its own or a product on offer, once, in no particular order. */
    List<Entry> list();

    /** Gives the category a name, in place of any that it has. */
    void name(Category category, CategoryName name);

    /** Gives the category a name if it has none. */
    void nameIfNameless(Category category, CategoryName name);

    /**
     * A category as it is stored.
     *
     * @param name the one that it was given, if any
     * @param products how many are on offer, sold out ones included
     */
    record Entry(Category category, Optional<CategoryName> name, int products) {}
}
