package dev.hexmart.adapter.postgres;

import dev.hexmart.adapter.postgres.messaging.MessageMetadata;
import dev.hexmart.adapter.postgres.messaging.TraceContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * One real PostgreSQL for all tests of this run: the one that {@code HEXMART_TEST_POSTGRES_URL} names ({@code
 * jdbc:postgresql://localhost:5432/postgres?user=postgres&password=…}, an administrator's), one in a container of the
 * image that {@code HEXMART_TEST_POSTGRES_IMAGE} names, otherwise one that is started here; both end with the run.
 *
 * <p>It is provisioned as a shop's is, and all tests of a context share its database: each minds its own rows only.
 */
public final class TestServer {

    private static final String VARIABLE = "HEXMART_TEST_POSTGRES_URL";
    private static final String PASSWORD = "it's \"secret\" \\ %";
    private static final int POOL_SIZE = 8;
    private static final int PORT = 5432;

    /** Of the database and, with it, of all roles: the server may have other databases. */
    static final String NAME = "hexmart_test_" + UUID.randomUUID().toString().substring(0, 8);

    static final Administrator ADMINISTRATOR = Optional.ofNullable(System.getenv(VARIABLE))
            .map(Administrator::of)
            .or(() -> Optional.ofNullable(System.getenv("HEXMART_TEST_POSTGRES_IMAGE"))
                    .map(TestServer::startContainer))
            .orElseGet(TestServer::start);

    private static final String URL = provision();
    private static final Map<String, PostgresDatabase> DATABASES = new ConcurrentHashMap<>();

    private TestServer() {}

    /** A user that may create databases. */
    record Administrator(String url, String user, String password) {

        static Administrator of(String urlWithCredentials) {
            int query = urlWithCredentials.indexOf('?');
            String user = "";
            String password = "";
            for (String parameter : urlWithCredentials.substring(query + 1).split("&")) {
                if (parameter.startsWith("user=")) {
                    user = parameter.substring("user=".length());
                }
                if (parameter.startsWith("password=")) {
                    password = parameter.substring("password=".length());
                }
            }
            return new Administrator(urlWithCredentials.substring(0, query), user, password);
        }

        Connection connect(String url) throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }
    }

    /** The shared database of one context. */
    public static PostgresDatabase database(String schema) {
        return DATABASES.computeIfAbsent(schema, it -> PostgresDatabase.open(settings(it)));
    }

    public static PostgresSettings settings(String schema) {
        return new PostgresSettings(URL, role(schema), PASSWORD, schema, POOL_SIZE);
    }

    /** Messages get random ids, the system's time and no trace. */
    public static MessageMetadata metadata() {
        return new MessageMetadata(UUID::randomUUID, TraceContext.NONE, Clock.systemUTC());
    }

    /** As {@link #metadata()}, within the given trace. */
    public static MessageMetadata metadata(String traceId, Map<String, String> headers) {
        TraceContext trace = new TraceContext() {
            @Override
            public Optional<String> traceId() {
                return Optional.of(traceId);
            }

            @Override
            public Map<String, String> creating(UUID message, String type) {
                return headers;
            }
        };
        return new MessageMetadata(UUID::randomUUID, trace, Clock.systemUTC());
    }

    static String role(String schema) {
        return NAME + "_" + schema;
    }

    static List<ServiceRole> services() {
        return List.of("catalog", "ordering", "payment").stream()
                .map(schema -> new ServiceRole(schema, role(schema), PASSWORD))
                .toList();
    }

    /** The first column of the one row that a query has, asked by the administrator in the shared database. */
    public static <T> T ask(String query, Class<T> type) {
        try (Connection connection = ADMINISTRATOR.connect(URL);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getObject(1, type);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A transaction of the administrator's that is rolled back in the end. */
    public static Trial trial() {
        try {
            Connection connection = ADMINISTRATOR.connect(URL);
            connection.setAutoCommit(false);
            return new Trial(connection);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** What would be, were it committed. */
    public static final class Trial implements AutoCloseable {

        private final Connection connection;

        private Trial(Connection connection) {
            this.connection = connection;
        }

        public void execute(String sql) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        /** How the server would execute the query, as text. */
        public String plan(String query) {
            try (Statement statement = connection.createStatement();
                    ResultSet lines = statement.executeQuery("EXPLAIN " + query)) {
                List<String> plan = new ArrayList<>();
                while (lines.next()) {
                    plan.add(lines.getString(1));
                }
                return String.join("\n", plan);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.rollback();
                connection.close();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** As the administrator, outside any database that it might drop. */
    public static void execute(String sql) {
        try (Connection connection = ADMINISTRATOR.connect(ADMINISTRATOR.url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** In the schema of a service, by its own role. */
    public static void execute(String service, String sql) {
        try (Connection connection = settings(service).migrating().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String provision() {
        String url = DatabaseProvisioning.provision(
                ADMINISTRATOR.url(), ADMINISTRATOR.user(), ADMINISTRATOR.password(), NAME, services());
        Runtime.getRuntime().addShutdownHook(new Thread(TestServer::leaveNothing));
        return url;
    }

    private static Administrator start() {
        try {
            // Ends with this process: it has a shutdown hook of its own.
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "100")
                    .start();
            return new Administrator(
                    "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(startFailed(), e);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(startFailed(), e);
        }
    }

    private static Administrator startContainer(String image) {
        @SuppressWarnings("resource") // it ends with the JVM
        GenericContainer<?> container = new GenericContainer<>(image)
                .withEnv("POSTGRES_PASSWORD", "postgres")
                .withExposedPorts(PORT)
                // The second one: the first serves the scripts that make the database.
                .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 2));
        container.start();
        return new Administrator(
                "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(PORT) + "/postgres",
                "postgres",
                "postgres");
    }

    private static String startFailed() {
        return "The embedded PostgreSQL does not start; where its start is not allowed (as root without user"
                + " namespaces), name a server by " + VARIABLE;
    }

    private static void leaveNothing() {
        if (System.getenv(VARIABLE) == null) {
            return;
        }
        DATABASES.values().forEach(PostgresDatabase::close);
        try (Connection connection = ADMINISTRATOR.connect(ADMINISTRATOR.url());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + NAME + " WITH (FORCE)");
            for (ServiceRole service : services()) {
                statement.execute("DROP ROLE " + service.role());
            }
        } catch (SQLException e) {
            System.err.println("Database " + NAME + " was left behind: " + e.getMessage());
        }
    }
}
