package dev.hexmart.adapter.httpclient;

import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.httpclient.connection.Connections;
import dev.hexmart.adapter.httpclient.connection.Content;
import dev.hexmart.adapter.httpclient.connection.Fields;
import dev.hexmart.adapter.httpclient.connection.Request;
import dev.hexmart.adapter.httpclient.connection.Response;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Passes requests on to a service and its answers back, as they are.
 *
 * <p>Both ways only the headers that the API speaks of go through: what a stranger sends besides must not reach the
 * services, and other headers of a service are not forwarded.
 */
public final class Forwarder implements AutoCloseable {

    private static final Passing IDEMPOTENCY_KEY = Passing.of("Idempotency-Key");
    private static final List<Passing> REQUEST_HEADERS = List.of(
            Passing.of("Accept"),
            Passing.of("Content-Type"),
            IDEMPOTENCY_KEY,
            Passing.of("If-Match"),
            Passing.of("If-None-Match"),
            Passing.of("Last-Event-ID"));
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

    /** The length of a body that does not come; of any other body we see for ourselves. */
    private static final String LENGTH = "Content-Length";

    private final String name;
    private final Connections connections;

    /**
     * @param name the service's, for messages
     * @param patience how long an answer is waited for; of a stream of events, its beginning
     */
    public Forwarder(String name, URI base, Duration patience, CallObserver observer) {
        this.name = name;
        this.connections = new Connections(base, patience, observer);
    }

    /**
     * A request as it came in. What came twice goes out twice, for the service to judge.
     *
     * @param headers by their names in lower case
     * @param credential what the sender was identified by, in the place of whatever it was sent in
     */
    public record Incoming(
            String method,
            String pathAndQuery,
            Map<String, List<String>> headers,
            Credential credential,
            byte[] body) {}

    /** The answer as it goes out. */
    public record Outgoing(int status, Map<String, String> headers, Content content) {}

    /** The name of a header that passes, as it is sent and as it is looked up. */
    private record Passing(String name, String key) {

        static Passing of(String name) {
            return new Passing(name, name.toLowerCase(Locale.ROOT));
        }

        List<String> in(Incoming incoming) {
            return incoming.headers().getOrDefault(key, List.of());
        }
    }

    /**
     * Forwards one request; once more when the connection turns out to be dead, where it only asks for something or carries an
     * idempotency key.
     *
     * @throws TemporaryFailure when the service does not answer; the request may have had its effect
     * @throws IllegalArgumentException if method, path, query or a header cannot be sent, with a message for the client
     */
    public Outgoing forward(Incoming incoming) {
        Request request = connections.request(incoming.method(), incoming.pathAndQuery(), incoming.body());
        request.header("Authorization", "Bearer " + incoming.credential().token());
        for (Passing header : REQUEST_HEADERS) {
            header.in(incoming).forEach(value -> request.header(header.name(), value));
        }
        boolean head = incoming.method().equals("HEAD");
        boolean repeatable = head
                || incoming.method().equals("GET")
                || !IDEMPOTENCY_KEY.in(incoming).isEmpty();
        try {
            Response response = connections.send(request, repeatable, true);
            return new Outgoing(response.status(), headers(head, response.headers()), response.content());
        } catch (IOException e) {
            throw new TemporaryFailure("The " + name + " service does not answer", e);
        }
    }

    private static Map<String, String> headers(boolean head, Fields fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header : RESPONSE_HEADERS) {
            fields.first(header).ifPresent(value -> headers.put(header, value));
        }
        if (head) {
            fields.first(LENGTH).ifPresent(value -> headers.put(LENGTH, value));
        }
        return headers;
    }

    @Override
    public void close() {
        connections.close();
    }
}
