package dev.hexmart.adapter.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.RawConnection;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.Authenticator;
import dev.hexmart.adapter.http.access.StreamLimits;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.ServerSettings.Listener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityHeadersTest {

    private static final Map<String, String> EXPECTED = Map.of(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private static final Route[] ROUTES = {
        Route.get("/open", Access.OPEN, _ -> Response.empty(204)),
        Route.get("/mine", Access.SIGNED_IN, _ -> Response.empty(204)),
        Route.get(
                "/page",
                Access.OPEN,
                _ -> Response.content(200, "text/html", "").with("Content-Security-Policy", "default-src 'self'")),
        Route.get("/broken", Access.OPEN, _ -> {
            throw new IllegalStateException("on purpose");
        }),
    };

    @Test
    void everyAnswerTellsABrowserToKeepItToItself() {
        try (var service = TestService.of(ROUTES)) {
            for (String path : List.of("/open", "/mine", "/nothing-there", "/broken")) {
                Answer answer = service.call("GET", path).send();
                EXPECTED.forEach((name, value) -> assertThat(answer.headers().allValues(name))
                        .as(path + " " + name)
                        .containsExactly(value));
                assertThat(answer.headers().map())
                        .doesNotContainKeys("server", "x-powered-by", "strict-transport-security");
            }
        }
    }

    @Test
    void evenWhatNeverBecomesARequestIsAnsweredThatWay() {
        try (var service = TestService.of(ROUTES);
                var connection = RawConnection.to(service.port())) {
            String answer = connection.send("NONSENSE\r\n\r\n").response().toLowerCase(Locale.ROOT);
            assertThat(answer).startsWith("http/1.1 400");
            EXPECTED.forEach(
                    (name, value) -> assertThat(answer).contains((name + ": " + value).toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void aPageSaysForItselfWhatItMayLoad() {
        try (var service = TestService.of(ROUTES)) {
            assertThat(service.call("GET", "/page").send().headers().allValues("Content-Security-Policy"))
                    .containsExactly("default-src 'self'");
        }
    }

    @Test
    void noOtherSitesScriptIsGivenPermission() {
        try (var service = TestService.of(ROUTES)) {
            for (String path : List.of("/open", "/mine", "/nothing-there")) {
                Answer preflight = service.call("OPTIONS", path)
                        .header("Origin", "https://evil.example")
                        .header("Access-Control-Request-Method", "GET")
                        .header("Access-Control-Request-Headers", "authorization")
                        .send();
                assertThat(preflight.status()).isGreaterThanOrEqualTo(400);
                Answer simple = service.call("GET", path)
                        .header("Origin", "https://evil.example")
                        .send();
                for (Answer answer : List.of(preflight, simple)) {
                    assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
                }
            }
        }
    }

    @Test
    void hstsIsSentByHttpsOnlyServices() throws Exception {
        Listener anyPort = new Listener("127.0.0.1", 0, "TEST_PORT");
        Routes routes =
                new Routes(_ -> new Authenticator.Authentication.Anonymous(), RequestObserver.NONE, List.of(ROUTES));
        try (var server = ServiceServer.start(
                        new ServerSettings(anyPort, anyPort, TestService.quick(), StreamLimits.NONE, true),
                        routes,
                        List.of(),
                        List.of());
                HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Void> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/open"))
                            .build(),
                    BodyHandlers.discarding());
            assertThat(response.headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000; includeSubDomains");
        }
    }
}
