package dev.hexmart.adapter.httpclient;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How this module connects to services: HTTP/1.1, a second to connect, no redirect followed. */
final class Connections {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    static {
        // Ours end first: a connection that the server is just closing for idleness must not be used again.
        if (System.getProperty("jdk.httpclient.keepalive.timeout") == null) {
            System.setProperty("jdk.httpclient.keepalive.timeout", "10");
        }
    }

    private Connections() {}

    static HttpClient open() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /**
     * The address of something at a service, and never anywhere else.
     *
     * <p>{@link URI#resolve} would take a path that begins with two slashes for another host's; and one that begins with
     * none, {@code @host} say, would change the host when it is appended.
     *
     * @throws IllegalArgumentException where that is no path and query as they may be sent
     */
    static URI at(URI base, String pathAndQuery) {
        if (!pathAndQuery.startsWith("/") || pathAndQuery.indexOf('#') >= 0 || !isAscii(pathAndQuery, '!')) {
            throw new IllegalArgumentException(
                    "A path begins with a slash, and what is not visible ASCII must be percent-encoded");
        }
        String prefix = base.toString();
        try {
            return new URI((prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + pathAndQuery);
        } catch (URISyntaxException _) {
            // The library's words would tell where the service is.
            throw new IllegalArgumentException("The address has characters that must be percent-encoded");
        }
    }

    /** Sets a header. What the library says about a value that cannot be sent quotes it, and it may be a secret. */
    static void set(HttpRequest.Builder request, String header, String value) {
        request.setHeader(header, sendable(header, value));
    }

    /** The same, beside what was set before. */
    static void add(HttpRequest.Builder request, String header, String value) {
        request.header(header, sendable(header, value));
    }

    private static String sendable(String header, String value) {
        if (!isAscii(value, ' ')) {
            throw new IllegalArgumentException("The header " + header + " has characters that cannot be sent");
        }
        return value;
    }

    /** Whether each character is from the given one to the tilde, the last that is visible. */
    private static boolean isAscii(String text, char from) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < from || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Sends a request, however often that takes. */
    @FunctionalInterface
    interface Sending<T> {
        HttpResponse<T> send(HttpRequest request) throws IOException, InterruptedException;
    }

    /** Has the observer see the request from before it is complete until it is answered, or given up. */
    static <T> HttpResponse<T> observed(CallObserver observer, HttpRequest.Builder request, Sending<T> sending)
            throws IOException, InterruptedException {
        HttpRequest asked = request.build();
        CallObserver.Call call =
                observer.begin(asked.method(), asked.uri(), (header, value) -> set(request, header, value));
        OptionalInt status = OptionalInt.empty();
        Optional<Throwable> failure = Optional.empty();
        try {
            HttpResponse<T> response = sending.send(request.build());
            status = OptionalInt.of(response.statusCode());
            return response;
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        } finally {
            call.end(status, failure);
        }
    }

    /**
     * Sends a request and waits for the answer.
     *
     * <p>The library's own time-out will not do: it ends with the headers, or, in later versions, with the body, however
     * long that is meant to take. This one ends with whatever {@code handler} makes of the answer.
     */
    static <T> HttpResponse<T> send(HttpClient http, HttpRequest request, BodyHandler<T> handler, Duration patience)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("No answer within " + patience);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    /** Sends a request that may be made twice, and makes it again, once, when the connection turns out to be dead. */
    static <T> HttpResponse<T> sendAgainOnce(
            HttpClient http, HttpRequest request, BodyHandler<T> handler, Duration patience)
            throws IOException, InterruptedException {
        try {
            return send(http, request, handler, patience);
        } catch (HttpTimeoutException | ConnectException | ProtocolException e) {
            throw e;
        } catch (IOException _) {
            return send(http, request, handler, patience);
        }
    }
}
