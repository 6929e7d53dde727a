package dev.hexmart.adapter.httpclient;

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
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

/**
 * One of the other services.
 *
 * <p>Asks with the caller's own token, waits for a bounded time, follows no redirect. Every request that is made here may
 * be made twice, being a question or carrying an idempotency key, and is, once, when a connection turns out to be dead.
 */
public final class ServiceClient implements AutoCloseable {

    private static final Set<Integer> TRY_LATER = Set.of(429, 502, 503, 504);

    private final String name;
    private final URI base;
    private final Duration patience;
    private final CallObserver observer;
    private final HttpClient http;

    /**
     * @param name the service's, for messages
     * @param base where it listens
     * @param patience how long an answer is waited for, to its last byte
     */
    public ServiceClient(String name, URI base, Duration patience, CallObserver observer) {
        this.name = name;
        this.base = base;
        this.patience = patience;
        this.observer = observer;
        this.http = Connections.open();
    }

    Answer get(String pathAndQuery, Credential credential) {
        return send(request(pathAndQuery, credential).GET());
    }

    Answer post(String path, JsonObject body, String idempotencyKey, Credential credential) {
        HttpRequest.Builder request = request(path, credential);
        Connections.set(request, "Content-Type", "application/json");
        Connections.set(request, "Idempotency-Key", keyHeader(idempotencyKey));
        return send(request.POST(BodyPublishers.ofString(body.toString())));
    }

    /** The key as it is; quoted where it begins with a quote and would be read as a quoted one. */
    private static String keyHeader(String key) {
        return key.startsWith("\"") ? '"' + key.replaceAll("[\"\\\\]", "\\\\$0") + '"' : key;
    }

    /** An answer that the service has given; what it says is for the caller to understand. */
    record Answer(String service, int status, HttpHeaders headers, String body) {

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
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String pathAndQuery, Credential credential) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Connections.at(base, pathAndQuery));
        Connections.set(request, "Accept", "application/json");
        Connections.set(request, "Authorization", "Bearer " + credential.token());
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response;
        try {
            response = Connections.observed(
                    observer,
                    request,
                    complete -> Connections.sendAgainOnce(http, complete, BodyHandlers.ofString(), patience));
        } catch (ProtocolException e) {
            throw new PermanentFailure("What listens where the " + name + " service should be does not speak HTTP", e);
        } catch (IOException e) {
            throw new TemporaryFailure("The " + name + " service does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporaryFailure("Interrupted while waiting for the " + name + " service", e);
        }
        if (TRY_LATER.contains(response.statusCode())) {
            throw new TemporaryFailure("The " + name + " service is not available at the moment");
        }
        return new Answer(name, response.statusCode(), response.headers(), response.body());
    }
}
