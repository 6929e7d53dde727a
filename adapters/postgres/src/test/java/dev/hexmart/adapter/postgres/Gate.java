package dev.hexmart.adapter.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Relays connections to the test server; refuses the first few, and once it is closed cuts and refuses all of them. */
public final class Gate implements AutoCloseable {

    private static final URI SERVER =
            URI.create(TestServer.settings("catalog").url().substring("jdbc:".length()));

    private final ServerSocket front = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Queue<Socket> relayed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final int toRefuse;

    public Gate(int toRefuse) throws IOException {
        this.toRefuse = toRefuse;
        Thread.ofVirtual().start(this::open);
    }

    /** The settings of a context with two connections, which go through this gate. */
    public PostgresSettings settings(String schema) {
        PostgresSettings direct = TestServer.settings(schema);
        String url = "jdbc:postgresql://127.0.0.1:" + front.getLocalPort() + SERVER.getPath();
        return new PostgresSettings(url, direct.user(), direct.password(), schema, 2);
    }

    int refused() {
        return refused.get();
    }

    @Override
    public void close() throws IOException {
        front.close();
        for (Socket socket : relayed) {
            socket.close();
        }
    }

    private void open() {
        try {
            while (true) {
                Socket client = front.accept();
                if (refused.get() < toRefuse) {
                    refused.incrementAndGet();
                    client.close();
                } else {
                    Socket server = new Socket(SERVER.getHost(), SERVER.getPort());
                    relayed.add(client);
                    Thread.ofVirtual().start(() -> carry(client, server));
                    Thread.ofVirtual().start(() -> carry(server, client));
                }
            }
        } catch (IOException _) {
            // closed
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // either has gone
        }
    }
}
