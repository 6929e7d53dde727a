package dev.hexmart.adapter.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.hexmart.application.failure.PermanentFailure;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.JavaMigration;

/** The database of one context: migrated when it is opened, then a pool of connections. */
public final class PostgresDatabase implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(PostgresDatabase.class.getName());

    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(30);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);
    /** Timeout for a connection of the pool: bursts wait; a longer wait is an outage. */
    private static final Duration PATIENCE_WITH_POOL = Duration.ofSeconds(8);

    /** SQL states of a concurrent creation of a schema: duplicate schema, or unique violation. */
    private static final Set<String> CREATED_MEANWHILE = Set.of("42P06", "23505");

    /** Has a row where changes can be made. */
    static final String IS_PRIMARY = "SELECT 1 WHERE current_setting('transaction_read_only') = 'off'";

    /** A connection to a server that has become read-only is of no further use; the next one looks for the primary. */
    private static final SQLExceptionOverride EVICT_READ_ONLY = new SQLExceptionOverride() {
        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return Failures.isReadOnly(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    };

    private static final JavaMigration[] CATALOG_MIGRATIONS = {new FoldSearchWords("8")};
    private static final JavaMigration[] NO_MIGRATIONS = {};

    private final HikariDataSource pool;
    private final DbClient client;
    private final StatementObserver observer;
    private final Announcements announcements;

    private PostgresDatabase(HikariDataSource pool, StatementObserver observer, Announcements announcements) {
        this.pool = pool;
        this.observer = observer;
        this.announcements = announcements;
        this.client =
                JdbcClientBuilder.create().connectionPool(this::connection).build();
    }

    /**
     * Waits for the database, migrates the schema and opens the pool.
     *
     * @throws PermanentFailure with one line that names what to mend
     */
    public static PostgresDatabase open(PostgresSettings settings) {
        return open(settings, PATIENCE_AT_START, StatementObserver.NONE);
    }

    /** @param observer sees every statement of every transaction */
    public static PostgresDatabase open(PostgresSettings settings, StatementObserver observer) {
        return open(settings, PATIENCE_AT_START, observer);
    }

    /** @param patience how long to wait for a database that is just coming up */
    public static PostgresDatabase open(PostgresSettings settings, Duration patience) {
        return open(settings, patience, StatementObserver.NONE);
    }

    private static PostgresDatabase open(PostgresSettings settings, Duration patience, StatementObserver observer) {
        awaitServer(settings, patience);
        migrate(settings);
        Announcements announcements = new Announcements(settings);
        announcements.start();
        return new PostgresDatabase(new HikariDataSource(configuration(settings)), observer, announcements);
    }

    /** Whether a change can be made right now. */
    public boolean isHealthy() {
        try {
            return client.execute().createGet(IS_PRIMARY).execute().isPresent();
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "The database is not healthy", e);
            return false;
        }
    }

    /** How busy the pool is. */
    public PoolState pool() {
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        return new PoolState(
                state.getActiveConnections(),
                state.getIdleConnections(),
                state.getThreadsAwaitingConnection(),
                pool.getMaximumPoolSize());
    }

    /**
     * How busy a pool is.
     *
     * @param active connections in use
     * @param idle connections at hand
     * @param waiting threads that wait for one
     * @param size connections that there can be
     */
    public record PoolState(int active, int idle, int waiting, int size) {}

    @Override
    public void close() {
        announcements.close();
        pool.close();
    }

    DbClient client() {
        return client;
    }

    Announcements announcements() {
        return announcements;
    }

    StatementObserver observer() {
        return observer;
    }

    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private static HikariConfig configuration(PostgresSettings settings) {
        HikariConfig configuration = new HikariConfig();
        configuration.setPoolName("hexmart-" + settings.schema());
        configuration.setDataSource(settings.pooled());
        configuration.setExceptionOverride(EVICT_READ_ONLY);
        // As many as there may ever be from the start: a burst is no moment to open connections.
        configuration.setMaximumPoolSize(settings.poolSize());
        configuration.setMinimumIdle(settings.poolSize());
        configuration.setConnectionTimeout(PATIENCE_WITH_POOL.toMillis());
        configuration.setValidationTimeout(500);
        configuration.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        configuration.setMaxLifetime(Duration.ofMinutes(25).toMillis());
        return configuration;
    }

    private static void awaitServer(PostgresSettings settings, Duration patience) {
        long start = System.nanoTime();
        while (true) {
            Optional<SQLException> failure = visit(settings);
            if (failure.isEmpty()) {
                return;
            }
            boolean out = System.nanoTime() - start >= patience.toNanos();
            if (out || !isComingUp(failure.get())) {
                throw new PermanentFailure(advice(settings, failure.get()), failure.get());
            }
            pause();
        }
    }

    private static Optional<SQLException> visit(PostgresSettings settings) {
        try (Connection connection = settings.listening().getConnection()) {
            requireSchema(settings, connection);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    /** A role that may make schemas makes the one it needs. One that provisioning has made owns its schema, and may not. */
    private static void requireSchema(PostgresSettings settings, Connection connection) throws SQLException {
        String standing = """
                SELECT CASE WHEN owner IS NULL AND has_database_privilege(current_database(), 'CREATE') THEN 'missing'
                            WHEN pg_has_role(owner, 'USAGE') THEN 'ours'
                            ELSE 'refused' END
                FROM (SELECT max(nspowner) AS owner FROM pg_namespace WHERE nspname = ?) AS found
                """;
        try (PreparedStatement query = connection.prepareStatement(standing)) {
            query.setString(1, settings.schema());
            try (ResultSet answer = query.executeQuery()) {
                answer.next();
                switch (answer.getString(1)) {
                    case "ours" -> {}
                    case "missing" -> createSchema(settings, connection);
                    default ->
                        throw new PermanentFailure(
                                "The database that DATABASE_URL names, %s, has no schema %s that belongs to DATABASE_USER %s; provision it first"
                                        .formatted(settings.address(), settings.schema(), settings.user()));
                }
            }
        }
    }

    private static void createSchema(PostgresSettings settings, Connection connection) throws SQLException {
        try (PreparedStatement create = connection.prepareStatement("CREATE SCHEMA " + settings.schema())) {
            create.executeUpdate();
        } catch (SQLException e) {
            // Another process of the same service was faster.
            if (!CREATED_MEANWHILE.contains(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Connection refused, or the server is starting; any other error is permanent. */
    private static boolean isComingUp(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static String advice(PostgresSettings settings, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String what = switch (state) {
            case "28P01", "28000" ->
                "refuses DATABASE_USER %s; correct it or DATABASE_PASSWORD".formatted(settings.user());
            case "3D000" -> "does not exist on its server; provision it, or correct DATABASE_URL";
            default -> "cannot be reached; start it, or correct DATABASE_URL";
        };
        return "The database that DATABASE_URL names, %s, %s (%s)"
                .formatted(
                        settings.address(),
                        what,
                        String.valueOf(failure.getMessage()).lines().findFirst().orElse(state));
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PermanentFailure("Interrupted while waiting for the database", e);
        }
    }

    /** What all contexts have and what this one has are one sequence of versions: a new one is higher than all others. */
    private static void migrate(PostgresSettings settings) {
        try {
            Flyway.configure()
                    .dataSource(settings.migrating())
                    .defaultSchema(settings.schema())
                    .createSchemas(false)
                    .locations("classpath:db/migration/messaging", "classpath:db/migration/" + settings.schema())
                    .javaMigrations(settings.schema().equals("catalog") ? CATALOG_MIGRATIONS : NO_MIGRATIONS)
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new PermanentFailure(
                    "The schema %s of the database that DATABASE_URL names, %s, could not be brought up to date: %s"
                            .formatted(settings.schema(), settings.address(), e.getMessage()),
                    e);
        }
    }
}
