package dev.hexmart.adapter.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.catalog.ProductQuery;
import dev.hexmart.application.catalog.ProductQuery.Position;
import dev.hexmart.application.catalog.ProductQuery.Sort;
import dev.hexmart.domain.catalog.Category;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.ProductId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is listed is read from an index, with as many products as make the planner choose. */
class ProductSearchPlanTest {

    private static final String INSERT = """
            INSERT INTO catalog.product (id, name, description, category, image, price, currency, search_words, version)
            SELECT gen_random_uuid(), 'Item ' || n, 'Plan', 'plan-' || n % 50, '/images/products/kettle.svg', n, 'EUR',
                   array_to_tsvector(ARRAY['item', 'plan', 'number' || n, 'group' || n % 1000]), 1
            FROM generate_series(1, 20000) AS n
            """;

    /** In a transaction that comes to nothing. */
    private static TestServer.Trial trial;

    @BeforeAll
    static void fill() {
        TestServer.database("catalog");
        trial = TestServer.trial();
        trial.execute("SET LOCAL search_path TO catalog");
        trial.execute(INSERT);
        trial.execute("ANALYZE catalog.product");
    }

    @AfterAll
    static void empty() {
        trial.close();
    }

    @ParameterizedTest
    @EnumSource
    void aSearchForAWordReadsTheIndexOfWords(Sort sort) {
        assertThat(plan(query("number77 group7", Optional.empty(), sort, Optional.empty())))
                .contains("product_by_word")
                .doesNotContain("Seq Scan on product");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "number7777", "absent group7"})
    void aSearchForARareOrAbsentWordReadsTheIndexOfWords(String search) {
        assertThat(plan(query(search, Optional.empty(), Sort.NAME, Optional.empty())))
                .contains("product_by_word")
                .doesNotContain("product_by_name");
    }

    @Test
    void aSearchForAWordThatManyHaveReadsTheListInOrder() {
        assertThat(plan(query("plan", Optional.empty(), Sort.NAME, Optional.empty())))
                .contains("product_by_name")
                .doesNotContain("Seq Scan on product", "Sort");
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfTheListReadsTheIndexOfItsOrder(Sort sort) {
        String key = switch (sort) {
            case NAME, NAME_DESCENDING -> "Item 5000";
            case PRICE, PRICE_DESCENDING -> "EUR 10000";
        };
        Optional<Position> after = Optional.of(new Position(key, new ProductId(UUID.randomUUID())));
        String index = switch (sort) {
            case NAME, NAME_DESCENDING -> "name";
            case PRICE, PRICE_DESCENDING -> "price";
        };
        assertThat(plan(query("", Optional.empty(), sort, after)))
                .contains("product_by_" + index)
                .doesNotContain("Seq Scan on product", "Sort");
        assertThat(plan(query("", Optional.of(new Category("plan-7")), sort, after)))
                .contains("product_by_category_and_" + index)
                .doesNotContain("Seq Scan on product", "Sort");
    }

    private static ProductQuery query(String search, Optional<Category> category, Sort sort, Optional<Position> after) {
        return new ProductQuery(search, category, sort, after);
    }

    /** The plan of the repository's own statement, its parameters written into it. */
    private static String plan(ProductQuery query) {
        String statement = PostgresProductRepository.listing(query).replace(":limit", "25");
        statement = with(statement, "search", PostgresProductRepository.tsquery(query.terms()));
        statement = with(statement, "category", query.category().map(Category::slug));
        boolean byName = query.sort() == Sort.NAME || query.sort() == Sort.NAME_DESCENDING;
        if (byName) {
            statement = with(statement, "key", query.after().map(Position::key));
        } else {
            Optional<Money> price = query.after().map(Position::price);
            statement =
                    with(statement, "currency", price.map(it -> it.currency().code()));
            statement = with(statement, "price", price.map(it -> Long.toString(it.amount())));
        }
        statement = with(statement, "id", query.after().map(after -> after.id().toString()));
        return trial.plan(statement);
    }

    private static String with(String statement, String name, Optional<String> value) {
        return value.map(text -> statement.replace(":" + name, "'" + text.replace("'", "''") + "'"))
                .orElse(statement);
    }
}
