package dev.hexmart.adapter.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens for what committed transactions announce ({@link Sql#announce}), in this process and in others.
 *
 * <p>One connection of its own, outside the pool and outside DbClient: a connection that listens is never given back, and
 * DbClient knows no notifications. A lost connection is opened again, and since it is unknown what was missed
 * meanwhile, every listener is told that something may have been.
 */
public final class Notifications implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Notifications.class.getName());

    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(5);
    private static final int PROBE_SECONDS = 2;
    private static final Duration BEFORE_RECONNECTING = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);

    private final PostgresSettings settings;
    private final Announcements own;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<Connection> current = Optional.empty();
    private volatile boolean listening;
    private final Thread thread;

    private Notifications(PostgresSettings settings, Announcements own) {
        this.settings = settings;
        this.own = own;
        this.thread = Thread.ofPlatform()
                .name("postgres-notifications-" + settings.schema())
                .daemon()
                .unstarted(this::run);
    }

    /**
     * Begins to listen for all topics of the schema; where the database is not there it keeps trying, and does not fail.
     *
     * @param database whose own announcements are told at once, without a way over the server
     */
    public static Notifications listen(PostgresSettings settings, PostgresDatabase database) {
        Notifications notifications = new Notifications(settings, database.announcements());
        database.announcements()
                .add(announcement -> notifications.tell(
                        announcement.topic()::equals, listener -> listener.noticed(announcement.payload())));
        notifications.thread.start();
        return notifications;
    }

    /** Registers the listener; it must return at once on any thread. */
    public void add(Topic topic, Listener listener) {
        subscriptions.add(new Subscription(topic, listener));
    }

    /** Whether notices of other processes are heard, as far as is known: a connection dies in silence for a few seconds. */
    public boolean isListening() {
        return listening;
    }

    private record Subscription(Topic topic, Listener listener) {}

    /** A subscriber of a topic. */
    public interface Listener {

        /** A transaction that gave this notice has committed. */
        void noticed(String payload);

        /** Any number of notices may have been missed. */
        void mayHaveMissed();
    }

    @Override
    public void close() {
        closed.countDown();
        current.ifPresent(Notifications::abort);
        try {
            thread.join(PATIENCE_AT_END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean heard = true;
        while (!closedWithin(heard ? Duration.ZERO : BEFORE_RECONNECTING)) {
            try (Connection connection = settings.listening().getConnection()) {
                current = Optional.of(connection);
                listen(connection);
                heard = true;
                tell(_ -> true, Listener::mayHaveMissed);
                listening = true;
                receive(connection);
            } catch (SQLException | RuntimeException e) {
                logOnce(heard, e);
                heard = false;
            }
            listening = false;
            current = Optional.empty();
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Topic topic : Topic.values()) {
                // The settings have seen to it that the name of the schema is a plain identifier.
                statement.execute("LISTEN " + topic.channel(settings.schema()));
            }
        }
    }

    private void receive(Connection connection) throws SQLException {
        PGConnection server = connection.unwrap(PGConnection.class);
        while (!closedWithin(Duration.ZERO)) {
            PGNotification[] notices = server.getNotifications((int) BETWEEN_PROBES.toMillis());
            if (notices.length == 0 && !(connection.isValid(PROBE_SECONDS) && isToPrimary(connection))) {
                throw new SQLException("The connection has died in silence, or its server is no longer the primary");
            }
            for (PGNotification notice : notices) {
                if (!own.isOwn(notice.getPID())) {
                    tell(
                            topic -> topic.channel(settings.schema()).equals(notice.getName()),
                            listener -> listener.noticed(notice.getParameter()));
                }
            }
        }
    }

    private static boolean isToPrimary(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(PostgresDatabase.IS_PRIMARY)) {
            return answer.next();
        }
    }

    private void tell(Predicate<Topic> topic, Consumer<Listener> what) {
        for (Subscription subscription : subscriptions) {
            if (topic.test(subscription.topic())) {
                try {
                    what.accept(subscription.listener());
                } catch (RuntimeException e) {
                    LOGGER.log(System.Logger.Level.ERROR, "A listener failed; the others are still notified", e);
                }
            }
        }
    }

    private void logOnce(boolean first, Exception failure) {
        if (first && !closedWithin(Duration.ZERO)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "No notifications of schema {0} during the database outage: {1}",
                    settings.schema(),
                    failure.getMessage());
        }
    }

    private boolean closedWithin(Duration time) {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            // An interrupt ends this thread.
            return true;
        }
    }

    /** Ends a read that waits for notices; a regular close would wait for that read. */
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "The connection was closed already", e);
        }
    }
}
