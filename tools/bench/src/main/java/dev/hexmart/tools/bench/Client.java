package dev.hexmart.tools.bench;

import dev.hexmart.tools.bench.generator.BenchFailure;
import dev.hexmart.tools.bench.generator.Route;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Single requests: what is needed around the measuring, and the orders. */
public final class Client implements AutoCloseable {

    /** Published: the local identity provider's tenant and client. */
    static final String TENANT = "11111111-1111-1111-1111-111111111111";

    static final String CLIENT = "22222222-2222-2222-2222-222222222222";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    record Answer(int status, HttpHeaders headers, String body) {

        JsonValue json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readValue();
            } catch (JsonException e) {
                throw new BenchFailure("an answer is no JSON: " + body, e);
            }
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** @param headers name and value in turn; {@code body} is JSON, or nothing if empty */
    Answer send(String method, URI address, String body, String... headers) {
        return find(method, address, body, headers)
                .orElseThrow(() -> new BenchFailure(method + " " + address + " was not answered"));
    }

    /** Nothing where there is no answer. */
    Optional<Answer> find(String method, URI address, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!body.isEmpty() && !body.startsWith("grant_type")) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return Optional.of(new Answer(response.statusCode(), response.headers(), response.body()));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", e);
        }
    }

    Optional<Answer> findAs(String token, String method, URI address, String body) {
        return find(method, address, body, "Authorization", "Bearer " + token);
    }

    Optional<Answer> ask(URI service, Route.Ask ask) {
        URI address = service.resolve(ask.path());
        return find(ask.method(), address, ask.body(), ask.header(), ask.value(), "Accept", ask.accept());
    }

    /** An access token from the local identity provider, where the password is the name. */
    String token(URI identity, String name) {
        String form = "grant_type=password&client_id=" + CLIENT + "&username=" + name + "&password=" + name
                + "&scope=api%3A%2F%2F" + CLIENT + "%2Faccess_as_user";
        Answer answer = send(
                "POST",
                URI.create(identity + "/" + TENANT + "/oauth2/v2.0/token"),
                form,
                "Content-Type",
                "application/x-www-form-urlencoded");
        if (answer.status() != 200) {
            throw new BenchFailure("%s does not sign in %s (%d): the benchmark needs Hexmart's local identity provider"
                    .formatted(identity, name, answer.status()));
        }
        return answer.json().asJsonObject().getString("access_token");
    }

    /** Signs in as a browser does; the session's cookie, or nothing where there is no such sign-in. */
    Optional<String> session(URI gateway, String name) {
        Optional<Answer> login = find("GET", gateway.resolve("/login?returnTo=%2F"), "");
        Optional<String> authorize = login.flatMap(Client::location);
        Optional<String> callback = authorize
                .flatMap(address -> find("GET", URI.create(address + "&login_hint=" + name), ""))
                .flatMap(Client::location);
        return callback.flatMap(address -> find(
                        "GET",
                        URI.create(address),
                        "",
                        "Cookie",
                        login.map(Client::cookies).orElse("")))
                .filter(answer -> answer.status() == 303)
                .map(Client::cookies)
                .filter(cookies -> !cookies.isEmpty());
    }

    private static Optional<String> location(Answer answer) {
        return answer.headers().firstValue("Location");
    }

    private static String cookies(Answer answer) {
        return String.join(
                "; ",
                answer.headers().allValues("Set-Cookie").stream()
                        .filter(line -> !line.contains("Max-Age=0"))
                        .map(line -> line.split(";", 2)[0])
                        .toList());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
