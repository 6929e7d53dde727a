package dev.hexmart.adapter.httpclient;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    private final Context context;
    private final HttpClient http;

    /** What a request carries besides what it asks, such as the trace that it belongs to. */
    @FunctionalInterface
    public interface Context {
        Map<String, String> headers();
    }

    /**
     * @param name the service's, for messages
     * @param base where it listens
     * @param patience how long an answer is waited for
     */
    public ServiceClient(String name, URI base, Duration patience, Context context) {
        this.name = name;
        this.base = base;
        this.patience = patience;
        this.context = context;
        this.http = Connections.open();
    }

    Answer get(String pathAndQuery, Credential credential) {
        return send(request(pathAndQuery, credential).GET().build());
    }

    Answer post(String path, JsonValue body, String idempotencyKey, Credential credential) {
        return send(request(path, credential)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    /** An answer that the service has given; what it says is for the caller to understand. */
    record Answer(int status, Map<String, String> headers, JsonValue body) {

        boolean header(String name, String value) {
            return Optional.ofNullable(headers.get(name)).filter(value::equals).isPresent();
        }
    }

    /** What the service said makes no sense to us: the two of us are of different versions, or something sits between us. */
    PermanentFailure unexpected(Answer answer) {
        return new PermanentFailure("The " + name + " service answered with an unexpected " + answer.status());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String pathAndQuery, Credential credential) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(Connections.at(base, pathAndQuery))
                .timeout(patience)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + credential.token());
        context.headers().forEach(builder::header);
        return builder;
    }

    private Answer send(HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = sendAgainOnce(request);
        } catch (IOException e) {
            throw new TemporaryFailure("The " + name + " service does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TemporaryFailure("Interrupted while waiting for the " + name + " service", e);
        }
        if (TRY_LATER.contains(response.statusCode())) {
            throw new TemporaryFailure("The " + name + " service is not available at the moment");
        }
        return new Answer(response.statusCode(), headers(response), parse(response));
    }

    private HttpResponse<String> sendAgainOnce(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (HttpTimeoutException | ConnectException e) {
            throw e;
        } catch (IOException _) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private static Map<String, String> headers(HttpResponse<String> response) {
        return response.headers().map().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().toLowerCase(Locale.ROOT),
                        entry -> entry.getValue().getFirst(),
                        (first, second) -> first));
    }

    private JsonValue parse(HttpResponse<String> response) {
        if (response.body().isEmpty()) {
            return JsonValue.NULL;
        }
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readValue();
        } catch (JsonException e) {
            throw new PermanentFailure(
                    "The " + name + " service answered " + response.statusCode() + " without JSON", e);
        }
    }
}
