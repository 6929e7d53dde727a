package dev.hexmart.adapter.entra;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries msal4j's requests to the authority.
 *
 * <p>msal4j refuses an authority that is not {@code https} or not on a port of its own liking, so it is told
 * Entra ID's public address whatever the authority is, and its requests are sent on from here. Its own client would wait for ever.
 */
public final class AuthorityHttp implements IHttpClient, AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 512 * 1024;
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI authority;
    private final AuthorityObserver observer;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public AuthorityHttp(URI authority, AuthorityObserver observer) {
        this.authority = authority;
        this.observer = observer;
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException, InterruptedException {
        java.net.http.HttpResponse<String> answer = send(translate(request));
        HttpResponse response =
                new HttpResponse().statusCode(answer.statusCode()).body(answer.body());
        response.addHeaders(answer.headers().map());
        return response;
    }

    /** @throws IOException also where the authority answers merely that it cannot answer now */
    public java.net.http.HttpResponse<String> send(java.net.http.HttpRequest request)
            throws IOException, InterruptedException {
        java.net.http.HttpResponse<String> answer = observed(request);
        int status = answer.statusCode();
        if (status >= 500 || status == TOO_MANY_REQUESTS) {
            throw new IOException("%s answers with status %d".formatted(authority, status));
        }
        return answer;
    }

    private java.net.http.HttpResponse<String> observed(java.net.http.HttpRequest request)
            throws IOException, InterruptedException {
        AuthorityObserver.Question question = observer.begin(
                request.method(), URI.create(authority + request.uri().getRawPath()));
        OptionalInt status = OptionalInt.empty();
        Optional<Throwable> failure = Optional.empty();
        try {
            java.net.http.HttpResponse<String> answer = exchange(request);
            status = OptionalInt.of(answer.statusCode());
            return answer;
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        } finally {
            question.end(status, failure);
        }
    }

    private java.net.http.HttpResponse<String> exchange(java.net.http.HttpRequest request)
            throws IOException, InterruptedException {
        // The request's own timeout ends with the answer's headers; this one covers its body too.
        CompletableFuture<java.net.http.HttpResponse<String>> exchange =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
        try {
            return exchange.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("%s does not answer within %s".formatted(authority, ANSWER_TIMEOUT), e);
        } catch (ExecutionException e) {
            throw new IOException("%s cannot be reached: %s".formatted(authority, e.getCause()), e);
        } finally {
            exchange.cancel(true);
        }
    }

    private java.net.http.HttpRequest translate(HttpRequest request) throws IOException {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(atAuthority(request));
        request.headers().forEach(builder::setHeader);
        BodyPublisher body = Optional.ofNullable(request.body())
                .map(BodyPublishers::ofString)
                .orElseGet(BodyPublishers::noBody);
        return request.httpMethod() == HttpMethod.POST
                ? builder.POST(body).build()
                : builder.GET().build();
    }

    private URI atAuthority(HttpRequest request) throws IOException {
        try {
            URI asked = request.url().toURI();
            String query = Optional.ofNullable(asked.getRawQuery())
                    .map(text -> "?" + text)
                    .orElse("");
            return URI.create(authority + asked.getRawPath() + query);
        } catch (URISyntaxException e) {
            throw new IOException("msal4j asks for what is no address", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
