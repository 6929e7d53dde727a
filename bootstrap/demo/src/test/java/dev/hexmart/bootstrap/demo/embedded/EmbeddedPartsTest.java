package dev.hexmart.bootstrap.demo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import dev.hexmart.bootstrap.demo.Infra;
import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts on one data root, so that their programs are unpacked once; each test clears the data. */
class EmbeddedPartsTest {
    @TempDir
    static Path root;

    @BeforeEach
    void clear() {
        try (DataRoot dataRoot = DataRoot.open(root)) {
            dataRoot.clear();
        }
    }

    @Test
    void aRestartKeepsRowsKeysMessagesAndPorts() throws Exception {
        String urls;
        try (EmbeddedParts parts = start(false)) {
            Stored.row(parts.postgres(), "a row");
            Stored.key(parts.redis(), "a key");
            Stored.message(parts.broker(), "a message");
            urls = urls(parts);
        }
        try (EmbeddedParts parts = start(false)) {
            assertThat(Stored.rows(parts.postgres())).containsExactly("a row");
            assertThat(Stored.hasKey(parts.redis(), "a key")).isTrue();
            assertThat(Stored.nextMessage(parts.broker())).contains("a message");
            assertThat(urls(parts)).isEqualTo(urls);
        }
        try (EmbeddedParts parts = start(true)) {
            assertThatThrownBy(() -> Stored.rows(parts.postgres())).hasMessageContaining("does not exist");
            assertThat(Stored.hasKey(parts.redis(), "a key")).isFalse();
        }
    }

    @Test
    void aKilledProcessLeavesNoServerBehindAndItsDataToTheNextStart() throws Exception {
        Process killed = java(KilledLater.class, root.toString());
        List<Long> servers;
        try (BufferedReader output = killed.inputReader()) {
            String started = output.lines()
                    .filter(line -> line.startsWith("started "))
                    .findFirst()
                    .orElseThrow();
            servers =
                    Arrays.stream(started.split(" ")).skip(1).map(Long::valueOf).toList();
            assertThat(servers).hasSize(2).allMatch(EmbeddedPartsTest::runs);
        } finally {
            killed.destroyForcibly().waitFor();
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(servers).noneMatch(EmbeddedPartsTest::runs));
        try (EmbeddedParts parts = start(false)) {
            assertThat(Stored.rows(parts.postgres())).containsExactly("before the kill");
            assertThat(Stored.hasKey(parts.redis(), "before the kill")).isTrue();
            assertThat(Stored.nextMessage(parts.broker())).contains("before the kill");
        }
    }

    /** As when the parent-death signal is missing: the servers outlive the one who started them. */
    @Test
    void aServerThatWasLeftBehindIsStoppedBeforeTheNextStart() throws Exception {
        EmbeddedPostgres oldPostgres = EmbeddedPostgres.start(root, 0, progress -> {});
        EmbeddedRedis oldRedis = EmbeddedRedis.start(root, 0, progress -> {});
        Stored.row(oldPostgres, "a row");
        Stored.key(oldRedis, "a key");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(root, 0, progress -> {});
                EmbeddedRedis redis = EmbeddedRedis.start(root, 0, progress -> {})) {
            assertThat(List.of(oldPostgres.pid(), oldRedis.pid())).noneMatch(EmbeddedPartsTest::runs);
            assertThat(postgres.port()).isEqualTo(oldPostgres.port());
            assertThat(Stored.rows(postgres)).containsExactly("a row");
            assertThat(Stored.hasKey(redis, "a key")).isTrue();
        }
    }

    /** Process ids are used again, above all in containers. */
    @Test
    void anotherProcessWithTheIdInAnOldPidFileIsLeftAlone() throws Exception {
        EmbeddedPostgres.start(root, 0, progress -> {}).close();
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(root.resolve("postgres/data/postmaster.pid"), other.pid() + "\n");
            EmbeddedPostgres.start(root, 0, progress -> {}).close();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aTakenPortIsNamedWithTheSettingToChange() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> EmbeddedPostgres.start(root, port, progress -> {}))
                    .hasMessageContainingAll("Port " + port, "Postgres", "--postgres-port");
            assertThatThrownBy(() -> EmbeddedRedis.start(root, port, progress -> {}))
                    .hasMessageContainingAll("Port " + port, "Redis", "--redis-port");
            assertThatThrownBy(() -> EmbeddedBroker.start(root, port, progress -> {}))
                    .hasMessageContainingAll("Port " + port, "broker", "--amqp-port");
        }
    }

    @Test
    void oneFailedPartStopsTheOthersAndReleasesTheDataRoot() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            WantedPorts ports = new WantedPorts(0, 0, taken.getLocalPort());
            assertThatThrownBy(() -> EmbeddedParts.start(root, false, ports, progress -> {}))
                    .hasMessageContaining("--amqp-port");
        }
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
        DataRoot.open(root).close();
    }

    @Test
    void aServerThatCannotStartShowsTheEndOfItsLog() throws IOException {
        EmbeddedPostgres.start(root, 0, progress -> {}).close();
        Files.writeString(root.resolve("postgres/data/postgresql.conf"), "no_such_setting = on\n");

        assertThatThrownBy(() -> EmbeddedPostgres.start(root, 0, progress -> {}))
                .hasMessageContainingAll("unrecognized configuration parameter", "postgres.log", "--fresh");
    }

    @Test
    void aDataRootServesOneAtATime() {
        try (DataRoot first = DataRoot.open(root)) {
            assertThatThrownBy(() -> DataRoot.open(first.path()))
                    .hasMessageContainingAll(
                            root.toString(),
                            "process " + ProcessHandle.current().pid(),
                            "--data");
        }
        DataRoot.open(root).close();
    }

    @Test
    void aFolderThatIsNotOursIsNeverDeleted(@TempDir Path foreign) throws IOException {
        Path file = Files.createDirectory(foreign.resolve("redis")).resolve("dump.rdb");
        Files.writeString(file, "other data");

        try (DataRoot dataRoot = DataRoot.open(foreign)) {
            assertThatThrownBy(dataRoot::clear).hasMessageContaining("not Hexmart's");
        }
        assertThat(file).exists();
    }

    @Test
    void infraPrintsWhatTheServicesNeedAndEndsWithZeroWhenTold() throws Exception {
        Process infra = java(Infra.class, "--data", root.toString());
        try (BufferedReader output = infra.inputReader()) {
            List<String> printed = output.lines()
                    .takeWhile(line -> !line.contains("is ready"))
                    .map(line -> line.replaceFirst("=.*", ""))
                    .toList();
            assertThat(printed)
                    .containsExactly(
                            "export DATABASE_URL",
                            "export DATABASE_USER",
                            "export DATABASE_PASSWORD",
                            "export REDIS_URL",
                            "export AMQP_URL");
            infra.destroy();
            assertThat(infra.waitFor()).isZero();
        } finally {
            infra.destroyForcibly();
        }
        DataRoot.open(root).close();
    }

    @Test
    void aPortIsKeptWhileItIsFree() throws IOException {
        Path memory = root.resolve("port-memory");
        int first = Ports.choose(memory, 0, "a test", "--port");
        assertThat(Ports.choose(memory, 0, "a test", "--port")).isEqualTo(first);
        try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.choose(memory, 0, "a test", "--port"))
                    .isNotEqualTo(first)
                    .isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void committedOrdersSurviveAndStrangersStayOut() throws Exception {
        try (EmbeddedParts parts = start(false)) {
            EmbeddedPostgres postgres = parts.postgres();
            assertThat(Stored.setting(postgres, "fsync")).isEqualTo("on");
            assertThat(Stored.setting(postgres, "synchronous_commit")).isEqualTo("on");
            assertThat(Stored.setting(postgres, "listen_addresses")).isEqualTo("127.0.0.1");

            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.superuser(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            ConnectionFactory guess = new ConnectionFactory();
            guess.setPort(parts.broker().port());
            assertThatThrownBy(guess::newConnection).isInstanceOf(IOException.class);
        }
    }

    private static Process java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static EmbeddedParts start(boolean fresh) {
        return EmbeddedParts.start(root, fresh, WantedPorts.ANY, progress -> {});
    }

    private static String urls(EmbeddedParts parts) {
        return String.join(
                " ",
                parts.postgres().jdbcUrl(),
                parts.redis().redisUrl(),
                parts.broker().amqpUrl());
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
