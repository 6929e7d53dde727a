package dev.hexmart.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.adapter.postgres.messaging.OutboxSignal;
import dev.hexmart.adapter.postgres.ordering.PostgresOrderChanges;
import dev.hexmart.adapter.postgres.ordering.PostgresOrderingStore;
import dev.hexmart.application.ordering.OrderChanges;
import dev.hexmart.application.ordering.Orders;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.ordering.Order;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Word from other transactions, also where the connection that it comes over is cut. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NotificationsTest {

    private static final Duration TOO_LONG = Duration.ofMinutes(10);

    private final PostgresSettings settings = TestServer.settings("ordering");
    /** The process that listens; what {@link TestServer#database} commits comes from another one. */
    private final PostgresDatabase database = PostgresDatabase.open(settings);

    private final Notifications notifications = Notifications.listen(settings, database);
    private final Semaphore wakeUps = new Semaphore(0);

    @AfterEach
    void stopListening() {
        notifications.close();
        database.close();
        await().until(() -> listeners() == 0);
    }

    @Test
    void theRelayIsWokenByWhatIsAppended() throws InterruptedException {
        Semaphore appended = new Semaphore(0);
        new OutboxSignal(notifications).onAppend(wakeUps::release);
        notifications.add(Topic.OUTBOX, new Notifications.Listener() {
            @Override
            public void noticed(String payload) {
                appended.release();
            }

            /** So that none of the wake-ups that are left is one for what may have been missed. */
            @Override
            public void mayHaveMissed() {
                wakeUps.drainPermits();
            }
        });
        awaitListening();
        kill();
        awaitListening();
        append();
        assertThat(appended.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wakeUps.availablePermits()).isOne();
    }

    @Test
    void outageWakesTheRelayBecauseNotificationsMayBeLost() throws InterruptedException {
        awaitListening();
        new OutboxSignal(notifications).onAppend(wakeUps::release);
        kill();
        assertThat(wakeUps.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aChangeThatIsMadeDuringAnOutageIsNoticedAfterIt() {
        OrderChanges changes = new PostgresOrderChanges(notifications);
        Order order = saved(Orders.placed());
        awaitListening();
        try (OrderChanges.Watch watch = changes.watch(Set.of(order.id()))) {
            kill();
            saved(Orders.oneStepOn(order));
            watch.await(TOO_LONG);
        }
        assertThat(listeners()).isOne();
    }

    @Test
    void changesAreHeardAfterAnOutageAsBefore() {
        OrderChanges changes = new PostgresOrderChanges(notifications);
        awaitListening();
        kill();
        awaitListening();
        Order order = saved(Orders.placed());
        try (OrderChanges.Watch watch = changes.watch(Set.of(order.id()))) {
            saved(Orders.oneStepOn(order));
            watch.await(TOO_LONG);
        }
        assertThat(listeners()).isOne();
    }

    @Test
    void aListenerThatFailsDoesNotKeepTheOthersFromBeingTold() throws InterruptedException {
        new OutboxSignal(notifications).onAppend(() -> {
            throw new IllegalStateException("deliberate");
        });
        new OutboxSignal(notifications).onAppend(wakeUps::release);
        awaitListening();
        append();
        assertThat(wakeUps.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void ownCommitIsToldWithoutAListeningConnection() {
        notifications.close();
        OrderChanges changes = new PostgresOrderChanges(notifications);
        Order order = Orders.placed();
        try (OrderChanges.Watch watch = changes.watch(Set.of(order.id()))) {
            saved(database, order);
            watch.await(TOO_LONG);
        }
    }

    @Test
    void ownCommitIsToldOnce() throws InterruptedException {
        Semaphore told = new Semaphore(0);
        notifications.add(Topic.ORDERS, listener(told));
        awaitListening();
        told.drainPermits();
        saved(database, Orders.placed());
        // The second one comes by the same connection as the notice of the first would, and after it.
        saved(Orders.placed());
        assertThat(told.tryAcquire(2, 30, TimeUnit.SECONDS)).isTrue();
        assertThat(told.availablePermits()).isZero();
    }

    @Test
    void rolledBackTransactionAnnouncesNothing() throws InterruptedException {
        Semaphore told = new Semaphore(0);
        notifications.add(Topic.ORDERS, listener(told));
        awaitListening();
        told.drainPermits();
        assertThatThrownBy(() -> PostgresOrderingStore.transactor(database, TestServer.metadata())
                        .inTransaction(store -> {
                            store.orders().save(Orders.placed());
                            throw new IllegalStateException("deliberate");
                        }))
                .hasMessage("deliberate");
        saved(database, Orders.placed());
        assertThat(told.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        assertThat(told.availablePermits()).isZero();
    }

    /** A transaction that has notified makes every other one that does wait until its commit is on disk. */
    @Test
    void transactionThatAnnouncesExecutesNoNotify() {
        List<String> statements = new CopyOnWriteArrayList<>();
        StatementObserver observer = statement -> {
            statements.add(statement);
            return _ -> {};
        };
        try (PostgresDatabase observed = PostgresDatabase.open(settings, observer)) {
            PostgresOrderingStore.transactor(observed, TestServer.metadata()).inTransaction(store -> {
                Order order = Orders.placed();
                store.orders().save(order);
                store.outbox().append(new CommitStock(order.id()));
                return order;
            });
        }
        assertThat(statements).isNotEmpty().noneMatch(statement -> statement.contains("notify"));
    }

    private static Notifications.Listener listener(Semaphore told) {
        return new Notifications.Listener() {
            @Override
            public void noticed(String payload) {
                told.release();
            }

            @Override
            public void mayHaveMissed() {
                told.release();
            }
        };
    }

    /** Until the connection waits for notices: LISTEN is the last that it says before, and nothing what it probes with. */
    private void awaitListening() {
        String waiting = " AND state = 'idle' AND (query LIKE 'LISTEN %orders' OR query = '')";
        await().until(() -> TestServer.ask("SELECT count(*) " + connections() + waiting, Long.class) == 1);
    }

    private long listeners() {
        return TestServer.ask("SELECT count(*) " + connections(), Long.class);
    }

    private void kill() {
        TestServer.ask("SELECT count(pg_terminate_backend(pid, 10000)) " + connections(), Long.class);
    }

    private String connections() {
        return "FROM pg_stat_activity WHERE application_name = 'hexmart-ordering-listen' AND usename = '"
                + settings.user() + "'";
    }

    private static void append() {
        PostgresOrderingStore.transactor(TestServer.database("ordering"), TestServer.metadata())
                .inTransaction(store -> {
                    Order order = Orders.placed();
                    store.outbox().append(new CommitStock(order.id()));
                    return order;
                });
    }

    private static Order saved(Order order) {
        return saved(TestServer.database("ordering"), order);
    }

    private static Order saved(PostgresDatabase database, Order order) {
        return PostgresOrderingStore.transactor(database, TestServer.metadata()).inTransaction(store -> {
            store.orders().save(order);
            return order;
        });
    }
}
