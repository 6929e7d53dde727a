package dev.hexmart.adapter.httpclient.connection;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;

/**
 * The connections to a service, kept open between requests for a while.
 *
 * <p>How many there are at once is limited by how many requests are handled at once; how many are kept is limited here.
 */
public final class Connections implements AutoCloseable {

    private static final int KEPT = 64;

    /** Less than any service waits for the next request, so that it is ours end that closes. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

    private final URI base;
    private final Duration patience;
    private final CallObserver observer;
    private final Optional<SSLContext> tls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    /** @param patience how long an answer is waited for, to its last byte; of a stream of events, its head */
    public Connections(URI base, Duration patience, CallObserver observer) {
        this(base, patience, observer, base.getScheme().equals("https") ? Optional.of(trusted()) : Optional.empty());
    }

    /** @param tls what makes connections to a base that is {@code https} */
    public Connections(URI base, Duration patience, CallObserver observer, Optional<SSLContext> tls) {
        this.base = base;
        this.patience = patience;
        this.observer = observer;
        this.tls = tls;
    }

    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has TLS", e);
        }
    }

    /** @throws IllegalArgumentException where that cannot be sent */
    public Request request(String method, String pathAndQuery, byte[] body) {
        return new Request(method, base, pathAndQuery, body);
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param repeatable whether it may be made twice; then it is, once, when the connection turns out to be dead
     * @param events whether a stream of events is read as it comes
     */
    public Response send(Request request, boolean repeatable, boolean events) throws IOException {
        CallObserver.Call call = observer.begin(request.method(), request.address(), request::header);
        OptionalInt status = OptionalInt.empty();
        Optional<Throwable> failure = Optional.empty();
        try {
            Response response = answer(request, repeatable, events);
            status = OptionalInt.of(response.status());
            return response;
        } catch (IOException | RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        } finally {
            call.end(status, failure);
        }
    }

    private Response answer(Request request, boolean repeatable, boolean events) throws IOException {
        Deadline deadline = Deadline.in(patience);
        Optional<Connection> kept = kept();
        try {
            return exchange(kept.isPresent() ? kept.get() : open(deadline), request, events, deadline);
        } catch (SocketTimeoutException | ConnectException | ProtocolException e) {
            throw e;
        } catch (IOException e) {
            if (!repeatable) {
                throw e;
            }
            return exchange(open(deadline), request, events, deadline);
        }
    }

    private Response exchange(Connection connection, Request request, boolean events, Deadline deadline)
            throws IOException {
        boolean answered = false;
        try {
            connection.send(request);
            Response response = connection.receive(request, events, deadline);
            answered = true;
            if (!(response.content() instanceof Content.Events)) {
                keep(connection);
            }
            return response;
        } finally {
            if (!answered) {
                connection.close();
            }
        }
    }

    private Connection open(Deadline deadline) throws IOException {
        return Connection.open(base, tls, deadline);
    }

    private Optional<Connection> kept() {
        while (true) {
            Optional<Connection> last = last();
            if (last.isEmpty()) {
                return last;
            }
            if (!isOld(last.get()) && last.get().isQuiet()) {
                return last;
            }
            last.get().close();
        }
    }

    private Optional<Connection> last() {
        lock.lock();
        try {
            return Optional.ofNullable(idle.pollLast());
        } finally {
            lock.unlock();
        }
    }

    private void keep(Connection connection) {
        connection.idle();
        Optional<Connection> left = Optional.of(connection);
        lock.lock();
        try {
            if (connection.isReusable() && !closed) {
                idle.addLast(connection);
                // The last is taken first, so that what is not needed any more is at the other end.
                left = idle.size() > KEPT || isOld(idle.getFirst())
                        ? Optional.of(idle.removeFirst())
                        : Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        left.ifPresent(Connection::close);
    }

    private static boolean isOld(Connection connection) {
        return System.nanoTime() - connection.idleSince() > LONGEST_IDLE.toNanos();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            idle.forEach(Connection::close);
            idle.clear();
        } finally {
            lock.unlock();
        }
    }
}
