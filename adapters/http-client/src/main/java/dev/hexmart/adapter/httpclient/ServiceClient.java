package dev.hexmart.adapter.httpclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.httpclient.connection.Connections;
import dev.hexmart.adapter.httpclient.connection.Fields;
import dev.hexmart.adapter.httpclient.connection.Request;
import dev.hexmart.adapter.httpclient.connection.Response;
import dev.hexmart.adapter.json.Form;
import dev.hexmart.adapter.json.InvalidBody;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.adapter.json.MalformedJson;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One of the other services.
 *
 * <p>Asks with the caller's own token, waits for a bounded time, follows no redirect. Every request that is made here may
 * be made twice, being a question or carrying an idempotency key, and is, once, when a connection turns out to be dead.
 */
public final class ServiceClient implements AutoCloseable {

    private static final byte[] NOTHING = {};
    private static final Set<Integer> TRY_LATER = Set.of(429, 502, 503, 504);

    private final String name;
    private final Connections connections;

    /**
     * @param name the service's, for messages
     * @param base where it listens
     * @param patience how long an answer is waited for, to its last byte
     */
    public ServiceClient(String name, URI base, Duration patience, CallObserver observer) {
        this.name = name;
        this.connections = new Connections(base, patience, observer);
    }

    Answer get(String pathAndQuery, Credential credential) {
        return get(pathAndQuery, Optional.empty(), credential);
    }

    /** @param known the entity tag of an answer that is there already; 304 says that it still holds */
    Answer get(String pathAndQuery, Optional<String> known, Credential credential) {
        Request request = request("GET", pathAndQuery, credential, NOTHING);
        known.ifPresent(tag -> request.header("If-None-Match", tag));
        return send(request);
    }

    Answer post(String path, JsonObject body, String idempotencyKey, Credential credential) {
        Request request = request("POST", path, credential, body.toString().getBytes(UTF_8));
        request.header("Content-Type", "application/json");
        request.header("Idempotency-Key", keyHeader(idempotencyKey));
        return send(request);
    }

    /** The key as it is; quoted where it begins with a quote and would be read as a quoted one. */
    private static String keyHeader(String key) {
        return key.startsWith("\"") ? '"' + key.replaceAll("[\"\\\\]", "\\\\$0") + '"' : key;
    }

    /** An answer that the service has given; what it says is for the caller to understand. */
    record Answer(String service, int status, Fields headers, String body) {

        /** Reads the body of a 200; any other status is unexpected. */
        <T> T ok(Form<T> form) {
            if (status != 200) {
                throw unexpected();
            }
            return read(form);
        }

        /** Reads the body of a 200; empty where the service knows no such thing. */
        <T> Optional<T> found(Form<T> form) {
            return isNotFound() ? Optional.empty() : Optional.of(ok(form));
        }

        /** Reads the body, which is JSON in this form. */
        <T> T read(Form<T> form) {
            try {
                return JsonInput.parse(body).as(form);
            } catch (MalformedJson | InvalidBody e) {
                throw new PermanentFailure(
                        "The " + service + " service answered " + status + " with something unexpected: "
                                + e.getMessage(),
                        e);
            }
        }

        /** Whether that is the service's own word that there is no such thing; anything else that says 404 is a stranger. */
        boolean isNotFound() {
            if (status != 404) {
                return false;
            }
            if (!read(Problem::code).equals(Problem.NOT_FOUND)) {
                throw unexpected();
            }
            return true;
        }

        /** What the service said makes no sense to us: the two of us are of different versions, or something is between us. */
        PermanentFailure unexpected() {
            return new PermanentFailure("The " + service + " service answered with an unexpected " + status);
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private Request request(String method, String pathAndQuery, Credential credential, byte[] body) {
        Request request = connections.request(method, pathAndQuery, body);
        request.header("Accept", "application/json");
        request.header("Authorization", "Bearer " + credential.token());
        return request;
    }

    private Answer send(Request request) {
        Response response;
        try {
            response = connections.send(request, true, false);
        } catch (ProtocolException e) {
            throw new PermanentFailure("What listens where the " + name + " service should be does not speak HTTP", e);
        } catch (IOException e) {
            throw new TemporaryFailure("The " + name + " service does not answer", e);
        }
        if (TRY_LATER.contains(response.status())) {
            throw new TemporaryFailure("The " + name + " service is not available at the moment");
        }
        return new Answer(name, response.status(), response.headers(), new String(response.bytes(), UTF_8));
    }
}
