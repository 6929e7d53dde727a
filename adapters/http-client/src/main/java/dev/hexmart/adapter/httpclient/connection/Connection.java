package dev.hexmart.adapter.httpclient.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hexmart.domain.shared.Letters;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/1.1 connection (RFC 9112), for one request after the other, each on the thread that waits for its answer.
 *
 * <p>An answer whose end is not certain is refused: what follows would be taken for the answer to the next request.
 */
public final class Connection implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final int BUFFER = 8 * 1024;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_INTERIM = 8;
    private static final int MAX_BODY = 32 * 1024 * 1024;
    private static final int LENGTH_DIGITS = 18;
    private static final int CHUNK_DIGITS = 8;

    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private Optional<Deadline> deadline = Optional.empty();
    private boolean reusable = true;
    private long idleSince;

    private Connection(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** @param tls where the connection is to be one */
    public static Connection open(URI base, Optional<SSLContext> tls, Deadline deadline) throws IOException {
        int port = base.getPort() >= 0 ? base.getPort() : tls.isPresent() ? 443 : 80;
        InetSocketAddress address = new InetSocketAddress(base.getHost(), port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(base.getHost());
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Socket plain = channel.socket();
            plain.connect(address, Math.min((int) CONNECT.toMillis(), deadline.millisLeft()));
            return new Connection(
                    channel, tls.isPresent() ? secured(plain, base.getHost(), port, tls.get(), deadline) : plain);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, String host, int port, SSLContext tls, Deadline deadline)
            throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        // Without this a certificate for any other host would do.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(deadline.millisLeft());
        socket.startHandshake();
        return socket;
    }

    /** Whether nothing has come since the last answer, its end included: a request must not be lost on a dead connection. */
    public boolean isQuiet() {
        try {
            channel.configureBlocking(false);
            boolean quiet = channel.read(ByteBuffer.allocate(1)) == 0;
            channel.configureBlocking(true);
            return quiet;
        } catch (IOException _) {
            return false;
        }
    }

    /** Whether another request may follow. */
    public boolean isReusable() {
        return reusable;
    }

    public void idle() {
        idleSince = System.nanoTime();
    }

    public long idleSince() {
        return idleSince;
    }

    public void send(Request request) throws IOException {
        out.write(request.bytes());
        out.flush();
    }

    /**
     * Reads the answer.
     *
     * @param events whether a stream of events is read as it comes: then the deadline is for its head alone, and the stream
     *     closes the connection
     */
    public Response receive(Request request, boolean events, Deadline until) throws IOException {
        deadline = Optional.of(until);
        Head head = head();
        for (int interim = 0; head.status() < 200; interim++) {
            if (head.status() == 101 || interim == MAX_INTERIM) {
                throw new ProtocolException("Unexpected interim response");
            }
            head = head();
        }
        reusable = head.lasting() && !head.fields().asksToClose();
        Body body = body(request.method(), head);
        if (events
                && !body.ended
                && head.fields().first("Content-Type").orElse("").startsWith("text/event-stream")) {
            reusable = false;
            deadline = Optional.empty();
            return new Response(head.status(), head.fields(), new Content.Events(body));
        }
        byte[] whole = body.whole();
        if (position < limit) {
            throw new ProtocolException("There is data after the end of the response");
        }
        return new Response(head.status(), head.fields(), new Content.Whole(whole));
    }

    @Override
    public void close() {
        try {
            // Of the channel and not of the socket, whose TLS would have something to say to a service that does not
            // listen.
            channel.close();
        } catch (IOException _) {
            // It is of no use any more, however it was closed.
        }
    }

    /** @param lasting whether connections of this version stay open unless something else is said */
    private record Head(int status, boolean lasting, Fields fields) {}

    private Head head() throws IOException {
        String line = line();
        boolean valid = line.length() >= 12
                && line.startsWith("HTTP/1.")
                && (line.charAt(7) == '0' || line.charAt(7) == '1')
                && line.charAt(8) == ' '
                && Letters.areAll(line.substring(9, 12), Letters::isDigit, 3, 3)
                && line.charAt(9) > '0'
                && (line.length() == 12 || line.charAt(12) == ' ');
        if (!valid) {
            throw new ProtocolException("The response is not HTTP/1.1");
        }
        return new Head(Integer.parseInt(line, 9, 12, 10), line.charAt(7) == '1', fields());
    }

    private Fields fields() throws IOException {
        Fields fields = new Fields();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || !Request.isToken(line.substring(0, colon)) || fields.size() == MAX_FIELDS) {
                throw new ProtocolException("The response has invalid header fields, or too many");
            }
            fields.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return fields;
    }

    private enum Framing {
        LENGTH,
        CHUNKS,
        CLOSE
    }

    /** RFC 9112, 6.3. */
    private Body body(String method, Head head) throws ProtocolException {
        List<String> codings = head.fields().listed("Transfer-Encoding");
        List<String> lengths = head.fields().listed("Content-Length");
        if (lengths.size() + codings.size() > 1) {
            throw new ProtocolException("The length of the response is ambiguous");
        }
        if (!codings.isEmpty() && !codings.getFirst().equalsIgnoreCase("chunked")) {
            throw new ProtocolException("The response has an unknown encoding");
        }
        if (!lengths.isEmpty() && !Letters.areAll(lengths.getFirst(), Letters::isDigit, 1, LENGTH_DIGITS)) {
            throw new ProtocolException("The length of the response is not a number");
        }
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new Body(Framing.LENGTH, 0);
        }
        if (!codings.isEmpty()) {
            return new Body(Framing.CHUNKS, 0);
        }
        if (!lengths.isEmpty()) {
            return new Body(Framing.LENGTH, Long.parseLong(lengths.getFirst()));
        }
        reusable = false;
        return new Body(Framing.CLOSE, Long.MAX_VALUE);
    }

    private final class Body extends InputStream {

        private final Framing framing;
        /** Of the body, or of the chunk. */
        private long left;

        private boolean begun;
        private boolean ended;

        Body(Framing framing, long length) {
            this.framing = framing;
            this.left = length;
            this.ended = framing == Framing.LENGTH && length == 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!ended && framing == Framing.CHUNKS && left == 0) {
                nextChunk();
            }
            if (ended) {
                return -1;
            }
            int read = readSome(bytes, offset, (int) Math.min(length, left));
            if (read < 0 && framing != Framing.CLOSE) {
                throw new EOFException("The response ended early");
            }
            if (read > 0) {
                left -= read;
            }
            ended = read < 0 || (framing == Framing.LENGTH && left == 0);
            return read;
        }

        private void nextChunk() throws IOException {
            if (begun && !line().isEmpty()) {
                throw new ProtocolException("A chunk is longer than its size");
            }
            begun = true;
            String size = line().split(";", 2)[0].strip();
            try {
                left = Long.parseUnsignedLong(size, 16);
            } catch (NumberFormatException _) {
                throw new ProtocolException("The size of a chunk is not a number");
            }
            if (size.length() > CHUNK_DIGITS || size.startsWith("+")) {
                throw new ProtocolException("The size of a chunk is not a number");
            }
            if (left == 0) {
                fields(); // trailers, in which nothing of ours is sent
                ended = true;
            }
        }

        byte[] whole() throws IOException {
            if (framing == Framing.LENGTH && left > MAX_BODY) {
                throw new ProtocolException("The response is too long");
            }
            byte[] bytes = framing == Framing.LENGTH ? readNBytes((int) left) : readNBytes(MAX_BODY);
            if (read() >= 0) {
                throw new ProtocolException("The response is too long");
            }
            return bytes;
        }

        @Override
        public void close() {
            Connection.this.close();
        }
    }

    /** Text up to the next line feed, which a carriage return comes before. */
    private String line() throws IOException {
        for (int at = position; ; at++) {
            if (at == limit) {
                at -= position;
                more();
                at += position;
            }
            byte b = buffer[at];
            if (b == '\n') {
                if (at == position || buffer[at - 1] != '\r') {
                    throw new ProtocolException("A line of the response does not end with CRLF");
                }
                String line = new String(buffer, position, at - 1 - position, ISO_8859_1);
                position = at + 1;
                return line;
            }
            boolean control = b >= 0 && b < ' ' && b != '\r' && b != '\t';
            if (control || (at > position && buffer[at - 1] == '\r')) {
                throw new ProtocolException("The response has control characters in its headers");
            }
        }
    }

    /** Reads on behind what is in the buffer, from its beginning. */
    private void more() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        if (limit == buffer.length) {
            throw new ProtocolException("A line of the response is too long");
        }
        int read = fill(buffer, limit, buffer.length - limit);
        if (read < 0) {
            throw new EOFException("The response ended early");
        }
        limit += read;
    }

    private int readSome(byte[] bytes, int offset, int length) throws IOException {
        if (position == limit) {
            return fill(bytes, offset, length);
        }
        int read = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, offset, read);
        position += read;
        return read;
    }

    private int fill(byte[] bytes, int offset, int length) throws IOException {
        socket.setSoTimeout(deadline.isPresent() ? deadline.get().millisLeft() : 0);
        return in.read(bytes, offset, length);
    }
}
