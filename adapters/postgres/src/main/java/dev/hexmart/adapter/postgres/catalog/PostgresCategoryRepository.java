package dev.hexmart.adapter.postgres.catalog;

import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.catalog.CategoryRepository;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.CategoryName;
import java.util.List;

/** The categories, counted from the products. */
final class PostgresCategoryRepository implements CategoryRepository {

    private final Sql sql;

    PostgresCategoryRepository(Sql sql) {
        this.sql = sql;
    }

    @Override
    public List<Entry> list() {
        return sql.statement("""
            SELECT slug, name, coalesce(products, 0) AS products
            FROM (SELECT category AS slug, count(*) AS products FROM product GROUP BY category) AS offered
                 FULL JOIN category USING (slug)
            """)
                .list(row -> new Entry(
                        new Category(row.text("slug")),
                        row.findText("name").map(CategoryName::new),
                        Math.toIntExact(row.bigint("products"))));
    }

    @Override
    public void name(Category category, CategoryName name) {
        insert(category, name, "DO UPDATE SET name = excluded.name");
    }

    @Override
    public void nameIfNameless(Category category, CategoryName name) {
        insert(category, name, "DO NOTHING");
    }

    private void insert(Category category, CategoryName name, String otherwise) {
        sql.statement("INSERT INTO category (slug, name) VALUES (:slug, :name) ON CONFLICT (slug) " + otherwise)
                .with("slug", category.slug())
                .with("name", name.text())
                .update();
        PostgresCatalogChanges.announceAnything(sql);
    }
}
