package dev.hexmart.bootstrap.gateway;

import dev.hexmart.adapter.http.Handler;
import dev.hexmart.adapter.http.Header;
import dev.hexmart.adapter.http.Problem;
import dev.hexmart.adapter.http.ProblemException;
import dev.hexmart.adapter.http.ProblemType;
import dev.hexmart.adapter.http.Request;
import dev.hexmart.adapter.http.Response;
import dev.hexmart.adapter.http.ResponseStream;
import dev.hexmart.adapter.http.Streaming;
import dev.hexmart.adapter.httpclient.Forwarder;
import dev.hexmart.adapter.httpclient.Forwarder.Incoming;
import dev.hexmart.adapter.httpclient.Forwarder.Outgoing;
import dev.hexmart.application.failure.TemporaryFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Joins our server to a service's client: the same request there, the same answer back. */
final class Forwarding implements Handler {

    private static final String EVENTS = "text/event-stream";
    private static final String CONTENT_TYPE = "Content-Type";

    private final Forwarder forwarder;

    Forwarding(Forwarder forwarder) {
        this.forwarder = forwarder;
    }

    @Override
    public Response handle(Request request) {
        Outgoing answer = forward(request);
        Map<String, String> headers = new HashMap<>(answer.headers());
        Response.Body body = new Response.Nothing();
        if (!request.method().equals("HEAD")) {
            body = body(Optional.ofNullable(headers.remove(CONTENT_TYPE)).orElse(""), answer.body());
        }
        List<Header> others = headers.entrySet().stream()
                .map(header -> new Header(header.getKey(), header.getValue()))
                .toList();
        return new Response(answer.status(), others, body);
    }

    private Outgoing forward(Request request) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.put("authorization", List.of("Bearer " + request.credential().token()));
        String pathAndQuery = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        try {
            return forwarder.forward(new Incoming(request.method(), pathAndQuery, headers, request.body()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(ProblemType.MALFORMED_REQUEST, String.valueOf(e.getMessage())));
        }
    }

    private static Response.Body body(String mediaType, InputStream in) {
        if (mediaType.startsWith(EVENTS)) {
            return new Response.Streamed(mediaType, new PassedOn(in));
        }
        try (in) {
            byte[] bytes = in.readAllBytes();
            return bytes.length == 0 ? new Response.Nothing() : new Response.Content(mediaType, bytes);
        } catch (IOException e) {
            throw new TemporaryFailure("A service broke off in the middle of its answer", e);
        }
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

        /** What we have closed ourselves has come to its end; anything else that breaks off is a failure. */
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
