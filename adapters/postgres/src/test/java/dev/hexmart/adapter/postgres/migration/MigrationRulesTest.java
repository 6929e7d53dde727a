package dev.hexmart.adapter.postgres.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations against the rules of ADR 0064. */
class MigrationRulesTest {

    /** The version of the last migration from before the rules. */
    private static final int LAST_BEFORE = 34;

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern VERSION = Pattern.compile("V(\\d+)__\\w+\\.sql");

    @Test
    void migrationsSinceTheRulesKeepThem() {
        Map<Path, List<String>> broken = new TreeMap<>();
        migrations().filter(file -> version(file) > LAST_BEFORE).forEach(file -> {
            List<String> found = MigrationRules.broken(text(file));
            if (!found.isEmpty()) {
                broken.put(file, found);
            }
        });
        assertThat(broken).isEmpty();
    }

    @Test
    void migrationsFromBeforeTheRulesAreReadAndSomeBreakThem() {
        List<String> breaking = migrations()
                .filter(file -> version(file) <= LAST_BEFORE)
                .filter(file -> !MigrationRules.broken(text(file)).isEmpty())
                .map(file -> file.getFileName().toString())
                .toList();
        assertThat(breaking)
                .contains("V30__prices.sql", "V8__orders_by_status.sql")
                .doesNotContain("V34__history_notes.sql");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX a ON orders (total)",
                "CREATE UNIQUE INDEX ON orders (total)",
                "ALTER TABLE orders ADD CONSTRAINT a CHECK (total > 0)",
                "ALTER TABLE orders ADD CHECK (total > 0)",
                "ALTER TABLE order_line ADD FOREIGN KEY (order_id) REFERENCES orders",
                "ALTER TABLE orders ADD CONSTRAINT a UNIQUE (total)",
                "ALTER TABLE orders ADD COLUMN a text CHECK (a <> '')",
                "ALTER TABLE orders ADD COLUMN a uuid REFERENCES other",
                "ALTER TABLE orders ADD COLUMN a uuid DEFAULT gen_random_uuid()",
                "ALTER TABLE orders ADD COLUMN a bigint GENERATED ALWAYS AS (total * 2) STORED",
                "ALTER TABLE orders ALTER COLUMN total TYPE numeric",
                "ALTER TABLE orders ALTER total SET NOT NULL",
                "LOCK TABLE orders",
                "REINDEX TABLE orders",
                "UPDATE orders SET total = 1",
                "DROP TABLE orders",
                "ALTER TABLE orders DROP COLUMN total",
                "ALTER TABLE orders RENAME COLUMN total TO sum",
                "ALTER TABLE orders ADD COLUMN a text NOT NULL",
            })
    void statementThatLocksOrTakesAwayIsFound(String statement) {
        String migration = "-- Why.\nCREATE TABLE other (id uuid PRIMARY KEY);\n" + statement + ";\n";
        assertThat(MigrationRules.broken(migration)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY a ON orders (total)",
                "CREATE INDEX a ON other (id)",
                "ALTER TABLE orders ADD CONSTRAINT a CHECK (total > 0) NOT VALID",
                "ALTER TABLE orders VALIDATE CONSTRAINT a",
                "ALTER TABLE orders ADD CONSTRAINT a UNIQUE USING INDEX b",
                "ALTER TABLE orders ADD COLUMN a text",
                "ALTER TABLE orders ADD COLUMN a text NOT NULL DEFAULT ''",
                "ALTER TABLE other ADD CHECK (id IS NOT NULL)",
                "ALTER TABLE orders ALTER COLUMN total SET DEFAULT 0",
                "ALTER TABLE orders DROP CONSTRAINT a",
                "INSERT INTO other VALUES (1)",
            })
    void statementThatDoesNotIsAllowed(String statement) {
        String migration = "CREATE TABLE other (id uuid PRIMARY KEY);\n" + statement + ";\n";
        assertThat(MigrationRules.broken(migration)).isEmpty();
    }

    @Test
    void contractMigrationMayTakeAwayButNotLock() {
        String reason = "-- contract: since 1.4 nothing reads orders.total\n";
        assertThat(MigrationRules.broken(reason + "ALTER TABLE orders DROP COLUMN total;"))
                .isEmpty();
        assertThat(MigrationRules.broken(reason + "CREATE INDEX a ON orders (id);"))
                .hasSize(1);
    }

    private static Stream<Path> migrations() {
        try (Stream<Path> files = Files.walk(MIGRATIONS)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path file) {
        var name = VERSION.matcher(file.getFileName().toString());
        assertThat(name.matches()).as("%s has a name that Flyway knows", file).isTrue();
        return Integer.parseInt(name.group(1));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
