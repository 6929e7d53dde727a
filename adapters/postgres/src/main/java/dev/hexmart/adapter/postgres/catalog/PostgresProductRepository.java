package dev.hexmart.adapter.postgres.catalog;

import dev.hexmart.adapter.postgres.Row;
import dev.hexmart.adapter.postgres.Sql;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.application.catalog.ProductQuery;
import dev.hexmart.application.catalog.ProductQuery.Position;
import dev.hexmart.application.catalog.ProductRepository;
import dev.hexmart.application.catalog.SearchWords;
import dev.hexmart.application.transaction.StaleVersion;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.catalog.Product;
import dev.hexmart.domain.catalog.ProductDetails;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The products that are on offer.
 *
 * <p>The database's locale decides nothing: names sort by the root collation of ICU, which their column has, and what a search
 * looks into are the words of {@link SearchWords}, stored beside the product as a {@code tsvector} that no parser of PostgreSQL's
 * has made.
 */
final class PostgresProductRepository implements ProductRepository {

    private static final String PRODUCTS = """
        SELECT product.id, name, description, category, image, price, currency, version,
               coalesce(available, 0) AS available
        FROM product LEFT JOIN stock ON stock.product = product.id
        """;

    private static final String PRICED = "(:currency, :price, :id)";

    /**
     * {@code >} in two parts: PostgreSQL estimates a comparison of rows by their first column alone, and takes {@code >} of a
     * shop's only currency for nothing, for which any index would do.
     */
    private static final String NOT_THE_LAST = " AND (currency, price, product.id) <> " + PRICED;

    private final Sql sql;

    PostgresProductRepository(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<Product> find(ProductId id) {
        return findListed(id).map(ListedProduct::product);
    }

    @Override
    public List<ListedProduct> findListed(Collection<ProductId> ids) {
        return sql.statement(PRODUCTS + "WHERE product.id = ANY (CAST(:ids AS uuid[]))")
                .with("ids", ids)
                .list(PostgresProductRepository::listed);
    }

    @Override
    public Optional<ListedProduct> findListed(ProductId id) {
        return sql.statement(PRODUCTS + "WHERE product.id = :id")
                .with("id", id.value())
                .first(PostgresProductRepository::listed);
    }

    @Override
    public List<ListedProduct> search(ProductQuery query, int limit) {
        Sql.Statement statement = sql.statement(listing(query)).with("limit", limit);
        tsquery(query.terms()).ifPresent(search -> statement.with("search", search));
        query.category().ifPresent(category -> statement.with("category", category.slug()));
        query.after().ifPresent(after -> begin(statement, after, query.sort()));
        return statement.list(PostgresProductRepository::listed);
    }

    @Override
    public void add(Product product) {
        int added = withDetails("""
            INSERT INTO product
                (id, name, description, category, image, price, currency, search_words, version)
            VALUES (:id, :name, :description, :category, :image, :price, :currency,
                    array_to_tsvector(CAST(:searchWords AS text[])), :version)
            ON CONFLICT (id) DO NOTHING
            """, product).update();
        if (added == 0) {
            throw stale(product);
        }
        PostgresCatalogChanges.announceAnything(sql);
    }

    @Override
    public void save(Product revised) {
        int saved = withDetails("""
            UPDATE product
            SET name = :name, description = :description, category = :category, image = :image,
                price = :price, currency = :currency, search_words = array_to_tsvector(CAST(:searchWords AS text[])),
                version = :version
            WHERE id = :id AND version = :version - 1
            """, revised).update();
        if (saved == 0) {
            throw stale(revised);
        }
        PostgresCatalogChanges.announceAnything(sql);
    }

    @Override
    public void remove(Product product) {
        int removed = sql.statement("DELETE FROM product WHERE id = :id AND version = :version")
                .with("id", product.id().value())
                .with("version", product.version())
                .update();
        if (removed == 0) {
            throw stale(product);
        }
        PostgresCatalogChanges.announceAnything(sql);
    }

    @Override
    public boolean isEmpty() {
        return sql.statement("SELECT NOT EXISTS (SELECT FROM product) AS empty").one(row -> row.bool("empty"));
    }

    private Sql.Statement withDetails(String text, Product product) {
        ProductDetails details = product.details();
        return sql.statement(text)
                .with("id", product.id().value())
                .with("name", details.name())
                .with("description", details.description())
                .with("category", details.category().slug())
                .with("image", details.image())
                .with("price", details.price().amount())
                .with("currency", details.price().currency().code())
                .with("searchWords", SearchWords.of(details.name(), details.description()))
                .with("version", product.version());
    }

    /** The statement of a list. */
    static String listing(ProductQuery query) {
        return PRODUCTS + where(query) + orderBy(query.sort()) + "LIMIT :limit";
    }

    private static String where(ProductQuery query) {
        List<String> conditions = new ArrayList<>();
        conditions.add("TRUE");
        if (!query.terms().isEmpty()) {
            conditions.add("search_words @@ CAST(:search AS tsquery)");
        }
        if (query.category().isPresent()) {
            conditions.add("category = :category");
        }
        if (query.after().isPresent()) {
            conditions.add(behind(query.sort()));
        }
        return "WHERE " + String.join("\n  AND ", conditions) + "\n";
    }

    private static String behind(ProductQuery.Sort sort) {
        return switch (sort) {
            case NAME -> "(name, product.id) > (:key, :id)";
            case NAME_DESCENDING -> "(name, product.id) < (:key, :id)";
            case PRICE -> "(currency, price, product.id) >= " + PRICED + NOT_THE_LAST;
            case PRICE_DESCENDING -> "(currency, price, product.id) <= " + PRICED + NOT_THE_LAST;
        };
    }

    private static String orderBy(ProductQuery.Sort sort) {
        return switch (sort) {
            case NAME -> "ORDER BY name, product.id\n";
            case NAME_DESCENDING -> "ORDER BY name DESC, product.id DESC\n";
            case PRICE -> "ORDER BY currency, price, product.id\n";
            case PRICE_DESCENDING -> "ORDER BY currency DESC, price DESC, product.id DESC\n";
        };
    }

    private static void begin(Sql.Statement statement, Position after, ProductQuery.Sort sort) {
        statement.with("id", after.id().value());
        switch (sort) {
            case NAME, NAME_DESCENDING -> statement.with("key", after.key());
            case PRICE, PRICE_DESCENDING -> {
                Money price = after.price();
                statement.with("currency", price.currency().code()).with("price", price.amount());
            }
        }
    }

    /** Every term must match; nothing where there is none. */
    static Optional<String> tsquery(List<SearchWords.Term> terms) {
        return terms.stream()
                .map(PostgresProductRepository::condition)
                .distinct()
                .reduce((one, other) -> one + " & " + other);
    }

    /** A word of one part is queried once: the planner estimates twice the rows for two alternatives. */
    private static String condition(SearchWords.Term term) {
        String joined = prefix(term.joined());
        String parts =
                term.parts().stream().map(PostgresProductRepository::prefix).collect(Collectors.joining(" & "));
        return parts.equals(joined) ? joined : "(" + joined + " | (" + parts + "))";
    }

    /** Words are letters and digits, so nothing within the quotes needs to be escaped. */
    private static String prefix(String word) {
        return "'" + word + "':*";
    }

    private static Product product(Row row) {
        ProductDetails details = new ProductDetails(
                row.text("name"),
                row.text("description"),
                new Category(row.text("category")),
                row.text("image"),
                Money.of(row.bigint("price"), row.text("currency")));
        return new Product(new ProductId(row.uuid("id")), details, row.bigint("version"));
    }

    private static ListedProduct listed(Row row) {
        return new ListedProduct(product(row), row.integer("available"));
    }

    private static StaleVersion stale(Product product) {
        return new StaleVersion("Product " + product.id());
    }
}
