package dev.hexmart.adapter.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

/** Two real servers, the second of which has every commit of the first before that is acknowledged. */
final class PrimaryAndStandby implements AutoCloseable {

    private static final String ADMINISTRATOR = "postgres";

    private final Path folder;
    private final EmbeddedPostgres primary;
    private final EmbeddedPostgres standby;

    private PrimaryAndStandby(Path folder, EmbeddedPostgres primary, EmbeddedPostgres standby) {
        this.folder = folder;
        this.primary = primary;
        this.standby = standby;
    }

    /** Provisions a primary, and makes the standby of a copy of it. */
    static PrimaryAndStandby start() {
        try {
            Path folder = Files.createTempDirectory("postgres");
            Path first = folder.resolve("first");
            Path second = folder.resolve("second");
            try (EmbeddedPostgres server = server(first).start()) {
                DatabaseProvisioning.provision(
                        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                        ADMINISTRATOR,
                        ADMINISTRATOR,
                        TestServer.services());
            }
            copy(first, second);
            Files.createFile(second.resolve("standby.signal"));
            EmbeddedPostgres primary = server(first)
                    .setServerConfig("synchronous_standby_names", "*")
                    .start();
            Files.writeString(
                    second.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=%d user=%s'%n".formatted(primary.getPort(), ADMINISTRATOR),
                    StandardOpenOption.APPEND);
            EmbeddedPostgres standby = server(second).start();
            return new PrimaryAndStandby(folder, primary, standby);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names both servers. */
    PostgresSettings settings(String schema, int poolSize) {
        PostgresSettings shared = TestServer.settings(schema);
        String url = "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s"
                .formatted(primary.getPort(), standby.getPort(), DatabaseProvisioning.DATABASE);
        return new PostgresSettings(url, shared.user(), shared.password(), schema, poolSize);
    }

    int portOfStandby() {
        return standby.getPort();
    }

    /** Ends the primary in the middle of what it does. */
    void killPrimary() {
        try {
            long postmaster =
                    Long.parseLong(Files.readAllLines(folder.resolve("first").resolve("postmaster.pid"))
                            .getFirst());
            ProcessHandle process = ProcessHandle.of(postmaster).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The primary lives on and takes no changes any more, as after a failover that has left it alone. */
    void makePrimaryReadOnly() {
        execute(primary, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
    }

    /** Returns when the standby takes changes. */
    void promoteStandby() {
        execute(standby, "SELECT pg_promote(true, 60)");
    }

    @Override
    public void close() {
        try {
            standby.close();
            primary.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres.Builder server(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                // Off by default in embedded servers.
                .setServerConfig("synchronous_commit", "on");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void execute(EmbeddedPostgres server, String... statements) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
