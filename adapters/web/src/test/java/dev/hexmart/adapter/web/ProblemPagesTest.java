package dev.hexmart.adapter.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.storefront.Storefront;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person reads where a request has come to nothing. */
class ProblemPagesTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final ProblemPages pages = pages(Optional.empty());

    @ParameterizedTest
    @EnumSource
    void everyProblemIsTitledAndLeadsBackToTheShop(ProblemType type) {
        assertThat(page("GET", "/nowhere", Problem.of(type, "Do something else")))
                .containsPattern("<h1>[A-Z][^<]{8,}</h1>")
                .containsPattern("<p>[A-Z][^<]{12,}\\.</p>")
                .contains("href=\"/\">To the shop</a>")
                .doesNotContain("Bearer", "..");
    }

    @ParameterizedTest
    @CsvSource({"1, in a moment", "2, in 2 seconds", "119, in 119 seconds", "120, in 2 minutes", "121, in 3 minutes"})
    void rateLimitPageHasTheRetryTimeAndALink(int seconds, String words) {
        Problem problem = Problem.of(ProblemType.TOO_MANY_REQUESTS, "Too many").retry(seconds);
        assertThat(page("GET", "/shop/cart", problem))
                .contains("Try again " + words + ".")
                .contains("href=\"/shop/cart\">Try again</a>");
    }

    @Test
    void errorPageLinksDoNotRepeatAPost() {
        Problem problem = Problem.of(ProblemType.UNAVAILABLE, "Try again in a moment");
        assertThat(page("POST", "/logout", problem)).doesNotContain("/logout");
        assertThat(page("POST", "/logout", Problem.of(ProblemType.UNAUTHENTICATED, "Send a token")))
                .contains("href=\"/login?returnTo=%2F\"");
    }

    @Test
    void unauthenticatedPageLinksToSignInAndBack() {
        assertThat(page("GET", "/orders", Problem.of(ProblemType.UNAUTHENTICATED, "Send a token")))
                .contains("href=\"/login?returnTo=%2Forders%3Flimit%3D5\">Sign in</a>");
    }

    @ParameterizedTest
    @CsvSource({"//evil.example/x", "/\\evil.example/x", "///evil.example/x"})
    void noLinkLeadsToAnotherHost(String path) {
        assertThat(page("GET", path, Problem.of(ProblemType.UNAVAILABLE, "Try again")))
                .contains("href=\"/evil.example/x\">Try again</a>");
    }

    @Test
    void theTraceIsNamedAndLinkedWhereItCanBeLookedAt() {
        Problem problem = Problem.of(ProblemType.INTERNAL_ERROR, "Noted")
                .with("errorId", Json.text("the-error"))
                .with("traceId", Json.text(TRACE));
        assertThat(page("GET", "/", problem))
                .contains("<code class=\"reference\">" + TRACE)
                .doesNotContain("the-error");
        assertThat(html(pages(Optional.of("http://localhost:4318/traces/{traceId}"))
                        .page(Request.head("GET", "/", "", Map.of()), problem)))
                .contains("href=\"http://localhost:4318/traces/" + TRACE + "\">" + TRACE);
    }

    @Test
    void errorPageHasTheErrorIdWithoutATrace() {
        Problem problem = Problem.of(ProblemType.INTERNAL_ERROR, "Noted").with("errorId", Json.text("the-error"));
        assertThat(page("GET", "/", problem)).contains("<code class=\"reference\">the-error");
    }

    private String page(String method, String path, Problem problem) {
        String query = path.equals("/orders") ? "limit=5" : "";
        return html(pages.page(Request.head(method, path, query, Map.of()), problem));
    }

    private static ProblemPages pages(Optional<String> traces) {
        return new ProblemPages(new Pages(new Storefront(false)), new TraceLink(traces));
    }

    private static String html(Optional<Response> page) {
        return page.orElseThrow().body() instanceof Response.Content content ? new String(content.bytes(), UTF_8) : "";
    }
}
