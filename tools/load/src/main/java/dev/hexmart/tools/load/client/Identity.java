package dev.hexmart.tools.load.client;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The local identity provider, where the password is the user name. */
public final class Identity implements AutoCloseable {

    /** Published: the local provider's tenant and client. */
    private static final String TENANT = "11111111-1111-1111-1111-111111111111";

    private static final String CLIENT = "22222222-2222-2222-2222-222222222222";

    /** How long before its end a token is given up, so that it does not expire under way. */
    private static final long MARGIN_SECONDS = 60;

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public Identity(URI base) {
        this.base = base;
    }

    /** @param renewAt when to ask for another, by {@link System#nanoTime} */
    public record Token(String value, long renewAt) {}

    public Token signIn(String name) {
        String form = "grant_type=password&client_id=" + CLIENT + "&username=" + name + "&password=" + name
                + "&scope=api%3A%2F%2F" + CLIENT + "%2Faccess_as_user";
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/" + TENANT + "/oauth2/v2.0/token"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        try {
            Answer answer = Answer.of(http.send(request, BodyHandlers.ofString()));
            if (answer.status() != 200) {
                throw new IllegalStateException(
                        "%s does not sign in %s (%d): the load needs Hexmart's local identity provider, of this very version"
                                .formatted(base, name, answer.status()));
            }
            JsonObject token = answer.object();
            long lifetime = Math.max(0, token.getInt("expires_in") - MARGIN_SECONDS);
            return new Token(
                    token.getString("access_token"),
                    System.nanoTime() + Duration.ofSeconds(lifetime).toNanos());
        } catch (IOException e) {
            throw new NoAnswer("Signing in at " + base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The load was interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
