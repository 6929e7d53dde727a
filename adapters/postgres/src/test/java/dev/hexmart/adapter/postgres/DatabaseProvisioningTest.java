package dev.hexmart.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.transaction.AtOnce;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provisioned server lets each service do, and what not. */
class DatabaseProvisioningTest {

    private static final String FORBIDDEN = "42501";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM ordering.orders",
                "INSERT INTO ordering.inbox (message_id) VALUES (gen_random_uuid())",
                "DELETE FROM payment.payment",
                "CREATE TABLE ordering.mine (n integer)",
                "CREATE TABLE public.mine (n integer)",
                "CREATE SCHEMA mine",
                "CREATE DATABASE mine",
                "CREATE ROLE mine",
                "CREATE TEMPORARY TABLE mine (n integer)"
            })
    void theRoleOfOneServiceReachesNothingOfAnothersAndNothingOfTheServers(String statement) {
        TestServer.database("ordering");
        TestServer.database("payment");
        assertThatThrownBy(() -> execute("catalog", statement))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(FORBIDDEN));
    }

    @Test
    void theRoleOfAServiceRulesItsOwnSchema() throws SQLException {
        execute("catalog", "CREATE TABLE catalog.mine (n integer)");
        execute("catalog", "DROP TABLE catalog.mine");
        assertThat(TestServer.ask("SELECT to_regclass('catalog.mine') IS NULL", Boolean.class))
                .isTrue();
    }

    @Test
    void roleWithoutAServiceCannotConnect() {
        assertThat(TestServer.ask(
                        "SELECT bool_or(acl.grantee = 0) FROM pg_database, aclexplode(datacl) AS acl"
                                + " WHERE datname = current_database()",
                        Boolean.class))
                .isFalse();
    }

    @Test
    void provisioningAgainKeepsWhatIsThereAndTakesTheNewPassword() throws SQLException {
        String name = TestServer.NAME + "_twice";
        String role = TestServer.NAME + "_twice";
        String url = provision(name, new ServiceRole("ordering", role, "the first"));
        PostgresDatabase.open(new PostgresSettings(url, role, "the first", "ordering", 2))
                .close();
        String before = verifier(role);
        assertThat(provision(name, new ServiceRole("ordering", role, "the second")))
                .isEqualTo(url);
        assertThat(before).startsWith("SCRAM-SHA-256$");
        assertThat(verifier(role)).startsWith("SCRAM-SHA-256$").isNotEqualTo(before);
        try (Connection connection = TestServer.ADMINISTRATOR.connect(url);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("SELECT 1 FROM ordering.orders").next())
                    .isFalse();
        }
        TestServer.execute("DROP DATABASE " + name);
        TestServer.execute("DROP ROLE " + role);
    }

    @Test
    void concurrentProvisioningSucceeds() {
        String name = TestServer.NAME + "_many";
        List<String> urls = AtOnce.times(
                4, () -> provision(name, new ServiceRole("ordering", TestServer.NAME + "_many", "secret")));
        assertThat(urls).hasSize(4).containsOnly(urls.getFirst());
        TestServer.execute("DROP DATABASE " + name);
        TestServer.execute("DROP ROLE " + name);
    }

    @Test
    void anAdministratorNeedNotBeASuperuser() {
        String admin = TestServer.NAME + "_admin";
        String name = TestServer.NAME + "_managed";
        TestServer.execute("CREATE ROLE " + admin + " LOGIN CREATEDB CREATEROLE PASSWORD 'admin'");
        String url = DatabaseProvisioning.provision(
                TestServer.ADMINISTRATOR.url(),
                admin,
                "admin",
                name,
                List.of(new ServiceRole("ordering", name, "secret")));
        try (PostgresDatabase database =
                PostgresDatabase.open(new PostgresSettings(url, name, "secret", "ordering", 2))) {
            assertThat(database.isHealthy()).isTrue();
        }
        TestServer.execute("DROP DATABASE " + name);
        TestServer.execute("DROP ROLE " + name);
        TestServer.execute("DROP ROLE " + admin);
    }

    @Test
    void namesAreNoPlaceToHideStatementsIn() {
        assertThatThrownBy(() -> new ServiceRole("catalog\"; DROP SCHEMA payment", "role", "secret"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ServiceRole("catalog", "role PASSWORD", "secret"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerThatCannotBeReachedIsNamedWithoutThePassword() {
        assertThatThrownBy(() -> DatabaseProvisioning.provision(
                        "jdbc:postgresql://127.0.0.1:1/postgres", "postgres", "top secret", List.of()))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("127.0.0.1:1")
                .message()
                .doesNotContain("top secret");
    }

    private static String provision(String database, ServiceRole service) {
        TestServer.Administrator administrator = TestServer.ADMINISTRATOR;
        return DatabaseProvisioning.provision(
                administrator.url(), administrator.user(), administrator.password(), database, List.of(service));
    }

    private static String verifier(String role) {
        return TestServer.ask("SELECT rolpassword FROM pg_authid WHERE rolname = '" + role + "'", String.class);
    }

    private static void execute(String schema, String sql) throws SQLException {
        try (Connection connection = TestServer.settings(schema).listening().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
