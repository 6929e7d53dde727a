package dev.hexmart.adapter.http.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.Limited;
import dev.hexmart.adapter.http.RawConnection;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.Authenticator;
import dev.hexmart.adapter.http.exchange.Handler;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.json.Json;
import dev.hexmart.adapter.json.JsonInput;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {

    private static final Handler ECHO = request -> {
        String said = request.json(DispatcherTest::say);
        return Response.json(200, Json.object().add("said", said).build());
    };

    private static String say(JsonInput input) {
        var members = input.members();
        return members.build(members.required("say", JsonInput::text));
    }

    private static Handler ok() {
        return _ -> Response.content(200, "text/plain", "ok");
    }

    @Test
    void anOpenRouteAsksForNoToken() {
        try (var service = TestService.of(Route.get("/open", Access.OPEN, ok()))) {
            var answer = service.call("GET", "/open").send().hasStatus(200);
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void withoutATokenTheAnswerSaysHowToSendOne() {
        try (var service = TestService.of(Route.get("/mine", Access.SIGNED_IN, ok()))) {
            var answer = service.call("GET", "/mine").send().isProblem(401, "unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer nonsense",
                "Bearer ",
                "Bearer",
                "Basic YWxpY2U6YWxpY2U=",
                "nonsense",
                "Bearer a b",
                "Negotiate x"
            })
    void aBadTokenIsRefusedWithoutSayingWhatIsWrongWithIt(String authorization) {
        try (var service = TestService.of(Route.get("/mine", Access.SIGNED_IN, ok()))) {
            var answer = service.call("GET", "/mine")
                    .header("Authorization", authorization)
                    .send()
                    .isProblem(401, "unauthenticated");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void twoTokensAreRefusedEvenIfOneIsGood() {
        try (var service = TestService.of(Route.get("/mine", Access.SIGNED_IN, ok()))) {
            service.call("GET", "/mine")
                    .by(Callers.employee())
                    .header("Authorization", "Bearer nonsense")
                    .send()
                    .isProblem(401, "unauthenticated");
        }
    }

    @Test
    void theSchemesNameMayBeWrittenInAnyCase() {
        try (var service = TestService.of(Route.get("/mine", Access.SIGNED_IN, ok()))) {
            String token = service.tokens().issue(Callers.service());
            service.call("GET", "/mine")
                    .header("Authorization", "bearer " + token)
                    .send()
                    .hasStatus(200);
        }
    }

    @Test
    void unverifiableTokenIs503WithRetryAfter() {
        try (var service = TestService.of(Route.get("/mine", Access.SIGNED_IN, ok()))) {
            var call = service.call("GET", "/mine").by(Callers.employee());
            service.tokens().breakDown();
            var answer = call.send().isProblem(503, "unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void forbiddenNamesTheRequiredRole() {
        var manage = new Access.Requires(Role.ORDERS_MANAGE);
        try (var service = TestService.of(Route.get("/all", manage, ok()))) {
            var answer = service.get("/all", Callers.customer(Callers.newCustomerId()))
                    .isProblem(403, "forbidden");
            assertThat(answer.json().getString("detail")).contains("Orders.Manage");
        }
    }

    @Test
    void unauthorizedRequestIsAnsweredBeforeItsBodyIsRead() {
        var handled = Collections.synchronizedList(new ArrayList<String>());
        Handler note = request -> {
            handled.add(request.path());
            return Response.empty(204);
        };
        try (var service = TestService.of(Route.post("/say", Access.SIGNED_IN, note));
                var raw = RawConnection.to(service.port())) {
            raw.send(
                    "POST /say HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
            assertThat(raw.response()).startsWith("HTTP/1.1 401");
            assertThat(handled).isEmpty();
        }
    }

    @Test
    void anUnknownPathIsAProblem() {
        try (var service = TestService.of(Route.get("/known", Access.SIGNED_IN, ok()))) {
            var answer = service.call("GET", "/un%20known?x=y").send().isProblem(404, "not-found");
            assertThat(answer.json().getString("instance")).isEqualTo("/un%20known");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "OPTIONS", "TRACE", "FROBNICATE"})
    void aKnownPathNamesTheMethodsThatItKnows(String method) {
        try (var service = TestService.of(
                Route.get("/things/{id}", Access.SIGNED_IN, ok()),
                Route.delete("/things/{id}", Access.SIGNED_IN, Object.class, ok()))) {
            var answer = service.call(method, "/things/7").send().isProblem(405, "method-not-allowed");
            assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, HEAD");
        }
    }

    @Test
    void headIsGetWithoutTheBody() {
        try (var service = TestService.of(Route.get("/open", Access.OPEN, ok()))) {
            var answer = service.call("HEAD", "/open").send().hasStatus(200);
            assertThat(answer.header("Content-Length")).isEqualTo("2");
            assertThat(answer.text()).isEmpty();
        }
    }

    @Test
    void aRouteForAnyMethodSeesTheRequestAsItCame() {
        Handler describe = request -> Response.content(
                200,
                "text/plain",
                request.method() + " " + request.path() + "?" + request.query() + " " + request.headerValues("X-Thing")
                        + " " + new String(request.body(), UTF_8));
        try (var service = TestService.of(Route.any("/all/{+rest}", Access.OPEN, describe))) {
            var answer = service.call("PATCH", "/all/a%2Fb/c?x=%20&y")
                    .header("X-Thing", "1")
                    .body(BodyPublishers.ofString("raw"))
                    .send()
                    .hasStatus(200);
            assertThat(answer.text()).isEqualTo("PATCH /all/a%2Fb/c?x=%20&y [1] raw");
        }
    }

    @Test
    void aFailureWithinTellsNothingButANumber() {
        Handler broken = _ -> {
            throw new IllegalStateException("SELECT secret FROM java.lang.Thing");
        };
        try (var service = TestService.of(Route.get("/broken", Access.OPEN, broken))) {
            var answer = service.call("GET", "/broken").send().isProblem(500, "internal-error");
            assertThat(answer.text()).doesNotContain("secret");
            assertThat(answer.json().getString("errorId")).hasSize(36);
        }
    }

    @Test
    void aPermanentFailureIsOursAndATemporaryOneIsWorthAnotherTry() {
        Handler broken = request -> {
            if (request.path().equals("/mend-me")) {
                throw new PermanentFailure("relation \"orders\" does not exist");
            }
            throw new TemporaryFailure("connection to 10.0.0.7 refused");
        };
        try (var service =
                TestService.of(Route.get("/mend-me", Access.OPEN, broken), Route.get("/later", Access.OPEN, broken))) {
            service.call("GET", "/mend-me").send().isProblem(500, "internal-error");
            var later = service.call("GET", "/later").send().isProblem(503, "unavailable");
            assertThat(later.header("Retry-After")).isEqualTo("1");
            assertThat(later.text()).doesNotContain("10.0.0.7");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "nonsense", "{\"say\": \"a\"} x", "{\"say\": 'a'}", "{\"say\": \"a\", \"say\": \"b\"}"})
    void invalidJsonIsMalformed(String body) {
        try (var service = TestService.of(Route.post("/say", Access.OPEN, ECHO))) {
            service.call("POST", "/say").json(body).send().isProblem(400, "malformed-request");
        }
    }

    @Test
    void aBodyThatIsNestedTooDeepIsMalformed() {
        try (var service = TestService.of(Route.post("/say", Access.OPEN, ECHO))) {
            service.call("POST", "/say")
                    .json("{\"say\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}")
                    .send()
                    .isProblem(400, "malformed-request");
        }
    }

    @Test
    void aBodyThatIsNotUtf8IsMalformed() {
        byte[] latin1 = {'{', '"', 's', 'a', 'y', '"', ':', '"', (byte) 0xe4, '"', '}'};
        try (var service = TestService.of(Route.post("/say", Access.OPEN, ECHO))) {
            service.call("POST", "/say")
                    .header("Content-Type", "application/json")
                    .body(BodyPublishers.ofByteArray(latin1))
                    .send()
                    .isProblem(400, "malformed-request");
        }
    }

    @Test
    void aWrongBodyNamesThePlace() {
        try (var service = TestService.of(Route.post("/say", Access.OPEN, ECHO))) {
            var answer =
                    service.call("POST", "/say").json("{\"say\": 1}").send().isProblem(400, "invalid-body");
            assertThat(answer.faults()).containsExactly("/say");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=UTF-8", "application/json;charset=utf-8"})
    void jsonIsTakenUnderItsNames(String type) {
        try (var service = TestService.of(Route.post("/say", Access.OPEN, ECHO))) {
            var answer = service.call("POST", "/say")
                    .header("Content-Type", type)
                    .body(BodyPublishers.ofString("{\"say\": \"grün\"}"))
                    .send()
                    .hasStatus(200);
            assertThat(answer.json().getString("said")).isEqualTo("grün");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "nonsense"
            })
    void anythingButJsonIsUnsupported(String type) {
        try (var service = TestService.of(Route.post("/say", Access.OPEN, ECHO))) {
            service.call("POST", "/say")
                    .header("Content-Type", type)
                    .body(BodyPublishers.ofString("{\"say\": \"a\"}"))
                    .send()
                    .isProblem(415, "unsupported-media-type");
        }
    }

    @Test
    void aBodyWithoutATypeIsUnsupported() {
        try (var service = TestService.of(Route.post("/say", Access.OPEN, ECHO))) {
            service.call("POST", "/say")
                    .body(BodyPublishers.ofString("{\"say\": \"a\"}"))
                    .send()
                    .isProblem(415, "unsupported-media-type");
        }
    }

    @Test
    void aBodyJustWithinTheLimitIsTaken() {
        try (var service = TestService.of(Route.post("/say", Access.OPEN, ECHO))) {
            int rest = 64 * 1024 - "{\"say\":\"\"}".length();
            service.call("POST", "/say")
                    .json("{\"say\":\"" + "x".repeat(rest) + "\"}")
                    .send()
                    .hasStatus(200);
        }
    }

    @Test
    void requestsBeyondTheQueueAreRefused() throws Exception {
        var entered = new CountDownLatch(2);
        var leave = new CountDownLatch(1);
        Handler slow = _ -> {
            entered.countDown();
            await(leave);
            return Response.empty(204);
        };
        var limits = Limited.to(2, 0, 10);
        try (var service = TestService.of(limits, Route.get("/slow", Access.OPEN, slow));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> served = List.of(
                    threads.submit(() -> service.call("GET", "/slow").send()),
                    threads.submit(() -> service.call("GET", "/slow").send()));
            entered.await();
            var refused = service.call("GET", "/slow").send().isProblem(503, "unavailable");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            leave.countDown();
            for (var one : served) {
                one.get().hasStatus(204);
            }
            service.call("GET", "/slow").send().hasStatus(204);
        }
    }

    @Test
    void problemContainsTheTraceId() {
        RequestObserver observer = (_, _) -> new RequestObserver.Observation() {
            @Override
            public Optional<String> traceId() {
                return Optional.of("4bf92f3577b34da6a3ce929d0e0e4736");
            }

            @Override
            public void end(int status, Optional<Throwable> failure) {}
        };
        try (var service = TestService.of(observer, Route.get("/things", Access.CUSTOMER, ok()))) {
            assertThat(service.call("GET", "/things")
                            .send()
                            .hasStatus(401)
                            .json()
                            .getString("traceId"))
                    .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }
    }

    @Test
    void anObserverSeesWhereAnAnswerBecomesAStream() {
        var seen = Collections.synchronizedList(new ArrayList<String>());
        RequestObserver observer = (_, _) -> new RequestObserver.Observation() {
            @Override
            public void streaming() {
                seen.add("begins");
            }

            @Override
            public void end(int status, Optional<Throwable> failure) {
                seen.add("ends with " + status);
            }
        };
        Handler streaming = _ -> new Response(200, List.of(), new Response.Streamed("text/event-stream", out -> {
            seen.add("event");
            out.send("data: {}\n\n");
        }));
        try (var service = TestService.of(observer, Route.get("/events", Access.OPEN, streaming))) {
            service.call("GET", "/events").send();
        }
        assertThat(seen).containsExactly("begins", "event", "ends with 200");
    }

    @Test
    void anObserverSeesEachRequestWithItsRouteAndItsEnd() {
        var seen = Collections.synchronizedList(new ArrayList<String>());
        RequestObserver observer =
                (head, route) -> (status, failure) -> seen.add(head.method() + " " + route.orElse("-") + " " + status
                        + " " + failure.map(Throwable::getMessage).orElse("-"));
        Handler broken = _ -> {
            throw new IllegalStateException("broken");
        };
        try (var service = TestService.of(
                observer,
                Route.get("/things/{id}", Access.OPEN, ok()),
                Route.post("/things/{id}", Access.OPEN, broken))) {
            service.call("GET", "/things/7").send();
            service.call("POST", "/things/7").send();
            service.call("PUT", "/things/7").send();
            service.call("GET", "/nowhere").send();
        }
        assertThat(seen)
                .containsExactly(
                        "GET /things/{id} 200 -",
                        "POST /things/{id} 500 broken",
                        "PUT /things/{id} 405 -",
                        "GET - 404 -");
    }

    @Test
    void twoRoutesForOneThingAreAMistake() {
        var twice = List.of(Route.get("/a", Access.OPEN, ok()), Route.get("/a", Access.OPEN, ok()));
        assertThatThrownBy(() ->
                        new Routes(_ -> new Authenticator.Authentication.Anonymous(), RequestObserver.NONE, twice))
                .hasMessageContaining("GET /a");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
