package dev.hexmart.tools.chaos;

import dev.hexmart.tools.bench.Shop;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on the loopback interface that breaks what it forwards. */
final class Proxy implements Closeable {

    private static final Duration LATE = Duration.ofMillis(200);
    private static final Duration CLOSED_AFTER = Duration.ofSeconds(2);
    private static final Duration PACE = Duration.ofMillis(20);

    private final int target;
    private final ServerSocket server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Optional<Fault> fault = Optional.empty();

    /** @param target the port on this machine that it forwards to */
    Proxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(Shop.freePort(), 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on; {@link #heal} ends it. */
    void breakBy(Fault by) {
        fault = Optional.of(by);
        switch (by) {
            case RESET -> links.forEach(Link::reset);
            case SLOW_CLOSE -> links.forEach(Link::closeLater);
            default -> {}
        }
    }

    void heal() {
        fault = Optional.empty();
    }

    private boolean is(Fault one) {
        return fault.filter(one::equals).isPresent();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Link link = new Link(server.accept());
                links.add(link);
                Thread.ofVirtual().start(link::open);
            } catch (IOException _) {
                // closed, or a client that has gone already
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        links.forEach(Link::close);
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private final class Link {

        private final Socket client;
        private final Socket upstream = new Socket();
        private volatile boolean mute;

        Link(Socket client) {
            this.client = client;
        }

        void open() {
            try {
                if (is(Fault.RESET)) {
                    reset();
                    return;
                }
                holdInBlackHole();
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
                if (is(Fault.SLOW_CLOSE)) {
                    closeLater();
                }
                Thread.ofVirtual().start(() -> pump(client, upstream, false));
                pump(upstream, client, true);
            } catch (IOException _) {
                reset();
            }
        }

        private void pump(Socket from, Socket to, boolean answers) {
            byte[] buffer = new byte[64 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    holdInBlackHole();
                    if (is(Fault.LATENCY)) {
                        pause(LATE);
                    }
                    if (!answers || !mute) {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException _) {
                // the other side is told below
            } finally {
                close();
            }
        }

        /** As a network that loses packets: they come when it is there again. */
        private void holdInBlackHole() {
            while (is(Fault.BLACK_HOLE)) {
                pause(PACE);
            }
        }

        void closeLater() {
            mute = true;
            Thread.ofVirtual().start(() -> {
                pause(CLOSED_AFTER);
                close();
            });
        }

        void reset() {
            try {
                client.setSoLinger(true, 0);
                upstream.setSoLinger(true, 0);
            } catch (SocketException _) {
                // closed already
            }
            close();
        }

        void close() {
            links.remove(this);
            for (Socket socket : new Socket[] {client, upstream}) {
                try {
                    socket.close();
                } catch (IOException _) {
                    // it is of no use any more
                }
            }
        }
    }
}
