package dev.hexmart.adapter.http;

import dev.hexmart.adapter.http.access.Authenticator;
import dev.hexmart.adapter.http.access.BearerAuthenticator;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.access.StreamLimits;
import dev.hexmart.adapter.http.server.ErrorPages;
import dev.hexmart.adapter.http.server.RequestObserver;
import dev.hexmart.adapter.http.server.Route;
import dev.hexmart.adapter.http.server.Routes;
import dev.hexmart.adapter.http.server.ServerSettings;
import dev.hexmart.adapter.http.server.ServerSettings.Limits;
import dev.hexmart.adapter.http.server.ServerSettings.Listener;
import dev.hexmart.adapter.http.server.ServiceServer;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.InMemoryTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Some routes on a real server with a free port, and a client that knows how to sign in there. */
public final class TestService implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final InMemoryTokens tokens;
    private final ServiceServer server;

    private TestService(List<Route> routes, RequestObserver observer, Limits limits) {
        this(routes, observer, RateLimits.NONE, limits);
    }

    private TestService(List<Route> routes, RequestObserver observer, RateLimits rates, Limits limits) {
        this(new InMemoryTokens(), UnaryOperator.identity(), routes, observer, rates, ErrorPages.NONE, limits);
    }

    private TestService(
            InMemoryTokens tokens,
            UnaryOperator<Authenticator> authentication,
            List<Route> routes,
            RequestObserver observer,
            RateLimits rates,
            ErrorPages errors,
            Limits limits) {
        this(tokens, authentication, routes, observer, rates, errors, limits, StreamLimits.NONE);
    }

    private TestService(
            InMemoryTokens tokens,
            UnaryOperator<Authenticator> authentication,
            List<Route> routes,
            RequestObserver observer,
            RateLimits rates,
            ErrorPages errors,
            Limits limits,
            StreamLimits streams) {
        this.tokens = tokens;
        Listener anyPort = new Listener("127.0.0.1", 0, "TEST_PORT");
        this.server = ServiceServer.start(
                new ServerSettings(anyPort, anyPort, limits, streams, false),
                new Routes(
                        authentication.apply(new BearerAuthenticator(tokens.verifier())),
                        observer,
                        rates,
                        errors,
                        routes),
                List.of(),
                List.of());
    }

    public static TestService of(List<Route> routes) {
        return new TestService(routes, RequestObserver.NONE, quick());
    }

    public static TestService of(Route... routes) {
        return of(List.of(routes));
    }

    public static TestService of(Limits limits, Route... routes) {
        return new TestService(List.of(routes), RequestObserver.NONE, limits);
    }

    public static TestService of(RequestObserver observer, Route... routes) {
        return new TestService(List.of(routes), observer, quick());
    }

    public static TestService of(StreamLimits streams, Limits limits, RequestObserver observer, Route... routes) {
        return new TestService(
                new InMemoryTokens(),
                UnaryOperator.identity(),
                List.of(routes),
                observer,
                RateLimits.NONE,
                ErrorPages.NONE,
                limits,
                streams);
    }

    public static TestService of(RateLimits rates, Route... routes) {
        return new TestService(List.of(routes), RequestObserver.NONE, rates, quick());
    }

    public static TestService of(RateLimits rates, Limits limits, Route... routes) {
        return new TestService(List.of(routes), RequestObserver.NONE, rates, limits);
    }

    public static TestService of(ErrorPages errors, RateLimits rates, Route... routes) {
        return new TestService(
                new InMemoryTokens(),
                UnaryOperator.identity(),
                List.of(routes),
                RequestObserver.NONE,
                rates,
                errors,
                quick());
    }

    /** With tokens of another issuer, and other ways to authenticate. */
    public static TestService of(
            InMemoryTokens tokens, UnaryOperator<Authenticator> authentication, List<Route> routes) {
        return new TestService(
                tokens, authentication, routes, RequestObserver.NONE, RateLimits.NONE, ErrorPages.NONE, quick());
    }

    /** Where the test issues the tokens. */
    public static TestService of(InMemoryTokens tokens, RateLimits rates, List<Route> routes) {
        return new TestService(
                tokens, UnaryOperator.identity(), routes, RequestObserver.NONE, rates, ErrorPages.NONE, quick());
    }

    /** The usual limits, and a server that does not wait long for those who will not finish. */
    public static Limits quick() {
        Limits usual = Limits.DEFAULTS;
        return new Limits(
                usual.bodyBytes(),
                usual.connections(),
                usual.concurrentRequests(),
                usual.queue(),
                usual.queueTime(),
                usual.streams(),
                usual.headerTime(),
                usual.bodyTime(),
                usual.writeTime(),
                usual.idleTime(),
                Duration.ofSeconds(5));
    }

    public int port() {
        return server.port();
    }

    public ServiceServer server() {
        return server;
    }

    public InMemoryTokens tokens() {
        return tokens;
    }

    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    /** A request without a credential. */
    public Call call(String method, String pathAndQuery) {
        return new Call(method, pathAndQuery, List.of(), BodyPublishers.noBody());
    }

    public Answer get(String pathAndQuery, Caller caller) {
        return call("GET", pathAndQuery).by(caller).send();
    }

    @Override
    public void close() {
        server.close();
    }

    /** A request that is being put together. */
    public final class Call {

        private final String method;
        private final String pathAndQuery;
        private final List<String> headers;
        private final HttpRequest.BodyPublisher body;

        private Call(String method, String pathAndQuery, List<String> headers, HttpRequest.BodyPublisher body) {
            this.method = method;
            this.pathAndQuery = pathAndQuery;
            this.headers = headers;
            this.body = body;
        }

        public Call by(Caller caller) {
            return header("Authorization", "Bearer " + tokens.issue(caller));
        }

        public Call header(String name, String value) {
            return new Call(
                    method,
                    pathAndQuery,
                    Stream.concat(headers.stream(), Stream.of(name, value)).toList(),
                    body);
        }

        public Call key(String idempotencyKey) {
            return header("Idempotency-Key", idempotencyKey);
        }

        public Call json(String text) {
            return header("Content-Type", "application/json").body(BodyPublishers.ofString(text));
        }

        public Call body(HttpRequest.BodyPublisher publisher) {
            return new Call(method, pathAndQuery, headers, publisher);
        }

        public Answer send() {
            HttpResponse<String> response = send(BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        }

        public <T> HttpResponse<T> send(HttpResponse.BodyHandler<T> handler) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(pathAndQuery))
                    .method(method, body)
                    .timeout(TIMEOUT);
            if (!headers.isEmpty()) {
                request.headers(headers.toArray(String[]::new));
            }
            // The request's own timeout ends with the headers; a stream where an answer is expected would hang the
            // test.
            CompletableFuture<HttpResponse<T>> answer = HTTP.sendAsync(request.build(), handler);
            try {
                return answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                answer.cancel(true);
                throw new AssertionError(
                        "%s %s: no complete response within %s".formatted(method, pathAndQuery, TIMEOUT), e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException cause
                        ? new UncheckedIOException(cause)
                        : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
