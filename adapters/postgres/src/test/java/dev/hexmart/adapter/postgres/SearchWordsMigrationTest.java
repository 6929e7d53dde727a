package dev.hexmart.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.postgres.catalog.PostgresCatalogStore;
import dev.hexmart.application.catalog.ListedProduct;
import dev.hexmart.application.catalog.ProductQuery;
import dev.hexmart.application.catalog.ProductQuery.Sort;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A catalog that was filled before searches had an index. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchWordsMigrationTest {

    private static final String OWN = TestServer.NAME + "_words";
    private static final int PRODUCTS = 1201;

    @Test
    void productsFromBeforeTheIndexOfWordsAreFoundAndSortedAfterIt() throws SQLException {
        TestServer.Administrator administrator = TestServer.ADMINISTRATOR;
        String url = DatabaseProvisioning.provision(
                administrator.url(), administrator.user(), administrator.password(), OWN, TestServer.services());
        PostgresSettings shared = TestServer.settings("catalog");
        PostgresSettings settings = new PostgresSettings(url, shared.user(), shared.password(), "catalog", 2);
        try {
            Flyway.configure()
                    .dataSource(settings.migrating())
                    .defaultSchema("catalog")
                    .createSchemas(false)
                    .locations("classpath:db/migration/messaging", "classpath:db/migration/catalog")
                    .target("6")
                    .load()
                    .migrate();
            fill(settings);
            try (PostgresDatabase database = PostgresDatabase.open(settings)) {
                assertThat(names(database, "kaffee strasse")).containsExactly("kaffeestraße é", "Kaffeestraße Z");
                assertThat(names(database, "item 1200")).containsExactly("Item 1200");
                assertThat(names(database, "raffee")).isEmpty();
            }
        } finally {
            TestServer.execute("DROP DATABASE " + OWN + " WITH (FORCE)");
        }
    }

    private static void fill(PostgresSettings settings) throws SQLException {
        try (Connection connection = settings.migrating().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO product (id, name, description, category, image, price, currency, search_text, version)
                    SELECT gen_random_uuid(), name, 'Straße', 'kitchen', '/images/products/kettle.svg', 1, 'EUR', '', 1
                    FROM (VALUES ('Kaffeestraße Z'), ('kaffeestraße é')) AS early (name)
                    UNION ALL
                    SELECT gen_random_uuid(), 'Item ' || n, '', 'kitchen', '/images/products/kettle.svg', 1, 'EUR', '', 1
                    FROM generate_series(1, %d) AS n
                    """.formatted(PRODUCTS));
        }
    }

    private static List<String> names(PostgresDatabase database, String search) {
        ProductQuery query = new ProductQuery(search, Optional.empty(), Sort.NAME, Optional.empty());
        return PostgresCatalogStore.transactor(database, TestServer.metadata())
                .inTransaction(store -> store.products().search(query, 100).stream()
                        .map(ListedProduct::product)
                        .map(product -> product.details().name())
                        .toList());
    }
}
