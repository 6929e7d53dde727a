package dev.hexmart.application.catalog;

import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;

/** A category as it is listed. @param products how many are on offer, sold out ones included */
public record ListedCategory(Category category, CategoryName name, int products) {

    static ListedCategory of(CategoryRepository.Entry entry) {
        return new ListedCategory(
                entry.category(), entry.name().orElseGet(() -> CategoryName.of(entry.category())), entry.products());
    }
}
