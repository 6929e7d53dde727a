package dev.hexmart.systemtests;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;

/** A running shop as one sees it from outside: the gateway, the identity provider, and the services behind. */
public final class Shop implements AutoCloseable {

    public static final String TENANT = "11111111-1111-1111-1111-111111111111";
    public static final String CLIENT = "22222222-2222-2222-2222-222222222222";

    /** Published: the local identity provider's. */
    public static final String CLIENT_SECRET = "local-demo-only-this-is-no-secret";

    private final Addresses addresses;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Map<String, Token> tokens = new HashMap<>();

    /** An access token, and from when on another one is asked for. */
    private record Token(String value, Instant renewal) {}

    /** Where everything is. */
    public record Addresses(URI gateway, URI identity, Map<String, URI> services, Map<String, URI> management) {}

    public Shop(Addresses addresses) {
        this.addresses = addresses;
    }

    public Addresses addresses() {
        return addresses;
    }

    /** A user whose name is also the password, at the gateway. */
    public Visitor as(String user) {
        return new Visitor(addresses.gateway(), Optional.of(token(user)));
    }

    /** A caller without a token. */
    public Visitor stranger() {
        return new Visitor(addresses.gateway(), Optional.empty());
    }

    /** A caller with this token, valid or not, at the gateway. */
    public Visitor bearing(String token) {
        return new Visitor(addresses.gateway(), Optional.of(token));
    }

    /** The user's access token, renewed at half of its life: a test class may take longer than a token lives. */
    public synchronized String token(String user) {
        return tokens.compute(
                        user, (_, held) -> held != null && Instant.now().isBefore(held.renewal()) ? held : signIn(user))
                .value();
    }

    /** The token of the application itself, which acts for no user and has all of its roles. */
    public String applicationToken() {
        return token(
                        "grant_type=client_credentials&client_id=" + CLIENT + "&client_secret=" + CLIENT_SECRET,
                        ".default")
                .value();
    }

    private Token signIn(String user) {
        return token(
                "grant_type=password&client_id=" + CLIENT + "&username=" + user + "&password=" + user,
                "access_as_user");
    }

    private Token token(String grant, String scope) {
        String form = grant + "&scope=" + URLEncoder.encode("api://" + CLIENT + "/" + scope, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(addresses.identity().resolve("/" + TENANT + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        JsonObject granted = send(request).json();
        return new Token(
                granted.getString("access_token"), Instant.now().plusSeconds(granted.getInt("expires_in") / 2));
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A sender of requests. */
    public final class Visitor {

        private final URI base;
        private final Optional<String> token;

        private Visitor(URI base, Optional<String> token) {
            this.base = base;
            this.token = token;
        }

        /** The same person at another door. */
        public Visitor at(URI other) {
            return new Visitor(other, token);
        }

        public Answer get(String path) {
            return send(request(path).GET().build());
        }

        public Answer delete(String path, String... headers) {
            return send(request(path, headers).DELETE().build());
        }

        public Answer post(String path, String body, String... headers) {
            return send(request(path, headers)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build());
        }

        public Answer put(String path, String body, String... headers) {
            return send(request(path, headers)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(body))
                    .build());
        }

        /** A POST under a fresh idempotency key. */
        public Answer order(String path, String body) {
            return post(path, body, "Idempotency-Key", UUID.randomUUID().toString());
        }

        public HttpRequest.Builder request(String path, String... headers) {
            HttpRequest.Builder builder =
                    HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
            token.ifPresent(value -> builder.header("Authorization", "Bearer " + value));
            if (headers.length > 0) {
                builder.headers(headers);
            }
            return builder;
        }
    }

    /** What came back. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {

        public JsonObject json() {
            return value().asJsonObject();
        }

        public JsonValue value() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readValue();
            }
        }

        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst();
        }
    }
}
