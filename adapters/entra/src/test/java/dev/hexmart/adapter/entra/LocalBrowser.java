package dev.hexmart.adapter.entra;

import dev.hexmart.application.identity.InMemoryOpenIdProvider;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a browser as signing in at the local identity provider takes; each one has cookies of its own. */
final class LocalBrowser implements AutoCloseable {

    private static final Pattern ONWARDS = Pattern.compile("id=\"onwards\" href=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** The code that the browser brings to the callback. */
    String signIn(URI signInAddress, String user) {
        URI callback = redirect(get(URI.create(signInAddress + "&login_hint=" + user)));
        return InMemoryOpenIdProvider.parameter(callback, "code")
                .orElseThrow(() -> new AssertionError("No code: " + callback));
    }

    /** Where the browser is in the end. */
    URI signOut(URI signOutAddress) {
        HttpResponse<String> answer = get(signOutAddress);
        Matcher onwards = ONWARDS.matcher(answer.body());
        return onwards.find() ? URI.create(onwards.group(1)) : redirect(answer);
    }

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    HttpResponse<String> post(URI address) {
        return send(HttpRequest.newBuilder(address).POST(BodyPublishers.noBody()));
    }

    private static URI redirect(HttpResponse<String> answer) {
        return URI.create(answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body())));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
