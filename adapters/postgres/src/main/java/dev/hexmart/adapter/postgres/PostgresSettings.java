package dev.hexmart.adapter.postgres;

import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a service keeps its state, and as whom.
 *
 * @param url a JDBC URL such as {@code jdbc:postgresql://localhost:5432/ecommerce}, with a query where
 *     more is to be said ({@code sslmode}, say)
 * @param schema the context whose tables these are: {@code catalog}, {@code ordering} or {@code payment}
 * @param poolSize how many connections the service holds open, at least 2
 */
public record PostgresSettings(String url, String user, String password, String schema, int poolSize) {

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,40}");
    private static final Pattern CREDENTIALS = Pattern.compile("[?&](user|password)=");
    private static final String URL_PREFIX = "jdbc:postgresql:";

    public PostgresSettings {
        if (!url.startsWith(URL_PREFIX)) {
            throw new IllegalArgumentException(
                    "DATABASE_URL must be a JDBC URL such as jdbc:postgresql://localhost:5432/ecommerce");
        }
        if (CREDENTIALS.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "DATABASE_URL must not hold credentials; DATABASE_USER and DATABASE_PASSWORD are for that");
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("DATABASE_USER must not be empty");
        }
        if (!IDENTIFIER.matcher(schema).matches()) {
            throw new IllegalArgumentException("A schema is 1 to 41 of a-z, 0-9 and _, and starts with no digit");
        }
        if (poolSize < 2) {
            throw new IllegalArgumentException("A pool has at least 2 connections");
        }
    }

    /** For the pool: no statement, lock or idle transaction outlives the request that it works for. */
    PGSimpleDataSource pooled() {
        PGSimpleDataSource source = source("hexmart-" + schema);
        // Deadlocks are looked for after 1 s, so a lock is waited for a little longer: a deadlock is then found as such
        // and
        // the work run again. The server gives up before the socket does, so the connection survives a slow statement.
        source.setOptions(
                "-c statement_timeout=2000 -c lock_timeout=1500 -c idle_in_transaction_session_timeout=10000");
        return source;
    }

    /** For the one connection that only listens. */
    PGSimpleDataSource listening() {
        return source("hexmart-" + schema + "-listen");
    }

    /** For the one connection that only notifies. */
    PGSimpleDataSource announcing() {
        return source("hexmart-" + schema + "-notify");
    }

    /** For migrations, which may take as long as they take. */
    PGSimpleDataSource migrating() {
        PGSimpleDataSource source = source("hexmart-" + schema + "-migrate");
        source.setSocketTimeout(0);
        return source;
    }

    private PGSimpleDataSource source(String applicationName) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName(applicationName);
        source.setCurrentSchema(schema);
        source.setConnectTimeout(2);
        source.setLoginTimeout(3);
        source.setSocketTimeout(10);
        source.setTcpKeepAlive(true);
        // After a failover the old primary answers too, read-only.
        source.setTargetServerType("primary");
        // DbClient binds a UUID as a string; the server then takes it for what the column is.
        source.setStringType("unspecified");
        // The details of an error quote the row, and so would the log.
        source.setLogServerErrorDetail(false);
        source.setUrl(url);
        return source;
    }

    /** The database and the schema in it, as telemetry names them together: {@code ecommerce|ordering}. */
    public String namespace() {
        String address = address();
        return address.substring(Math.max(address.lastIndexOf('/'), address.lastIndexOf(':')) + 1) + "|" + schema;
    }

    /** Names no secret: neither the password nor what else the URL's query may hold. */
    @Override
    public String toString() {
        return "PostgresSettings[%s as %s, schema %s, %d connections]".formatted(address(), user, schema, poolSize);
    }

    String address() {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }
}
