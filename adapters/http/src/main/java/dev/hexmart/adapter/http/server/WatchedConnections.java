package dev.hexmart.adapter.http.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;

/** The server's own HTTP/1.1, with every byte that comes in told to the deadlines: its listeners hear of whole lines only. */
final class WatchedConnections implements ServerConnectionSelector {

    private final Http1ConnectionSelector http;
    private final Deadlines deadlines;
    private final OpenConnections open;
    private final LongAdder ofTooMany = new LongAdder();

    WatchedConnections(Http1ConnectionSelector http, Deadlines deadlines, OpenConnections open) {
        this.http = http;
        this.deadlines = deadlines;
        this.open = open;
    }

    @Override
    public ServerConnection connection(ConnectionContext connection) {
        OpenConnections.Place place =
                open.take(((InetSocketAddress) connection.remotePeer().address()).getAddress());
        boolean refuse = false;
        if (place.tooMany()) {
            ofTooMany.increment();
            refuse = !deadlines.makeRoomAt(place.address());
            if (refuse && open.nearlyFull()) {
                place.close();
                throw new CloseConnectionException("The time for an answer is over");
            }
        }
        deadlines.opened(connection, place.address(), refuse);
        return new Lingering(http.connection(new Watched(connection, deadlines)), connection, deadlines, place);
    }

    /** How many connections were refused, or took the place of one that waited, because their address had too many. */
    long ofTooMany() {
        return ofTooMany.sum();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    /**
     * A connection that is read from for a moment longer where its client is still sending what has been refused: closed at
     * once, it would be reset, and the client might never see our answer.
     */
    private record Lingering(
            ServerConnection served, ConnectionContext connection, Deadlines deadlines, OpenConnections.Place place)
            implements ServerConnection {

        @Override
        public void handle(Limit limit) throws InterruptedException {
            try (place) {
                serve(limit);
            } finally {
                deadlines.closed();
            }
        }

        private void serve(Limit limit) throws InterruptedException {
            try {
                served.handle(limit);
            } finally {
                if (!deadlines.idle()) {
                    readOn();
                }
            }
        }

        private void readOn() {
            deadlines.lingering();
            try {
                while (connection.dataReader().readBuffer().available() > 0) {
                    // thrown away
                }
            } catch (RuntimeException e) {
                // The client has read our answer and gone, or its time is up.
            } finally {
                deadlines.done();
            }
        }

        @Override
        public Duration idleTime() {
            return served.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            served.close(interrupt);
        }
    }

    /** A connection that is read through another reader. */
    private static final class Watched implements ConnectionContext {

        private final ConnectionContext connection;
        private final Deadlines deadlines;
        private final DataReader reader = DataReader.create(this::read);

        Watched(ConnectionContext connection, Deadlines deadlines) {
            this.connection = connection;
            this.deadlines = deadlines;
        }

        @Override
        public DataReader dataReader() {
            return reader;
        }

        private byte[] read() {
            deadlines.requireOpen();
            // The beginning of this request may have come together with the one before.
            if (deadlines.idle() && reader.available() > 0) {
                deadlines.received(0);
            }
            byte[] bytes = connection.dataReader().readBuffer().readBytes();
            deadlines.received(bytes.length);
            return bytes;
        }

        @Override
        public ListenerContext listenerContext() {
            return connection.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return connection.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return connection.dataWriter();
        }

        @Override
        public Router router() {
            return connection.router();
        }

        @Override
        public HelidonSocket serverSocket() {
            return connection.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return connection.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return connection.localPeer();
        }

        @Override
        public boolean isSecure() {
            return connection.isSecure();
        }

        @Override
        public String socketId() {
            return connection.socketId();
        }

        @Override
        public String childSocketId() {
            return connection.childSocketId();
        }
    }
}
