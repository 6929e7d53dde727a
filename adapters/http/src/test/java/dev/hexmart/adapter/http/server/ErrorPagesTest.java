package dev.hexmart.adapter.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.RawConnection;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.RateLimits;
import dev.hexmart.adapter.http.access.TrustedProxies;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.application.ManualClock;
import dev.hexmart.application.limit.Allowance;
import dev.hexmart.application.limit.InMemoryRateLimiter;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser gets an error page, any other client the details of the problem. */
class ErrorPagesTest {

    private static final String CHROMIUM =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
    private static final ErrorPages PAGES = (head, problem) -> Optional.of(Response.content(
                    problem.type().status(),
                    "text/html; charset=utf-8",
                    "<p>%s %s %s".formatted(head.path(), problem.type().code(), problem.retryAfter()))
            .with(problem.headers())
            .with("Content-Security-Policy", "default-src 'self'"));

    private final TestService service = service(PAGES, RateLimits.NONE);

    @AfterEach
    void close() {
        service.close();
    }

    private static TestService service(ErrorPages pages, RateLimits rates) {
        return TestService.of(
                pages,
                rates,
                Route.get("/page", Access.OPEN, _ -> Response.empty(204)),
                Route.post(
                        "/form",
                        Access.OPEN,
                        request -> Response.json(200, request.json(input -> {
                            throw new IllegalArgumentException(input.toString());
                        }))),
                Route.get("/mine", Access.SIGNED_IN, _ -> Response.empty(204)),
                Route.get("/broken", Access.OPEN, _ -> {
                    throw new IllegalStateException("on purpose");
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHROMIUM,
                "text/html",
                "TEXT/HTML ; charset=utf-8",
                "application/json;q=0.5, text/html",
                "text/html;q=0.2, application/json;q=0.1",
                "text/html, application/problem+json;q=nonsense",
                "image/png,, ;,text/html"
            })
    void whoLikesHtmlBetterThanJsonIsShownAPage(String accept) {
        Answer answer = service.call("GET", "/nowhere").header("Accept", accept).send();
        answer.hasStatus(404);
        assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.text()).isEqualTo("<p>/nowhere not-found OptionalInt.empty");
        assertThat(answer.headers().allValues("Content-Security-Policy")).containsExactly("default-src 'self'");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/problem+json",
                "text/html, application/json",
                "text/html, application/*",
                "text/html, */*",
                "text/html;q=0.1, */*;q=0.2",
                "text/html;q=0",
                "text/html;q=2",
                "text/*",
                "text/htmlx",
                ";"
            })
    void whoDoesNotIsToldTheDetailsAsEver(String accept) {
        try (TestService without = service(ErrorPages.NONE, RateLimits.NONE)) {
            for (String path : List.of("/nowhere", "/mine", "/form")) {
                Answer with = service.call("GET", path).header("Accept", accept).send();
                Answer before =
                        without.call("GET", path).header("Accept", accept).send();
                assertThat(with.text()).isEqualTo(before.text()).startsWith("{\"type\":\"urn:hexmart:problem:");
                assertThat(lasting(with)).isEqualTo(lasting(before));
            }
        }
    }

    private static Map<String, List<String>> lasting(Answer answer) {
        Map<String, List<String>> headers = new HashMap<>(answer.headers().map());
        headers.remove("date");
        return headers;
    }

    @Test
    void requestWithoutAcceptGetsProblemDetails() {
        service.call("GET", "/nowhere").send().isProblem(404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "navigate, text/html; charset=utf-8",
        "cors, application/problem+json",
        "same-origin, application/problem+json"
    })
    void aPageIsForWhoNavigatesAndNotForAScript(String mode, String mediaType) {
        Answer answer = service.call("GET", "/nowhere")
                .header("Accept", CHROMIUM)
                .header("Sec-Fetch-Mode", mode)
                .send();
        assertThat(answer.header("Content-Type")).isEqualTo(mediaType);
    }

    @Test
    void errorPageKeepsTheProblemsHeaders() {
        Answer wrongMethod =
                service.call("PUT", "/page").header("Accept", CHROMIUM).send();
        assertThat(wrongMethod.hasStatus(405).header("Allow")).isEqualTo("GET, HEAD");
        assertThat(wrongMethod.text()).contains("method-not-allowed");
        Answer anonymous =
                service.call("GET", "/mine").header("Accept", CHROMIUM).send();
        assertThat(anonymous.hasStatus(401).header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(anonymous.text()).contains("unauthenticated");
    }

    @Test
    void rateLimitPageSaysWhenToRetry() {
        ManualClock clock = ManualClock.atNoon();
        Optional<Allowance> one = Optional.of(new Allowance(1, Duration.ofMinutes(1)));
        RateLimits rates = new RateLimits(
                new InMemoryRateLimiter(clock),
                new RateLimits.Settings(one, Optional.empty(), TrustedProxies.NONE),
                clock);
        try (TestService limited = service(PAGES, rates)) {
            limited.call("GET", "/page").send().hasStatus(204);
            Answer refused =
                    limited.call("GET", "/page").header("Accept", CHROMIUM).send();
            assertThat(refused.hasStatus(429).text()).contains("too-many-requests OptionalInt[60]");
            assertThat(refused.headers().allValues("Retry-After")).containsExactly("60");
            assertThat(refused.header("RateLimit")).startsWith("\"address\";r=0");
        }
    }

    @Test
    void refusalByTheServerItselfIsAPage() {
        try (var raw = RawConnection.to(service.port())) {
            String answer = raw.send("POST /form HTTP/1.1\r\nHost: x\r\nAccept: " + CHROMIUM
                            + "\r\nContent-Length: 65537\r\n\r\n")
                    .response();
            assertThat(answer)
                    .startsWith("HTTP/1.1 413")
                    .contains("Content-Type: text/html; charset=utf-8", "Content-Security-Policy: default-src 'self'")
                    .doesNotContain("default-src 'none'")
                    .endsWith("<p>/form body-too-large OptionalInt.empty");
        }
        try (var raw = RawConnection.to(service.port())) {
            assertThat(raw.send("POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n")
                            .response())
                    .startsWith("HTTP/1.1 413")
                    .contains("Content-Type: application/problem+json", "default-src 'none'")
                    .contains("{\"type\":\"urn:hexmart:problem:body-too-large\"");
        }
    }

    @Test
    void headOfAnErrorPageHasNoBody() {
        var answer = service.call("HEAD", "/nowhere").header("Accept", CHROMIUM).send(BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    }

    @Test
    void aPageThatCannotBeShownLeavesTheDetails() {
        ErrorPages broken = (_, _) -> {
            throw new IllegalStateException("on purpose");
        };
        try (TestService unlucky = service(broken, RateLimits.NONE)) {
            unlucky.call("GET", "/broken").header("Accept", CHROMIUM).send().isProblem(500, "internal-error");
            unlucky.call("GET", "/nowhere").header("Accept", CHROMIUM).send().isProblem(404, "not-found");
        }
    }
}
