package dev.hexmart.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.transaction.AtOnce;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opening a database, and what a person is told where that fails. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresDatabaseTest {

    private static final PostgresSettings SETTINGS = TestServer.settings("catalog");
    private static final String OWN = TestServer.NAME + "_own";
    private static final String ADDRESS = "jdbc:postgresql://127.0.0.1:%d/ecommerce";

    @Test
    void aDatabaseIsHealthyUntilItIsClosed() {
        PostgresDatabase database = PostgresDatabase.open(SETTINGS);
        assertThat(database.isHealthy()).isTrue();
        assertThat(database.pool().active()).isZero();
        database.close();
        assertThat(database.isHealthy()).isFalse();
    }

    @Test
    void databaseRecoversAfterAllConnectionsAreCut() {
        withADatabaseOfItsOwn(settings -> {
            try (PostgresDatabase database = PostgresDatabase.open(settings)) {
                TestServer.ask(
                        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = '" + OWN
                                + "'",
                        Long.class);
                await().until(database::isHealthy);
            }
        });
    }

    @Test
    void manyProcessesThatOpenAnEmptyDatabaseAtOnceMigrateItOnce() {
        withADatabaseOfItsOwn(settings -> {
            List<Boolean> healthy = AtOnce.times(4, () -> {
                try (PostgresDatabase database = PostgresDatabase.open(settings)) {
                    return database.isHealthy();
                }
            });
            assertThat(healthy).containsOnly(true).hasSize(4);
        });
    }

    @Test
    void concurrentStartsCreateTheSchemaOnce() {
        TestServer.Administrator owner = TestServer.ADMINISTRATOR;
        String url = DatabaseProvisioning.provision(owner.url(), owner.user(), owner.password(), OWN, List.of());
        try {
            List<Boolean> healthy = AtOnce.times(4, () -> {
                PostgresSettings settings = new PostgresSettings(url, owner.user(), owner.password(), "payment", 2);
                try (PostgresDatabase database = PostgresDatabase.open(settings)) {
                    return database.isHealthy();
                }
            });
            assertThat(healthy).containsOnly(true).hasSize(4);
        } finally {
            TestServer.execute("DROP DATABASE " + OWN);
        }
    }

    @Test
    void aDatabaseThatIsJustComingUpIsWaitedFor() throws IOException {
        try (Gate gate = new Gate(2)) {
            try (PostgresDatabase database = PostgresDatabase.open(gate.settings("catalog"), Duration.ofSeconds(60))) {
                assertThat(database.isHealthy()).isTrue();
            }
            assertThat(gate.refused()).isEqualTo(2);
        }
    }

    @Test
    void aDatabaseThatDoesNotComeUpIsNamedInOneLine() throws IOException {
        assertRefused(with(ADDRESS.formatted(freePort())), "DATABASE_URL", "cannot be reached");
    }

    @Test
    void aDatabaseThatThereIsNotIsNamedInOneLine() {
        assertRefused(with(SETTINGS.url() + "_not"), "DATABASE_URL", "does not exist");
    }

    @Test
    void unknownDatabaseUserIsNamedInOneLine() {
        PostgresSettings unknown =
                new PostgresSettings(SETTINGS.url(), "nobody_of_that_name", SETTINGS.password(), "catalog", 2);
        assertRefused(unknown, "DATABASE_USER nobody_of_that_name", "DATABASE_PASSWORD");
    }

    @Test
    void schemaOfAnotherRoleIsNamedInOneLine() {
        PostgresSettings foreign =
                new PostgresSettings(SETTINGS.url(), SETTINGS.user(), SETTINGS.password(), "ordering", 2);
        assertRefused(foreign, "no schema ordering", "provision");
    }

    @Test
    void settingsThatMakeNoSenseNameTheirVariable() {
        assertThatThrownBy(() -> with("postgres://localhost/ecommerce")).hasMessageContaining("DATABASE_URL");
        assertThatThrownBy(() -> with(SETTINGS.url() + "?user=a&password=top")).hasMessageContaining("DATABASE_URL");
        assertThatThrownBy(() -> new PostgresSettings(SETTINGS.url(), " ", "secret", "catalog", 2))
                .hasMessageContaining("DATABASE_USER");
        assertThatThrownBy(() -> new PostgresSettings(SETTINGS.url(), "u", "secret", "catalog; DROP", 2))
                .hasMessageContaining("schema");
        assertThatThrownBy(() -> new PostgresSettings(SETTINGS.url(), "u", "secret", "catalog", 1))
                .hasMessageContaining("at least 2");
    }

    @Test
    void settingsDoNotTellTheirSecretsWhenTheyArePrinted() {
        PostgresSettings settings =
                new PostgresSettings(SETTINGS.url() + "?sslpassword=hidden", "u", "secret", "catalog", 2);
        assertThat(settings.toString())
                .contains("catalog", SETTINGS.url())
                .doesNotContain("secret")
                .doesNotContain("hidden");
        assertThat(new ServiceRole("catalog", "u", "secret").toString()).doesNotContain("secret");
    }

    private static void withADatabaseOfItsOwn(Consumer<PostgresSettings> test) {
        TestServer.Administrator administrator = TestServer.ADMINISTRATOR;
        String url = DatabaseProvisioning.provision(
                administrator.url(), administrator.user(), administrator.password(), OWN, TestServer.services());
        try {
            test.accept(new PostgresSettings(url, SETTINGS.user(), SETTINGS.password(), SETTINGS.schema(), 2));
        } finally {
            TestServer.execute("DROP DATABASE " + OWN);
        }
    }

    private static void assertRefused(PostgresSettings settings, String... parts) {
        assertThatThrownBy(() -> PostgresDatabase.open(settings, Duration.ofMillis(1)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain(settings.password())
                .hasLineCount(1);
    }

    private static PostgresSettings with(String url) {
        return new PostgresSettings(url, SETTINGS.user(), SETTINGS.password(), SETTINGS.schema(), 2);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
