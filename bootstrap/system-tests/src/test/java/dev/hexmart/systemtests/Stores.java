package dev.hexmart.systemtests;

import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.RedisClient;

/** A look behind the services, into what they store. */
record Stores(String jdbcUrl, String user, String password, URI redis) {

    static Stores of(EmbeddedParts parts) {
        return new Stores(
                parts.postgres().jdbcUrl(),
                parts.postgres().superuser(),
                parts.postgres().password(),
                URI.create(parts.redis().redisUrl()));
    }

    Map<String, String> hash(String key) {
        try (RedisClient client = RedisClient.create(redis)) {
            return client.hgetAll(key);
        }
    }

    List<Map<String, Object>> rows(String sql, Object... parameters) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return read(statement.executeQuery());
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static List<Map<String, Object>> read(ResultSet results) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (results.next()) {
            Map<String, Object> row = new HashMap<>();
            for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
                row.put(results.getMetaData().getColumnLabel(i), results.getObject(i));
            }
            rows.add(row);
        }
        return rows;
    }
}
