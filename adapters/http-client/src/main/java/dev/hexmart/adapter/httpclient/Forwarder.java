package dev.hexmart.adapter.httpclient;

import dev.hexmart.application.failure.TemporaryFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Passes requests on to a service and its answers back, as they are.
 *
 * <p>Both ways only the headers that the API speaks of go through: what a stranger sends besides must not reach the
 * services, and what a service sends besides is nobody's business.
 */
public final class Forwarder implements AutoCloseable {

    private static final String EVENTS = "text/event-stream";
    private static final String CONTENT_LENGTH = "Content-Length";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final List<String> REQUEST_HEADERS = List.of(
            "Accept", "Authorization", "Content-Type", IDEMPOTENCY_KEY, "If-Match", "If-None-Match", "Last-Event-ID");
    private static final List<String> RESPONSE_HEADERS = List.of(
            "Allow",
            "Cache-Control",
            "Content-Type",
            "ETag",
            "Idempotent-Replayed",
            "Link",
            "Location",
            "Retry-After",
            "WWW-Authenticate");

    private final String name;
    private final URI base;
    private final Duration patience;
    private final CallObserver observer;
    private final HttpClient http;

    /**
     * @param name the service's, for messages
     * @param patience how long an answer is waited for; of a stream of events, its beginning
     */
    public Forwarder(String name, URI base, Duration patience, CallObserver observer) {
        this.name = name;
        this.base = base;
        this.patience = patience;
        this.observer = observer;
        this.http = Connections.open();
    }

    /** A request as it came in; header names in any case. What came twice goes out twice, for the service to judge. */
    public record Incoming(String method, String pathAndQuery, Map<String, List<String>> headers, byte[] body) {}

    /** The answer as it goes out. @param body to be closed by whoever reads it; events come as they happen */
    public record Outgoing(int status, Map<String, String> headers, InputStream body) {}

    /**
     * Forwards one request; once more, where it carries an idempotency key, when the connection turns out to be dead.
     *
     * @throws TemporaryFailure when the service does not answer; the request may have had its effect
     * @throws IllegalArgumentException where method, path, query or a header cannot be sent, with words for whoever sent them
     */
    public Outgoing forward(Incoming incoming) {
        HttpRequest.Builder request = request(incoming);
        Map<String, List<String>> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(incoming.headers());
        for (String header : REQUEST_HEADERS) {
            given.getOrDefault(header, List.of()).forEach(value -> Connections.add(request, header, value));
        }
        try {
            Connections.Sending<InputStream> sending = given.containsKey(IDEMPOTENCY_KEY)
                    ? complete -> Connections.sendAgainOnce(http, complete, Forwarder::body, patience)
                    : complete -> Connections.send(http, complete, Forwarder::body, patience);
            HttpResponse<InputStream> response = Connections.observed(observer, request, sending);
            return new Outgoing(response.statusCode(), headers(incoming.method(), response), response.body());
        } catch (IOException e) {
            throw new TemporaryFailure("The " + name + " service does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporaryFailure("Interrupted while waiting for the " + name + " service", e);
        }
    }

    private HttpRequest.Builder request(Incoming incoming) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Connections.at(base, incoming.pathAndQuery()));
        try {
            return request.method(
                    incoming.method(),
                    incoming.body().length == 0
                            ? BodyPublishers.noBody()
                            : BodyPublishers.ofByteArray(incoming.body()));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("There is no such method here");
        }
    }

    private static BodySubscriber<InputStream> body(ResponseInfo head) {
        boolean events = head.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith(EVENTS))
                .isPresent();
        return events
                ? BodySubscribers.ofInputStream()
                : BodySubscribers.mapping(BodySubscribers.ofByteArray(), ByteArrayInputStream::new);
    }

    private static Map<String, String> headers(String method, HttpResponse<?> response) {
        Map<String, String> headers = new HashMap<>();
        for (String header : RESPONSE_HEADERS) {
            response.headers().firstValue(header).ifPresent(value -> headers.put(header, value));
        }
        if (method.equals("HEAD")) {
            // The length of a body that does not come; of any other body we see for ourselves.
            response.headers().firstValue(CONTENT_LENGTH).ifPresent(value -> headers.put(CONTENT_LENGTH, value));
        }
        return headers;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
