package dev.hexmart.adapter.web;

import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.exchange.Handler;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.exchange.ResponseStream;
import dev.hexmart.adapter.http.exchange.Streaming;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.http.server.Endpoints;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.httpclient.Forwarder;
import dev.hexmart.adapter.httpclient.Forwarder.Incoming;
import dev.hexmart.adapter.httpclient.Forwarder.Outgoing;
import dev.hexmart.adapter.httpclient.connection.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Passes requests on to a service, and its answers back.
 *
 * <p>Every signed-in caller is let through; what they may do there, the service decides on the same token.
 */
public final class Forwarding implements Endpoints, Handler {

    private static final String CONTENT_TYPE = "Content-Type";

    private final Forwarder forwarder;
    private final List<String> paths;

    /** @param paths that are passed on, and all below them */
    public Forwarding(Forwarder forwarder, String... paths) {
        this.forwarder = forwarder;
        this.paths = List.of(paths);
    }

    @Override
    public List<Route> routes() {
        return paths.stream()
                .flatMap(path -> Stream.of(path, path + "/{+rest}"))
                .map(template -> Route.any(template, Access.SIGNED_IN, this))
                .toList();
    }

    @Override
    public Response handle(Request request) {
        Outgoing answer = forward(request);
        boolean head = request.method().equals("HEAD");
        List<Header> headers = new ArrayList<>();
        String mediaType = "";
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            if (header.getKey().equals(CONTENT_TYPE) && !head) {
                mediaType = header.getValue();
            } else {
                headers.add(new Header(header.getKey(), header.getValue()));
            }
        }
        return new Response(answer.status(), headers, body(mediaType, answer.content()));
    }

    private Outgoing forward(Request request) {
        String pathAndQuery = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        try {
            return forwarder.forward(new Incoming(
                    request.method(), pathAndQuery, request.headers().all(), request.credential(), request.body()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage())));
        }
    }

    private static Response.Body body(String mediaType, Content content) {
        return switch (content) {
            case Content.Whole(byte[] bytes) ->
                bytes.length == 0 ? new Response.Nothing() : new Response.Content(mediaType, bytes);
            case Content.Events(InputStream in) -> new Response.Streamed(mediaType, new PassedOn(in));
        };
    }

    /** Events, passed on as they come. */
    private static final class PassedOn implements Streaming {

        private static final int CHUNK = 8 * 1024;
        private static final Duration LOOK = Duration.ofMillis(500);

        private final InputStream in;
        private final CountDownLatch ended = new CountDownLatch(1);

        PassedOn(InputStream in) {
            this.in = in;
        }

        @Override
        public void writeTo(ResponseStream out) throws IOException {
            // A thread that waits for the next event does not see that the stream is to end.
            Thread.ofVirtual().start(() -> endWith(out));
            byte[] buffer = new byte[CHUNK];
            for (int read = next(buffer); read >= 0 && out.isOpen(); read = next(buffer)) {
                out.send(buffer, 0, read);
            }
        }

        /** A connection closed by us is at its end; any other early end is a failure. */
        private int next(byte[] buffer) throws IOException {
            try {
                return in.read(buffer);
            } catch (IOException e) {
                if (ended.getCount() == 0) {
                    return -1;
                }
                throw e;
            }
        }

        @Override
        public void close() {
            ended.countDown();
            try {
                in.close();
            } catch (IOException e) {
                // The service is told by the closed connection, however it was closed.
            }
        }

        private void endWith(ResponseStream out) {
            try {
                while (out.isOpen() && !ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    // until the server stops, the caller's session ends, or the stream has come to its end
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close();
        }
    }
}
