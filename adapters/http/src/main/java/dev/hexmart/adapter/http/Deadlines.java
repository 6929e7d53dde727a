package dev.hexmart.adapter.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts off clients that keep a connection busy without getting anywhere: slow with the head, with the body, or in taking
 * the answer; and refuses those that send far more than any request has.
 *
 * <p>The server by itself ends only connections that are idle. A deadline is for the whole of a phase, so sending a byte now
 * and then does not help. A connection is served by one thread, which what is known of it is kept with.
 */
final class Deadlines implements Http1ConnectionListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Deadlines.class.getName());

    private static final Duration LINGERING = Duration.ofSeconds(1);

    private final ServerSettings.Limits limits;
    private final long requestBytes;
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadLocal<Client> current = new ThreadLocal<>();

    /** Where a connection is between one request and the next. */
    private enum Phase {
        IDLE,
        HEAD,
        REQUEST
    }

    /** Whom this thread serves. */
    private static final class Client {

        private final ConnectionContext connection;
        private Phase phase = Phase.IDLE;
        private long received;
        private Future<?> cut = CompletableFuture.completedFuture(null);

        Client(ConnectionContext connection) {
            this.connection = connection;
        }
    }

    /** @param headBytes the most that the head of a request may have */
    Deadlines(ServerSettings.Limits limits, int headBytes) {
        this.limits = limits;
        // Besides the body there is what says how long its chunks are; the server reads any length of that.
        this.requestBytes = headBytes + 2L * limits.bodyBytes();
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("http-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** This thread serves that connection from now on. */
    void opened(ConnectionContext connection) {
        current.set(new Client(connection));
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

    /** What the client still sends is going to be thrown away. */
    void lingering() {
        done();
        start(LINGERING);
    }

    /** What was going to be read or written is. */
    void done() {
        current.get().cut.cancel(false);
    }

    /** The request is dealt with; there may be another. */
    void finished() {
        current.get().phase = Phase.IDLE;
    }

    @Override
    public void close() {
        timer.shutdown();
    }

    private void beginHead() {
        current.get().phase = Phase.HEAD;
        current.get().received = 0;
        start(limits.headerTime());
    }

    private void start(Duration time) {
        Client client = current.get();
        client.cut = timer.schedule(() -> cut(client.connection), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void cut(ConnectionContext connection) {
        LOG.log(Level.DEBUG, "Cutting off a client that is too slow");
        try {
            connection.serverSocket().close();
        } catch (UncheckedIOException e) {
            LOG.log(Level.DEBUG, "The client was gone already", e);
        }
    }
}
