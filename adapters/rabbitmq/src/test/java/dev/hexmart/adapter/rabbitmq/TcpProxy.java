package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a server and breaks what is between them, as a test wants it. */
final class TcpProxy implements AutoCloseable {

    private final String host;
    private final int targetPort;
    private final ServerSocket server;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;
    private volatile boolean answersDropped;

    TcpProxy(Address target) {
        this.host = target.getHost();
        this.targetPort = target.getPort();
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Where clients find it. */
    Address address() {
        return new Address("127.0.0.1", server.getLocalPort());
    }

    /** Cuts all connections; new ones may be made. */
    void cut() {
        links.forEach(Link::close);
    }

    /** Cuts all connections, and new ones at once, until {@link #accept}. */
    void refuseConnections() {
        refusing = true;
        cut();
    }

    void acceptConnections() {
        refusing = false;
    }

    /** From now on nothing that the server says arrives, for connections that exist now. */
    void dropAnswers() {
        answersDropped = true;
    }

    /** Says this to the clients, in the server's name. */
    void tellClients(byte[] bytes) {
        links.forEach(link -> link.tellClient(bytes));
    }

    @Override
    public void close() {
        refuseConnections();
        closeQuietly(server);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                answersDropped = false;
                Link link = new Link(client, new Socket(host, targetPort));
                links.add(link);
                if (refusing) {
                    link.close();
                }
                link.start();
            }
        } catch (SocketException e) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // both ends are closed
        }
    }

    private final class Link {

        private final Socket client;
        private final Socket target;
        private final Object toClient = new Object();

        Link(Socket client, Socket target) {
            this.client = client;
            this.target = target;
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(client, target, false));
            Thread.ofVirtual().start(() -> pump(target, client, true));
        }

        void tellClient(byte[] bytes) {
            synchronized (toClient) {
                try {
                    client.getOutputStream().write(bytes);
                } catch (IOException e) {
                    close();
                }
            }
        }

        void close() {
            links.remove(this);
            closeQuietly(client);
            closeQuietly(target);
        }

        private void pump(Socket from, Socket to, boolean answers) {
            byte[] buffer = new byte[64 * 1024];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (answers) {
                        synchronized (toClient) {
                            if (!answersDropped) {
                                out.write(buffer, 0, read);
                            }
                        }
                    } else {
                        out.write(buffer, 0, read);
                    }
                }
            } catch (IOException e) {
                // the other side is told below
            } finally {
                close();
            }
        }
    }
}
