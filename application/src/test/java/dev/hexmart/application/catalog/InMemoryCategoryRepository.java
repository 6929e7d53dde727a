package dev.hexmart.application.catalog;

import dev.hexmart.application.transaction.Rows;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.shared.ProductId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The categories in memory, for one transaction. */
public final class InMemoryCategoryRepository implements CategoryRepository {

    private final Rows<ProductId, Product> products;
    private final Rows<Category, Named> names;
    private final Runnable changed;

    /** A row of the names. */
    record Named(Category category, CategoryName name) {}

    InMemoryCategoryRepository(Rows<ProductId, Product> products, Rows<Category, Named> names, Runnable changed) {
        this.products = products;
        this.names = names;
        this.changed = changed;
    }

    @Override
    public List<Entry> list() {
        Map<Category, Long> counts = products.all().stream()
                .collect(Collectors.groupingBy(product -> product.details().category(), Collectors.counting()));
        Map<Category, CategoryName> given =
                names.all().stream().collect(Collectors.toMap(Named::category, Named::name));
        return Stream.concat(counts.keySet().stream(), given.keySet().stream())
                .distinct()
                .map(category -> new Entry(
                        category,
                        Optional.ofNullable(given.get(category)),
                        Math.toIntExact(counts.getOrDefault(category, 0L))))
                .toList();
    }

    @Override
    public void name(Category category, CategoryName name) {
        names.put(category, new Named(category, name));
        changed.run();
    }

    @Override
    public void nameIfNameless(Category category, CategoryName name) {
        if (names.find(category).isEmpty()) {
            name(category, name);
        }
    }
}
