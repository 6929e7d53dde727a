package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Transactor;
import java.util.Comparator;
import java.util.List;

/** Use case: look at the categories. */
public final class BrowseCategories {

    private final Transactor<? extends CatalogStore> transactor;

    public BrowseCategories(Transactor<? extends CatalogStore> transactor) {
        this.transactor = transactor;
    }

    /** All that have a product on offer or were given a name, by name from A to Z. */
    public List<ListedCategory> list() {
        List<CategoryRepository.Entry> entries =
                transactor.inTransaction(store -> store.categories().list());
        return entries.stream()
                .map(ListedCategory::of)
                .sorted(Comparator.comparing(
                                (ListedCategory listed) -> listed.name().text(), Alphabet.order())
                        .thenComparing(listed -> listed.category().slug()))
                .toList();
    }
}
