package dev.hexmart.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.adapter.postgres.PostgresDatabase.PoolState;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Held;
import dev.hexmart.application.transaction.StaleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong in a transaction, and that no connection is ever lost over it. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresTransactorTest {

    private static final int POOL_SIZE = 2;

    private final PostgresDatabase database = PostgresDatabase.open(settings());
    private final PostgresTransactor<Sql> transactor = new PostgresTransactor<>(database, Function.identity());
    private final UUID message = UUID.randomUUID();

    private static PostgresSettings settings() {
        PostgresSettings shared = TestServer.settings("catalog");
        return new PostgresSettings(shared.url(), shared.user(), shared.password(), shared.schema(), POOL_SIZE);
    }

    @AfterEach
    void everyConnectionIsBackInThePoolAndOfUse() {
        try (database) {
            assertThat(database.pool().active()).isZero();
            List<Integer> answers = AtOnce.times(
                    POOL_SIZE,
                    () -> transactor.inTransaction(
                            sql -> sql.statement("SELECT 1 AS one").one(row -> row.integer("one"))));
            assertThat(answers).containsExactly(1, 1);
        }
    }

    @Test
    void aWorkThatDoesNothingNeedsNoConnection() {
        try (Held _ = hold();
                Held _ = hold(UUID.randomUUID())) {
            assertThat(transactor.<String>inTransaction(_ -> "done")).isEqualTo("done");
        }
    }

    @Test
    void anObserverSeesStatementsWithoutTheirValuesAndHowTheyEnd() {
        List<String> seen = new ArrayList<>();
        StatementObserver observer = text -> {
            seen.add(text);
            return failure -> seen.add(failure.isPresent() ? "failed" : "done");
        };
        try (PostgresDatabase observed = PostgresDatabase.open(settings(), observer)) {
            PostgresTransactor<Sql> work = new PostgresTransactor<>(observed, Function.identity());
            work.inTransaction(sql -> sql.statement("SELECT CAST(:secret AS text)")
                    .with("secret", "canary")
                    .list(Function.identity()));
            assertThatThrownBy(() -> work.inTransaction(
                            sql -> sql.statement("SELECT 1 FROM nowhere").list(Function.identity())))
                    .isInstanceOf(PermanentFailure.class);
        }
        assertThat(seen)
                .containsExactly(
                        "SELECT CAST(:secret AS text)", "done", "COMMIT", "done", "SELECT 1 FROM nowhere", "failed");
    }

    @Test
    void aStatementThatBreaksARuleIsAPermanentFailure() {
        assertFails(PermanentFailure.class, sql -> {
            record(sql);
            record(sql);
        });
        assertThat(isRecorded()).isFalse();
    }

    @Test
    void aQueryOfWhatIsNotThereIsAPermanentFailure() {
        assertFails(PermanentFailure.class, sql -> {
            record(sql);
            sql.statement("SELECT 1 FROM nowhere").list(Function.identity());
        });
        assertThat(isRecorded()).isFalse();
    }

    @Test
    void aQueryThatFailsAtItsSecondRowIsAPermanentFailure() {
        assertFails(PermanentFailure.class, sql -> {
            record(sql);
            sql.statement("SELECT 1 / (2 - n) AS x FROM generate_series(1, 3) AS n")
                    .list(row -> row.integer("x"));
        });
        assertThat(isRecorded()).isFalse();
    }

    @Test
    void aForgottenParameterIsAProgrammersMistake() {
        assertFails(RuntimeException.class, sql -> {
            record(sql);
            sql.statement("SELECT CAST(:forgotten AS text)").list(Function.identity());
        });
        assertThat(isRecorded()).isFalse();
    }

    @Test
    void aRowThatCannotBeReadFailsTheWork() {
        assertFails(
                IllegalArgumentException.class,
                sql -> sql.statement("SELECT 'HELD OR NOT' AS state")
                        .list(row -> row.constant("state", TimeUnit.class)));
    }

    @Test
    void aWorkThatSwallowsAFailureDoesNotCommit() {
        assertFails(RuntimeException.class, sql -> {
            record(sql);
            assertThatThrownBy(() -> record(sql)).isInstanceOf(PermanentFailure.class);
        });
        assertThat(isRecorded()).isFalse();
    }

    @Test
    void aCommitThatFailsLeavesNothingBehind() {
        assertFails(PermanentFailure.class, sql -> {
            sql.statement("CREATE TABLE late (n integer UNIQUE DEFERRABLE INITIALLY DEFERRED)")
                    .update();
            record(sql);
            sql.statement("INSERT INTO late VALUES (1), (1)").update();
        });
        assertThat(isRecorded()).isFalse();
    }

    @Test
    void aLockThatIsNotToBeHadIsATemporaryFailure() {
        try (Held _ = hold()) {
            assertFails(TemporaryFailure.class, this::record);
        }
    }

    @Test
    void aStatementThatTakesTooLongIsATemporaryFailure() {
        assertFails(
                TemporaryFailure.class,
                sql -> sql.statement("SELECT pg_sleep(60)").list(Function.identity()));
    }

    @Test
    void aPoolThatStaysEmptyIsATemporaryFailure() {
        try (Held _ = hold();
                Held _ = hold(UUID.randomUUID())) {
            assertThat(database.pool()).isEqualTo(new PoolState(POOL_SIZE, 0, 0, POOL_SIZE));
            assertFails(TemporaryFailure.class, this::record);
        }
    }

    @Test
    void backendKilledInATransactionIsATemporaryFailureWithoutEffect() {
        assertFails(TemporaryFailure.class, sql -> {
            record(sql);
            int process = sql.statement("SELECT pg_backend_pid() AS process").one(row -> row.integer("process"));
            TestServer.ask("SELECT pg_terminate_backend(" + process + ", 10000)", Boolean.class);
            sql.statement("SELECT 1").list(Function.identity());
        });
        assertThat(isRecorded()).isFalse();
    }

    @Test
    void backendKilledAtTheCommitIsATemporaryFailureOfUnknownOutcome() {
        assertThatThrownBy(() -> transactor.inTransaction(sql -> {
                    record(sql);
                    int process =
                            sql.statement("SELECT pg_backend_pid() AS process").one(row -> row.integer("process"));
                    return TestServer.ask("SELECT pg_terminate_backend(" + process + ", 10000)", Boolean.class);
                }))
                .isInstanceOf(TemporaryFailure.class)
                .hasMessageContaining("not known");
    }

    @Test
    void ofTwoThatWaitForEachOtherOneIsRunAgain() {
        UUID other = UUID.randomUUID();
        CyclicBarrier bothHaveTheirFirst = new CyclicBarrier(2);
        AtomicInteger runs = new AtomicInteger();
        inTwoTransactions(message, other);
        List<Integer> done = AtOnce.times(
                2,
                i -> () -> transactor.inTransaction(sql -> {
                    int run = runs.incrementAndGet();
                    lock(sql, i == 0 ? message : other);
                    if (run <= 2) {
                        meet(bothHaveTheirFirst);
                    }
                    lock(sql, i == 0 ? other : message);
                    return run;
                }));
        assertThat(done).contains(3);
        assertThat(runs).hasValue(3);
    }

    @Test
    void aStaleVersionGivesTheConnectionBackBeforeTheWorkIsRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        assertFails(TemporaryFailure.class, sql -> {
            runs.incrementAndGet();
            record(sql);
            throw new StaleVersion("A thing");
        });
        assertThat(runs.get()).isGreaterThan(POOL_SIZE);
        assertThat(isRecorded()).isFalse();
    }

    @Test
    void theStoreIsOfNoUseAfterItsTransaction() {
        List<Sql> kept = new ArrayList<>();
        transactor.inTransaction(sql -> {
            record(sql);
            return kept.add(sql);
        });
        assertThatThrownBy(() -> record(kept.getFirst())).isInstanceOf(IllegalStateException.class);
    }

    private void assertFails(Class<? extends RuntimeException> failure, Consumer<Sql> work) {
        assertThatThrownBy(() -> transactor.inTransaction(sql -> {
                    work.accept(sql);
                    return work;
                }))
                .isInstanceOf(failure);
        await().until(() -> database.pool().waiting() == 0);
    }

    private void inTwoTransactions(UUID... messages) {
        for (UUID id : messages) {
            transactor.inTransaction(sql -> {
                record(sql, id);
                return id;
            });
        }
    }

    private Held hold() {
        return hold(message);
    }

    private Held hold(UUID id) {
        return Held.open(pause -> transactor.inTransaction(sql -> {
            record(sql, id);
            pause.run();
            return id;
        }));
    }

    private void record(Sql sql) {
        record(sql, message);
    }

    /** Not by the inbox, which knows no conflicts. */
    private static void record(Sql sql, UUID id) {
        sql.statement("INSERT INTO inbox (message_id) VALUES (:id)")
                .with("id", id)
                .update();
    }

    private static void lock(Sql sql, UUID id) {
        sql.statement("UPDATE inbox SET recorded_at = now() WHERE message_id = :id")
                .with("id", id)
                .update();
    }

    private boolean isRecorded() {
        return TestServer.ask(
                "SELECT EXISTS (SELECT FROM catalog.inbox WHERE message_id = '" + message + "')", Boolean.class);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
