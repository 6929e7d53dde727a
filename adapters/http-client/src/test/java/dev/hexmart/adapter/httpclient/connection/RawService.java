package dev.hexmart.adapter.httpclient.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers each request with the bytes that it is told, whether or not they are HTTP. */
public final class RawService implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Behaviour behaviour;

    @FunctionalInterface
    public interface Behaviour {
        /** @param connection closed for good where this throws */
        void answer(String head, Socket connection) throws IOException;
    }

    public RawService(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    /** The same bytes to every request; the connection stays open. */
    public static RawService saying(String answer) {
        return new RawService((_, connection) -> send(connection, answer));
    }

    /** These bytes, then the end. */
    public static RawService breakingOffAfter(String answer) {
        return new RawService((_, connection) -> {
            send(connection, answer);
            connection.close();
        });
    }

    public static void send(Socket connection, String text) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** How many connections there have been. */
    public int connections() {
        return connections.size();
    }

    public List<Socket> open() {
        return connections.stream().filter(each -> !each.isClosed()).toList();
    }

    public int requests() {
        return requests.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                Thread.startVirtualThread(() -> serve(connection));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                requests.incrementAndGet();
                behaviour.answer(head, connection);
            }
        } catch (IOException e) {
            // The client has left, or the behaviour has closed the connection.
        }
    }

    /** Empty at the end of the connection. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
