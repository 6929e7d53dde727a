package dev.hexmart.adapter.postgres;

import dev.hexmart.application.catalog.SearchWords;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Fills {@code product.search_words} from the names and descriptions: in Java, because {@link SearchWords} alone knows how.
 *
 * <p>A change of what {@link SearchWords} makes of a text needs another migration that does the same again.
 */
final class FoldSearchWords implements JavaMigration {

    private static final int BATCH = 500;

    private final MigrationVersion version;

    /** @param version its place among the schema's migrations */
    FoldSearchWords(String version) {
        this.version = MigrationVersion.fromVersion(version);
    }

    @Override
    public MigrationVersion getVersion() {
        return version;
    }

    @Override
    public String getDescription() {
        return "fold search words";
    }

    @Override
    public Integer getChecksum() {
        return 1;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement select = connection.createStatement();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE product SET search_words = array_to_tsvector(?) WHERE id = ?")) {
            select.setFetchSize(BATCH);
            try (ResultSet products = select.executeQuery("SELECT id, name, description FROM product")) {
                int batched = 0;
                while (products.next()) {
                    Set<String> words = SearchWords.of(products.getString("name"), products.getString("description"));
                    update.setArray(1, connection.createArrayOf("text", words.toArray()));
                    update.setObject(2, products.getObject("id"));
                    update.addBatch();
                    if (++batched % BATCH == 0) {
                        update.executeBatch();
                    }
                }
                update.executeBatch();
            }
        }
    }
}
