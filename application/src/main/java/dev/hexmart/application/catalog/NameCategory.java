package dev.hexmart.application.catalog;

import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import java.util.Map;

/** Use case: give a category a name beside its slug. */
public final class NameCategory {

    private final Transactor<? extends CatalogStore> transactor;

    public NameCategory(Transactor<? extends CatalogStore> transactor) {
        this.transactor = transactor;
    }

    /** Names the category, also one that has no products yet. */
    public ListedCategory name(Caller by, Category category, CategoryName name) {
        by.require(Role.CATALOG_MANAGE);
        return transactor.inTransaction(store -> {
            store.categories().name(category, name);
            return store.categories().list().stream()
                    .filter(entry -> entry.category().equals(category))
                    .findFirst()
                    .map(ListedCategory::of)
                    .orElseThrow();
        });
    }

    /** Names the categories without a name, for a new shop. */
    public void seed(Map<Category, CategoryName> names) {
        transactor.inTransaction(store -> {
            names.forEach(store.categories()::nameIfNameless);
            return names.size();
        });
    }
}
