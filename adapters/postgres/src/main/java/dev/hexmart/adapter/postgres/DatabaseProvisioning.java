package dev.hexmart.adapter.postgres;

import dev.hexmart.application.failure.PermanentFailure;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.util.PasswordUtil;

/**
 * Makes a server ready for the services: the database, and for each service a schema and a role that sees no other.
 *
 * <p>It can be repeated: what is there stays, and a role gets the password that is given. It is done once, by an
 * administrator, on a connection of its own: plain JDBC, since a database cannot be created in a transaction.
 */
public final class DatabaseProvisioning {

    /** The database that the services share, a schema each. */
    public static final String DATABASE = "ecommerce";

    /** Of two that provision a server at once, one waits. The number means nothing else. */
    private static final long LOCK = 4_930_187_261L;

    private DatabaseProvisioning() {}

    /**
     * Provisions {@link #DATABASE}.
     *
     * @param adminUrl the JDBC URL of any database on the server, such as {@code jdbc:postgresql://localhost:5432/postgres}
     * @param adminUser may create databases and roles
     * @return the URL that the services use
     */
    public static String provision(
            String adminUrl, String adminUser, String adminPassword, List<ServiceRole> services) {
        return provision(adminUrl, adminUser, adminPassword, DATABASE, services);
    }

    static String provision(
            String adminUrl, String adminUser, String adminPassword, String database, List<ServiceRole> services) {
        String url = sibling(adminUrl, database);
        try (Connection admin = DriverManager.getConnection(adminUrl, adminUser, adminPassword)) {
            lock(admin);
            createDatabase(admin, database);
            for (ServiceRole service : services) {
                createRole(admin, database, service);
            }
            try (Connection inside = DriverManager.getConnection(url, adminUser, adminPassword)) {
                execute(inside, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
                for (ServiceRole service : services) {
                    createSchema(inside, service);
                }
            }
            return url;
        } catch (SQLException e) {
            throw new PermanentFailure(
                    "The server at %s could not be provisioned as %s: %s".formatted(url, adminUser, e.getMessage()), e);
        }
    }

    private static void createDatabase(Connection admin, String database) throws SQLException {
        if (!exists(admin, "SELECT FROM pg_database WHERE datname = ?", database)) {
            // Texts sort by their code points, whatever the server's own locale.
            execute(
                    admin,
                    "CREATE DATABASE %I TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
                    database);
        }
        execute(admin, "REVOKE ALL ON DATABASE %I FROM PUBLIC", database);
    }

    private static void createRole(Connection admin, String database, ServiceRole service) throws SQLException {
        if (!exists(admin, "SELECT FROM pg_roles WHERE rolname = ?", service.role())) {
            execute(admin, "CREATE ROLE %I", service.role());
        }
        // Sent as what the server would store of it, so that no log of the server ever shows the password.
        String verifier = PasswordUtil.encodeScramSha256(service.password().toCharArray());
        execute(admin, "ALTER ROLE %I LOGIN PASSWORD %L", service.role(), verifier);
        // An administrator who is no superuser can give a schema only to a role that it is a member of.
        execute(admin, "GRANT %I TO CURRENT_USER", service.role());
        execute(admin, "GRANT CONNECT ON DATABASE %I TO %I", database, service.role());
    }

    private static void createSchema(Connection inside, ServiceRole service) throws SQLException {
        execute(inside, "CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I", service.schema(), service.role());
        execute(inside, "REVOKE ALL ON SCHEMA %I FROM PUBLIC", service.schema());
    }

    private static void lock(Connection admin) throws SQLException {
        try (PreparedStatement statement = admin.prepareStatement("SELECT pg_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    /** Definitions take no parameters, so the server itself quotes the names ({@code %I}) and literals ({@code %L}). */
    private static void execute(Connection connection, String template, String... arguments) throws SQLException {
        String definition;
        try (PreparedStatement format = connection.prepareStatement("SELECT format(?, VARIADIC CAST(? AS text[]))")) {
            format.setString(1, template);
            format.setArray(2, connection.createArrayOf("text", arguments));
            try (ResultSet formatted = format.executeQuery()) {
                formatted.next();
                definition = formatted.getString(1);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(definition);
        }
    }

    private static String sibling(String url, String database) {
        String scheme = "jdbc:";
        if (!url.startsWith(scheme + "postgresql://")) {
            throw new IllegalArgumentException(
                    "The administrator's URL must look like jdbc:postgresql://localhost:5432/postgres");
        }
        URI uri = URI.create(url.substring(scheme.length()));
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return scheme + "postgresql://" + uri.getRawAuthority() + "/" + database + query;
    }
}
