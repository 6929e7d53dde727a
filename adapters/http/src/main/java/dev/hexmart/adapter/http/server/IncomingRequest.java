package dev.hexmart.adapter.http.server;

import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.Problems;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one request from Helidon: its head at once, its body on demand with a timeout. */
final class IncomingRequest {

    private static final int SHORT_BODY = 8192;

    private final ServerRequest request;
    private final Deadlines deadlines;

    IncomingRequest(ServerRequest request, Deadlines deadlines) {
        this.request = request;
        this.deadlines = deadlines;
    }

    Request head() {
        return Request.head(
                request.prologue().method().text(),
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue(),
                fields(request.headers()));
    }

    static Request.Headers fields(Headers headers) {
        return new Fields(headers);
    }

    InetAddress peer() {
        return ((InetSocketAddress) request.remotePeer().address()).getAddress();
    }

    Map<String, String> pathParameters(Route route) {
        if (route.template().indexOf('{') < 0) {
            return Map.of();
        }
        var parameters = request.path().pathParameters();
        Map<String, String> values = new HashMap<>();
        parameters.names().forEach(name -> values.put(name, parameters.get(name)));
        return values;
    }

    /** @throws ProblemException where it is not as it should be, and the connection has to be closed */
    byte[] body() {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try {
            // Not closed: closing a body that turned out to be broken would read on in it.
            byte[] bytes = read(request.content().inputStream());
            deadlines.done();
            return bytes;
        } catch (CloseConnectionException e) {
            throw e;
        } catch (IOException | UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
            throw stopped(e);
        } catch (RuntimeException e) {
            // The server would go on and take the rest of this body for the next request.
            int status =
                    e instanceof RequestException refused ? refused.status().code() : 400;
            throw new ProblemException(Problems.ofStatus(status).withHeader("Connection", "close"));
        }
    }

    /** Most bodies are far shorter than the buffers of the general way. */
    private byte[] read(InputStream in) throws IOException {
        long length = request.headers().contentLength().orElse(Long.MAX_VALUE);
        if (length > SHORT_BODY) {
            return in.readAllBytes();
        }
        // One more, so that the end is met and the server knows the body as read.
        byte[] bytes = new byte[(int) length + 1];
        return Arrays.copyOf(bytes, in.readNBytes(bytes, 0, bytes.length));
    }

    /** A client that was refused before its body was read may still be sending it, within the deadline of any body. */
    void discardRest() {
        if (!request.content().consumed()) {
            deadlines.reading();
            try {
                request.content().consume();
            } catch (RuntimeException e) {
                throw stopped(e);
            }
            deadlines.done();
        }
    }

    /**
     * Whether the body of this request may come or not: the client waits for a word before it sends it, and has got the answer
     * in its place. What comes next may be that body or another request, so nothing more is read.
     */
    boolean mayHoldItsBodyBack() {
        return request.headers().contains(HeaderNames.EXPECT)
                && request.content().hasEntity()
                && !request.content().consumed();
    }

    private static CloseConnectionException stopped(Exception cause) {
        return new CloseConnectionException("The client stopped in the middle of a body", cause);
    }

    /** Parsed on demand, since most are never read. */
    private record Fields(Headers headers) implements Request.Headers {

        @Override
        public List<String> values(String name) {
            HeaderName wanted = HeaderNames.create(name);
            return headers.contains(wanted) ? headers.get(wanted).allValues() : List.of();
        }

        @Override
        public Map<String, List<String>> all() {
            Map<String, List<String>> all = new HashMap<>();
            headers.forEach(header -> all.put(header.headerName().lowerCase(), header.allValues()));
            return all;
        }
    }
}
