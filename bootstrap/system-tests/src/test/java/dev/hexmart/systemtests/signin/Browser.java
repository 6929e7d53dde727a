package dev.hexmart.systemtests.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A browser as a server sees it: a client that keeps cookies and follows redirects, one step at a time. */
final class Browser {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI shop;
    private final Map<String, String> cookies = new TreeMap<>();

    Browser(URI shop) {
        this.shop = shop;
    }

    /** Another browser that has got hold of this one's cookies. */
    Browser thief() {
        Browser thief = new Browser(shop);
        thief.cookies.putAll(cookies);
        return thief;
    }

    /** Takes over what another tab of the same browser was given. */
    void share(Browser tab) {
        cookies.putAll(tab.cookies);
    }

    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    void plant(String name, String value) {
        cookies.put(name, value);
    }

    /** Signs in at the provider, where a click on a name is all that is asked for. */
    HttpResponse<String> signIn(String user, String returnTo) {
        HttpResponse<String> login = get("/login?returnTo=" + returnTo);
        return to(callback(location(login), user));
    }

    void signIn(String user) {
        signIn(user, "%2F");
    }

    /** Where the provider sends the browser when this person has signed in there. */
    static URI callback(URI authorize, String user) {
        HttpRequest click = HttpRequest.newBuilder(URI.create(authorize + "&login_hint=" + user))
                .build();
        return location(send(click));
    }

    HttpResponse<String> get(String path) {
        return to(shop.resolve(path));
    }

    HttpResponse<String> to(URI address) {
        return exchange(request(address).GET());
    }

    /** As a script of the shop's own pages does it. */
    HttpResponse<String> post(String path, String body) {
        return exchange(request(shop.resolve(path))
                .header("Content-Type", "application/json")
                .header("Origin", shop.toString())
                .header("Sec-Fetch-Site", "same-origin")
                .header("X-Requested-By", "storefront")
                .POST(BodyPublishers.ofString(body)));
    }

    /** As another site makes a browser do it. */
    HttpResponse<String> postFromElsewhere(String path, String body) {
        return exchange(request(shop.resolve(path))
                .header("Content-Type", "text/plain")
                .header("Origin", "http://evil.example")
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.ofString(body)));
    }

    static URI location(HttpResponse<?> response) {
        return URI.create(response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("sent nowhere by " + response + ": " + response.body())));
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (!cookies.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            cookies.forEach((name, value) -> pairs.add(name + "=" + value));
            request.header("Cookie", String.join("; ", pairs));
        }
        return request;
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request.build());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        return response;
    }

    private synchronized void keep(String line) {
        String pair = line.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (line.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(name.length() + 1));
        }
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
