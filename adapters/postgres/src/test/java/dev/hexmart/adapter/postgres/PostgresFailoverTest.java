package dev.hexmart.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.adapter.postgres.messaging.OutboxSignal;
import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The manager of the servers makes the standby the primary; here the test does. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresFailoverTest {

    private static final int POOL_SIZE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PrimaryAndStandby servers = PrimaryAndStandby.start();
    private final PostgresSettings settings = servers.settings("catalog", POOL_SIZE);
    private final PostgresDatabase database = PostgresDatabase.open(settings);
    private final PostgresTransactor<Sql> transactor = new PostgresTransactor<>(database, Function.identity());

    @AfterEach
    void close() {
        database.close();
        servers.close();
    }

    @Test
    void workGoesOnAfterThePrimarysDeathAndNoCommitIsLost() {
        Set<UUID> committed = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            committed.add(record());
        }
        servers.killPrimary();
        assertThatThrownBy(this::record).isInstanceOf(TemporaryFailure.class);
        servers.promoteStandby();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(TemporaryFailure.class)
                .until(() -> committed.add(record()));
        assertThat(database.isHealthy()).isTrue();
        committed.removeAll(recorded());
        assertThat(committed).as("lost").isEmpty();
    }

    @Test
    void connectionsToAReadOnlyServerAreEvictedAndThePrimaryIsFound() {
        record();
        servers.makePrimaryReadOnly();
        await().atMost(PATIENCE).until(() -> !database.isHealthy());
        assertThatThrownBy(this::record).isInstanceOf(TemporaryFailure.class);
        servers.promoteStandby();
        AtomicInteger failures = new AtomicInteger();
        await().atMost(PATIENCE).until(() -> {
            try {
                return record() != null;
            } catch (TemporaryFailure _) {
                failures.incrementAndGet();
                return false;
            }
        });
        assertThat(failures.get()).isLessThan(POOL_SIZE);
        assertThat(port()).isEqualTo(servers.portOfStandby());
    }

    @Test
    void noticesAreHeardFromTheNewPrimaryAlsoIfTheOldOneLives() throws InterruptedException {
        try (Notifications notifications = Notifications.listen(settings, database);
                PostgresDatabase other = PostgresDatabase.open(settings)) {
            await().atMost(PATIENCE).until(notifications::isListening);
            servers.makePrimaryReadOnly();
            servers.promoteStandby();
            PostgresTransactor<Sql> work = new PostgresTransactor<>(other, Function.identity());
            Semaphore heard = new Semaphore(0);
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(TemporaryFailure.class)
                    .until(() -> {
                        work.inTransaction(sql -> record(sql, UUID.randomUUID()));
                        return true;
                    });
            new OutboxSignal(notifications).onAppend(heard::release);
            // The loss of the old connection is one signal, which is for what may have been missed.
            heard.acquire();
            await().atMost(PATIENCE).until(notifications::isListening);
            await().atMost(PATIENCE).until(() -> {
                work.inTransaction(sql -> {
                    sql.announce(Topic.OUTBOX, "");
                    return record(sql, UUID.randomUUID());
                });
                return heard.tryAcquire();
            });
        }
    }

    private UUID record() {
        UUID id = UUID.randomUUID();
        return transactor.inTransaction(sql -> record(sql, id));
    }

    private static UUID record(Sql sql, UUID id) {
        sql.statement("INSERT INTO inbox (message_id) VALUES (:id)")
                .with("id", id)
                .update();
        return id;
    }

    private Set<UUID> recorded() {
        return transactor.inTransaction(sql ->
                new HashSet<>(sql.statement("SELECT message_id FROM inbox").list(row -> row.uuid("message_id"))));
    }

    private int port() {
        return transactor.inTransaction(
                sql -> sql.statement("SELECT inet_server_port() AS port").one(row -> row.integer("port")));
    }
}
