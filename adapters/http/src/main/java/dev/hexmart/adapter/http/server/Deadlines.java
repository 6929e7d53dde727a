package dev.hexmart.adapter.http.server;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Cuts off clients that keep a connection busy without getting anywhere: slow with the head, with the body, or in taking
 * the answer; refuses those that send far more than any request has; and closes connections that wait for a request where
 * a server is nearly full.
 *
 * <p>The server by itself ends only connections that are idle. A deadline is for the whole of a phase, so sending a byte now
 * and then does not help. A connection is served by one thread, which what is known of it is kept with.
 */
final class Deadlines implements Http1ConnectionListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Deadlines.class.getName());

    private static final Duration LINGERING = Duration.ofSeconds(1);

    /** How long a connection beyond the limit may take with its request, which is then refused in words. */
    private static final Duration TOO_MANY = Duration.ofSeconds(1);

    /** How long a connection may wait with its first request when the server is nearly full. */
    private static final Duration FIRST_REQUEST = Duration.ofMillis(500);

    /** How long it may wait with any other request then. */
    private static final Duration NEXT_REQUEST = Duration.ofSeconds(5);

    /** How late a deadline may be noticed. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSettings.Limits limits;
    private final long requestBytes;
    private final long began = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadLocal<Client> current = new ThreadLocal<>();
    private final OpenConnections open;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final LongAdder closedForRoom = new LongAdder();

    /** Where a connection is between one request and the next. */
    private enum Phase {
        IDLE,
        HEAD,
        REQUEST
    }

    /** Whom this thread serves. */
    private static final class Client {

        private final ConnectionContext connection;
        private final String address;
        private final boolean tooMany;
        private volatile Phase phase = Phase.IDLE;
        private volatile long waitingSince = System.nanoTime();
        private volatile Duration patience = FIRST_REQUEST;
        private boolean ending;
        private long received;
        private volatile long deadline = NEVER;

        Client(ConnectionContext connection, String address, boolean tooMany) {
            this.connection = connection;
            this.address = address;
            this.tooMany = tooMany;
        }

        boolean waits() {
            return phase != Phase.REQUEST;
        }

        long waiting() {
            return System.nanoTime() - waitingSince;
        }
    }

    /** @param headBytes the most that the head of a request may have */
    Deadlines(ServerSettings.Limits limits, int headBytes, OpenConnections open) {
        this.limits = limits;
        this.open = open;
        // Besides the body there is what says how long its chunks are; the server reads any length of that.
        this.requestBytes = headBytes + 2L * limits.bodyBytes();
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("http-deadlines").factory());
        timer.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * This thread serves that connection from now on.
     *
     * @param address what counts as the address that it comes from
     * @param tooMany whether its address has more than it may have
     */
    void opened(ConnectionContext connection, String address, boolean tooMany) {
        Client client = new Client(connection, address, tooMany);
        current.set(client);
        clients.add(client);
        if (tooMany) {
            start(TOO_MANY);
        }
    }

    /** This thread is done with its connection. */
    void closed() {
        done();
        clients.remove(current.get());
        current.remove();
    }

    /** Whether this connection is one too many of its address. */
    boolean tooMany() {
        return current.get().tooMany;
    }

    /** How many connections were closed because they waited while the server was nearly full. */
    long closedForRoom() {
        return closedForRoom.sum();
    }

    /**
     * Closes that connection from there which has waited longest for a request, so that who shares an address with idle
     * connections, their own or a neighbour's, can still connect.
     *
     * @return whether there was one
     */
    boolean makeRoomAt(String address) {
        Optional<Client> longest = clients.stream()
                .filter(client -> client.address.equals(address) && client.waits())
                .max(Comparator.comparingLong(Client::waiting));
        longest.filter(clients::remove).ifPresent(client -> cut(client.connection));
        return longest.isPresent();
    }

    /** Closes connections after their timeout, and idle ones early while the server is nearly full. */
    private void look() {
        long now = now();
        boolean nearlyFull = open.nearlyFull();
        for (Client client : clients) {
            if (client.deadline <= now) {
                client.deadline = NEVER;
                cut(client.connection);
            } else if (nearlyFull
                    && client.waits()
                    && client.waiting() > client.patience.toNanos()
                    && clients.remove(client)) {
                closedForRoom.increment();
                cut(client.connection);
            }
        }
    }

    /** The request under way is the connection's last. */
    void endConnection() {
        current.get().ending = true;
    }

    /** @throws CloseConnectionException where the connection has had its last request */
    void requireOpen() {
        if (current.get().ending) {
            throw new CloseConnectionException("The connection has had its last request");
        }
    }

    /** The connection that this thread serves. */
    ConnectionContext connection() {
        return current.get().connection;
    }

    /** More of a request has come. */
    void received(int bytes) {
        Client client = current.get();
        if (client.phase == Phase.IDLE) {
            beginHead();
        }
        client.received += bytes;
        if (client.received > requestBytes) {
            throw RequestException.builder()
                    .type(EventType.BAD_REQUEST)
                    .status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    .setKeepAlive(false)
                    .build();
        }
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        requireOpen();
        // All of the first line may have come together with the request before.
        if (current.get().phase != Phase.HEAD) {
            beginHead();
        }
        OriginForm.require(prologue);
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        done();
        current.get().phase = Phase.REQUEST;
        if (headers.contains(HeaderNames.CONTENT_LENGTH) || headers.contains(HeaderNames.TRANSFER_ENCODING)) {
            start(limits.bodyTime());
        }
    }

    /** Whether no request is under way. */
    boolean idle() {
        return current.get().phase == Phase.IDLE;
    }

    /** Whether there is all of a request's head: what fails before is not ours. */
    boolean inRequest() {
        return current.get().phase == Phase.REQUEST;
    }

    /** The rest of the body is going to be read. */
    void reading() {
        done();
        start(limits.bodyTime());
    }

    /** Some of the answer is going to be written. */
    void writing() {
        done();
        start(limits.writeTime());
    }

    /** Further data of the client is discarded. */
    void lingering() {
        done();
        start(LINGERING);
    }

    /** What was going to be read or written is. */
    void done() {
        current.get().deadline = NEVER;
    }

    /** The request is dealt with; there may be another. */
    void finished() {
        Client client = current.get();
        client.patience = NEXT_REQUEST;
        client.waitingSince = System.nanoTime();
        client.phase = Phase.IDLE;
    }

    @Override
    public void close() {
        timer.shutdown();
    }

    private void beginHead() {
        Client client = current.get();
        client.phase = Phase.HEAD;
        client.received = 0;
        if (!client.tooMany) {
            start(limits.headerTime());
        }
    }

    /** Setting a time is all that a phase of each request may cost: a task of the timer would cost a lock and wake its thread. */
    private void start(Duration time) {
        current.get().deadline = now() + time.toNanos();
    }

    private long now() {
        return System.nanoTime() - began;
    }

    private static void cut(ConnectionContext connection) {
        LOG.log(Level.DEBUG, "Timeout: closing the connection of a slow client");
        try {
            connection.serverSocket().close();
        } catch (UncheckedIOException e) {
            LOG.log(Level.DEBUG, "The client was gone already", e);
        }
    }
}
