package dev.hexmart.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.BeginSignIn;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.CompleteSignIn;
import dev.hexmart.application.identity.EndSession;
import dev.hexmart.application.identity.InMemoryOpenIdProvider;
import dev.hexmart.application.identity.InMemorySessions;
import dev.hexmart.application.identity.InMemorySignInAttempts;
import dev.hexmart.application.identity.InMemoryTokens;
import dev.hexmart.application.identity.ResumeSession;
import dev.hexmart.application.identity.Session;
import dev.hexmart.application.identity.SessionId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInApiTest {

    private static final URI SHOP = URI.create("http://localhost:8080/");

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryTokens tokens = new InMemoryTokens();
    private final InMemoryOpenIdProvider provider = new InMemoryOpenIdProvider(tokens, clock);
    private final InMemorySessions sessions = new InMemorySessions();
    private final InMemorySignInAttempts attempts = new InMemorySignInAttempts();
    private final Supplier<String> secrets = () -> UUID.randomUUID().toString();
    private final SignInApi api = new SignInApi(
            new BeginSignIn(attempts, provider, secrets),
            new CompleteSignIn(attempts, provider, sessions, secrets, clock),
            new EndSession(sessions, provider),
            new SignInApi.Pages() {
                @Override
                public Response signedOut() {
                    return Response.content(200, "text/html", "signed out");
                }

                @Override
                public Response signInRefused() {
                    return Response.content(400, "text/html", "try again");
                }
            });
    private final TestService service = TestService.of(
            tokens,
            bearer -> new SessionAuthenticator(new ResumeSession(sessions, provider, clock), bearer, SHOP),
            Stream.concat(
                            api.routes().stream(),
                            Stream.of(Route.post("/change", Access.SIGNED_IN, _ -> Response.empty(204))))
                    .toList());

    private final Caller.Person alice = Callers.customer(Callers.somebody());

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void loggingInSendsTheBrowserToTheProviderAndMarksIt() {
        Answer answer = service.call("GET", "/login").send().hasStatus(302);
        assertThat(answer.header("Location")).startsWith("https://provider.example/authorize?");
        assertThat(answer.header("Set-Cookie"))
                .matches("__Host-sign-in=[^;]+; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void theCallbackStartsASessionAndGoesOnWhereOneWasAboutToGo() {
        Answer login =
                service.call("GET", "/login?returnTo=%2Forders%3Flimit%3D5").send();
        Answer answer = callback(login).hasStatus(303);
        assertThat(answer.header("Location")).isEqualTo("/orders?limit=5");
        assertThat(answer.header("Set-Cookie"))
                .matches("__Host-session=[^;]+; Path=/; Secure; HttpOnly; SameSite=Strict");
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void whoIsSignedInIsTold() {
        Answer me = service.call("GET", "/me").header("Cookie", signIn()).send().hasStatus(200);
        assertThat(me.json().getString("userId")).isEqualTo(alice.id().toString());
        assertThat(me.json().getString("name")).isEqualTo("Alice");
        assertThat(me.json().getJsonArray("roles")).isEmpty();
    }

    @Test
    void whoHasABearerTokenIsToldAsWell() {
        assertThat(service.get("/me", Callers.employee()).json().getJsonArray("roles"))
                .hasToString("[\"Catalog.Manage\",\"Orders.Manage\"]");
        assertThat(service.get("/me", Callers.service()).json().getString("clientId"))
                .isEqualTo("a-nightly-job");
        service.call("GET", "/me").send().isProblem(401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example", "", "%2F%0D%0Ax"})
    void nobodyIsSentElsewhere(String returnTo) {
        Answer answer = service.call("GET", "/login?returnTo=" + returnTo).send();
        answer.isProblem(400, "invalid-parameter");
        assertThat(answer.headers().map()).doesNotContainKeys("location", "set-cookie");
    }

    @Test
    void aCallbackInAnotherBrowserSignsNobodyIn() {
        Answer attackers = service.call("GET", "/login").send();
        String path = callbackPath(attackers);
        Answer victims = service.call("GET", "/login").send();
        for (String cookies : List.of("a=b", cookie(victims))) {
            Answer answer = service.call("GET", path).header("Cookie", cookies).send();
            answer.isProblem(400, "sign-in-refused");
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        }
    }

    @Test
    void aCallbackCountsOnce() {
        Answer login = service.call("GET", "/login").send();
        callback(login).hasStatus(303);
        callback(login).isProblem(400, "sign-in-refused");
    }

    @Test
    void aBrowserIsShownAPageWhereSigningInFailed() {
        Answer answer = service.call("GET", "/callback?error=access_denied&error_description=%3Cscript%3E&state=x")
                .header("Accept", "text/html,*/*")
                .send()
                .hasStatus(400);
        assertThat(answer.text()).isEqualTo("try again");
    }

    @Test
    void whatTheProviderRefusedCannotBeTriedOnceMore() {
        Answer login = service.call("GET", "/login").send();
        String state = state(login);
        service.call("GET", "/callback?error=access_denied&state=" + state)
                .header("Cookie", cookie(login))
                .send()
                .isProblem(400, "sign-in-refused");
        callback(login).isProblem(400, "sign-in-refused");
    }

    @Test
    void aSessionThatWasPlantedBeforehandIsNotTheOneThatStarts() {
        String planted = "__Host-session=planted";
        Answer login = service.call("GET", "/login").header("Cookie", planted).send();
        Answer answer = service.call("GET", callbackPath(login))
                .header("Cookie", cookie(login) + "; " + planted)
                .send()
                .hasStatus(303);
        assertThat(answer.header("Set-Cookie")).startsWith("__Host-session=").doesNotContain("planted");
        service.call("GET", "/me").header("Cookie", planted).send().hasStatus(401);
    }

    @Test
    void aSessionAndATokenAtOnceAreOneTooMany() {
        service.call("GET", "/me").header("Cookie", signIn()).by(alice).send().isProblem(400, "two-credentials");
    }

    @Test
    void aMadeUpOrDoubledSessionIsNobodys() {
        String session = signIn();
        for (String cookies : List.of(
                "__Host-session=made-up",
                "__Host-session=",
                session + "; " + session,
                "__Host-session=" + "x".repeat(5_000))) {
            service.call("GET", "/me").header("Cookie", cookies).send().isProblem(401, "unauthenticated");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, same-origin, hexmart, 204",
        "http://localhost:8080,            , hexmart, 204",
        "                     , same-origin, hexmart, 204",
        "                     ,            , hexmart, 403",
        "http://localhost:8080, same-origin,        , 403",
        "http://localhost:8090, same-site  , hexmart, 403",
        "http://evil.example  , cross-site , hexmart, 403",
        "null                 , cross-site , hexmart, 403",
        "http://localhost:8080, cross-site , hexmart, 403",
        "http://evil.example  , same-origin, hexmart, 403",
        "                     , none       , hexmart, 403",
    })
    void whatChangesSomethingMustComeFromOurOwnPages(String origin, String site, String own, int status) {
        TestService.Call call = service.call("POST", "/change").header("Cookie", signIn());
        call = Optional.ofNullable(origin).map(header(call, "Origin")).orElse(call);
        call = Optional.ofNullable(site).map(header(call, "Sec-Fetch-Site")).orElse(call);
        call = Optional.ofNullable(own).map(header(call, "X-Requested-By")).orElse(call);
        assertThat(call.send().status()).isEqualTo(status);
    }

    @Test
    void aBearerTokenNeedsNoPage() {
        service.call("POST", "/change").by(alice).send().hasStatus(204);
    }

    @Test
    void whoSignsOutIsOutWhateverCookieIsKept() {
        String session = signIn();
        Answer answer = fromOurPage("POST", "/logout", session).send().hasStatus(303);
        assertThat(answer.header("Location")).startsWith("https://provider.example/logout?");
        assertThat(answer.header("Set-Cookie"))
                .isEqualTo("__Host-session=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
        service.call("GET", "/me").header("Cookie", session).send().hasStatus(401);
    }

    @Test
    void aScriptThatSignsOutIsToldWhereToGo() {
        Answer answer = fromOurPage("POST", "/logout", signIn())
                .header("Accept", "application/json")
                .send()
                .hasStatus(200);
        assertThat(answer.json().getString("location")).startsWith("https://provider.example/logout?");
    }

    @Test
    void nobodyIsSignedOutByALinkOrAForm() {
        String session = signIn();
        service.call("GET", "/logout").header("Cookie", session).send().hasStatus(405);
        service.call("POST", "/logout").header("Cookie", session).send().hasStatus(403);
        service.call("GET", "/me").header("Cookie", session).send().hasStatus(200);
    }

    @Test
    void whomTheProviderHasSignedOutIsOut() {
        String session = signIn();
        String sid = sessions.find(new SessionId(session.substring("__Host-session=".length())))
                .flatMap(found -> found.signedIn().providerSession())
                .orElseThrow();
        service.call("GET", "/signed-out?sid=" + sid).send().hasStatus(200);
        service.call("GET", "/me").header("Cookie", session).send().hasStatus(401);
    }

    @Test
    void aSessionThatLiesIdleIsOver() {
        String session = signIn();
        clock.advance(Session.LONGEST_IDLE);
        service.call("GET", "/me").header("Cookie", session).send().isProblem(401, "unauthenticated");
    }

    @Test
    void aProviderThatIsDownIsNoReasonToSignAnybodyOut() {
        Answer login = service.call("GET", "/login").send();
        String path = callbackPath(login);
        provider.breakDown();
        service.call("GET", path).header("Cookie", cookie(login)).send().isProblem(503, "unavailable");
    }

    private static Function<String, TestService.Call> header(TestService.Call call, String name) {
        return value -> call.header(name, value);
    }

    private TestService.Call fromOurPage(String method, String path, String session) {
        return service.call(method, path)
                .header("Cookie", session)
                .header("Origin", "http://localhost:8080")
                .header("X-Requested-By", "hexmart");
    }

    private String signIn() {
        return cookie(callback(service.call("GET", "/login").send()).hasStatus(303));
    }

    private Answer callback(Answer login) {
        return service.call("GET", callbackPath(login))
                .header("Cookie", cookie(login))
                .send();
    }

    private String callbackPath(Answer login) {
        String code = provider.signIn(URI.create(login.header("Location")), alice);
        return "/callback?code=" + code + "&state=" + state(login);
    }

    private static String state(Answer login) {
        return InMemoryOpenIdProvider.parameter(URI.create(login.header("Location")), "state")
                .orElseThrow();
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").split(";", 2)[0];
    }
}
