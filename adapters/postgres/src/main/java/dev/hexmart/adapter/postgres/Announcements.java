package dev.hexmart.adapter.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.postgresql.PGConnection;

/**
 * Tells listeners what committed transactions have announced: those of this process at once, those of other processes by
 * {@code NOTIFY}.
 *
 * <p>Never inside the transaction that announces: a transaction that has notified takes one lock for the whole server until
 * its commit is on disk, so that such commits queue up behind each other. Here one statement on a connection of its own
 * covers all commits of {@link #DEBOUNCE}; it writes nothing, so its own commit waits for no disk.
 *
 * <p>An announcement may be lost, when the process dies between the commit and the notice. Every listener polls as well.
 */
final class Announcements implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Announcements.class.getName());

    private static final Duration DEBOUNCE = Duration.ofMillis(20);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_PENDING = 10_000;

    private final PostgresSettings settings;
    private final List<Consumer<Announcement>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Announcement> pending = new LinkedHashSet<>();
    private final Thread thread;
    private boolean closed;

    /** Confined to the thread. */
    private Optional<Connection> connection = Optional.empty();

    /** Of the connection that notifies; 0 while there is none. */
    private volatile int backend;

    Announcements(PostgresSettings settings) {
        this.settings = settings;
        this.thread = Thread.ofVirtual()
                .name("postgres-announcements-" + settings.schema())
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** One topic and what is said about it, an order's id say. */
    record Announcement(Topic topic, String payload) {}

    /** From now on the listener gets each announcement of this process, on the committing thread; it returns at once. */
    void add(Consumer<Announcement> listener) {
        listeners.add(listener);
    }

    /** Whether the notice came from here, so that its listeners in this process have been told already. */
    boolean isOwn(int notifyingBackend) {
        return notifyingBackend == backend;
    }

    /** The transaction that announced them has committed, or may have: a false announcement costs a look. */
    void committed(Collection<Announcement> announced) {
        if (announced.isEmpty()) {
            return;
        }
        announced.forEach(this::tell);
        lock.lock();
        try {
            if (pending.size() < MAX_PENDING) {
                pending.addAll(announced);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Announcement announcement) {
        for (Consumer<Announcement> listener : listeners) {
            try {
                listener.accept(announcement);
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.ERROR, "A listener failed; the others are still notified", e);
            }
        }
    }

    private void run() {
        boolean reported = false;
        List<Announcement> batch = next(List.of());
        while (!batch.isEmpty()) {
            try {
                send(batch);
                reported = false;
                batch = next(List.of());
            } catch (SQLException e) {
                disconnect();
                if (!reported) {
                    LOGGER.log(
                            System.Logger.Level.WARNING,
                            "Other replicas get no notifications of schema {0} during the database outage: {1}",
                            settings.schema(),
                            e.getMessage());
                    reported = true;
                }
                batch = next(batch);
            }
        }
        disconnect();
    }

    /**
     * Waits for announcements and takes all; empty once closed with nothing left to send.
     *
     * @param unsent the batch that has just failed, to be sent again after a pause
     */
    private List<Announcement> next(List<Announcement> unsent) {
        lock.lock();
        try {
            if (!unsent.isEmpty()) {
                if (closed) {
                    return List.of();
                }
                sleep(RETRY_PAUSE);
                if (pending.size() < MAX_PENDING) {
                    pending.addAll(unsent);
                }
            }
            while (pending.isEmpty() && !closed) {
                changed.await();
            }
            if (!closed) {
                sleep(DEBOUNCE);
            }
            List<Announcement> batch = new ArrayList<>(pending);
            pending.clear();
            return batch;
        } catch (InterruptedException _) {
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up the lock meanwhile; ends early when closed. */
    private void sleep(Duration duration) throws InterruptedException {
        long left = duration.toNanos();
        while (left > 0 && !closed) {
            left = changed.awaitNanos(left);
        }
    }

    private void send(List<Announcement> batch) throws SQLException {
        try (PreparedStatement statement = connected()
                .prepareStatement(
                        "SELECT pg_notify(notice.channel, notice.payload) FROM unnest(?, ?) AS notice (channel, payload)")) {
            statement.setArray(
                    1, array(batch, announcement -> announcement.topic().channel(settings.schema())));
            statement.setArray(2, array(batch, Announcement::payload));
            statement.execute();
        }
    }

    private Array array(List<Announcement> batch, Function<Announcement, String> part) throws SQLException {
        return connected().createArrayOf("text", batch.stream().map(part).toArray(String[]::new));
    }

    private Connection connected() throws SQLException {
        if (connection.isEmpty()) {
            Connection opened = settings.announcing().getConnection();
            connection = Optional.of(opened);
            backend = opened.unwrap(PGConnection.class).getBackendPID();
        }
        return connection.get();
    }

    private void disconnect() {
        backend = 0;
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "The connection was closed already", e);
        }
        connection = Optional.empty();
    }
}
