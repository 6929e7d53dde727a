package dev.hexmart.application.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.catalog.CategoryRepository.Entry;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import dev.hexmart.domain.catalog.Product;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link CategoryRepository} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CategoryRepositoryContract {

    private static final CategoryName MAKERS = new CategoryName("Coffee & makers – „groß“ 100%_'");

    private final Category category =
            new Category("c" + UUID.randomUUID().toString().replace("-", ""));

    protected abstract Transactor<CatalogStore> transactor();

    @Test
    void aCategoryWithoutProductsAndNameIsNotListed() {
        assertThat(entries()).isEmpty();
    }

    @Test
    void aCategoryWithProductsIsListedOnceWithTheirCount() {
        add();
        Product last = add();
        assertThat(entries()).containsExactly(new Entry(category, Optional.empty(), 2));
        transactor().inTransaction(store -> {
            store.products().remove(last);
            return last;
        });
        assertThat(entries()).containsExactly(new Entry(category, Optional.empty(), 1));
    }

    @Test
    void aCategoryIsListedWithTheLatestNameThatItWasGiven() {
        add();
        name(new CategoryName("Coffee"));
        name(MAKERS);
        assertThat(entries()).containsExactly(new Entry(category, Optional.of(MAKERS), 1));
    }

    @Test
    void aNamedCategoryWithoutProductsIsListed() {
        name(MAKERS);
        assertThat(entries()).containsExactly(new Entry(category, Optional.of(MAKERS), 0));
    }

    @Test
    void aGivenNameIsNotReplacedByOneForTheNameless() {
        nameIfNameless(MAKERS);
        assertThat(entries()).containsExactly(new Entry(category, Optional.of(MAKERS), 0));
        nameIfNameless(new CategoryName("Another"));
        assertThat(entries()).containsExactly(new Entry(category, Optional.of(MAKERS), 0));
    }

    @Test
    void aCategoryNamedManyTimesAtOnceHasOneName() {
        AtOnce.times(
                8,
                () -> AtOnce.insisting(() -> transactor().inTransaction(store -> {
                    store.categories().nameIfNameless(category, MAKERS);
                    return category;
                })));
        assertThat(entries()).containsExactly(new Entry(category, Optional.of(MAKERS), 0));
    }

    private Product add() {
        Product product = Products.of(Products.details("Pot", "", category, 1));
        return transactor().inTransaction(store -> {
            store.products().add(product);
            return product;
        });
    }

    private void name(CategoryName name) {
        transactor().inTransaction(store -> {
            store.categories().name(category, name);
            return name;
        });
    }

    private void nameIfNameless(CategoryName name) {
        transactor().inTransaction(store -> {
            store.categories().nameIfNameless(category, name);
            return name;
        });
    }

    private List<Entry> entries() {
        return transactor()
                .inTransaction(store -> store.categories().list().stream()
                        .filter(entry -> entry.category().equals(category))
                        .toList());
    }
}
