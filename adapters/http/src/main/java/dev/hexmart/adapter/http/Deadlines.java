package dev.hexmart.adapter.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts off clients that keep a connection busy without getting anywhere: slow with the headers, with the body, or in taking
 * the answer.
 *
 * <p>The server by itself ends only connections that wait for a request's first line. A deadline is for the whole of a
 * phase, so sending a byte now and then does not help. A connection is served by one thread, which its deadline is kept with.
 */
final class Deadlines implements Http1ConnectionListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Deadlines.class.getName());

    private final ServerSettings.Limits limits;
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadLocal<Deadline> current = new ThreadLocal<>();

    private record Deadline(ConnectionContext connection, Future<?> cut) {}

    Deadlines(ServerSettings.Limits limits) {
        this.limits = limits;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("http-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        start(connection, limits.headerTime());
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        done();
        if (headers.contains(HeaderNames.CONTENT_LENGTH) || headers.contains(HeaderNames.TRANSFER_ENCODING)) {
            start(connection, limits.bodyTime());
        }
    }

    /** The rest of the body is going to be read. */
    void reading() {
        done();
        start(current.get().connection(), limits.bodyTime());
    }

    /** Some of the answer is going to be written. */
    void writing() {
        done();
        start(current.get().connection(), limits.writeTime());
    }

    /** What was going to be read or written is. */
    void done() {
        current.get().cut().cancel(false);
    }

    @Override
    public void close() {
        timer.shutdown();
    }

    private void start(ConnectionContext connection, Duration time) {
        Future<?> cut = timer.schedule(() -> cut(connection), time.toMillis(), TimeUnit.MILLISECONDS);
        current.set(new Deadline(connection, cut));
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
