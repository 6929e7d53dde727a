package dev.hexmart.adapter.http.api.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.Answer;
import dev.hexmart.adapter.http.TestService;
import dev.hexmart.adapter.http.access.Access;
import dev.hexmart.adapter.http.access.Cookies;
import dev.hexmart.adapter.http.access.SessionAuthenticator;
import dev.hexmart.adapter.http.exchange.Response;
import dev.hexmart.adapter.http.server.Route;
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
import dev.hexmart.application.identity.Secrets;
import dev.hexmart.application.identity.Session;
import dev.hexmart.application.identity.SessionId;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    private final Supplier<String> secrets = Secrets::random;
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
                public Response signInRefused(SignInRefusal refusal) {
                    return Response.content(
                            400,
                            "text/html",
                            refusal.title() + "|" + refusal.code().orElse("") + "|" + refusal.returnTo());
                }

                @Override
                public Response reload() {
                    return Response.content(200, "text/html", "reload");
                }
            },
            SHOP,
            URI.create("https://provider.example"));
    private final TestService service = TestService.of(
            tokens,
            bearer -> new SessionAuthenticator(new ResumeSession(sessions, provider, clock), bearer, SHOP),
            Stream.concat(
                            api.routes().stream(),
                            Stream.of(Route.post("/change", Access.SIGNED_IN, _ -> Response.empty(204))))
                    .toList());

    private final Caller.Person alice = Callers.customer(Callers.newCustomerId());

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void loggingInSendsTheBrowserToTheProviderAndMarksIt() {
        Answer answer = service.call("GET", "/login").send().hasStatus(302);
        assertThat(answer.header("Location")).startsWith("https://provider.example/authorize?");
        assertThat(answer.header("Set-Cookie"))
                .matches("__Host-sign-in-[^=;]{16}=[^;]+; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600");
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
    void callerOfASessionIsReturned() {
        Answer me = service.call("GET", "/me").header("Cookie", signIn()).send().hasStatus(200);
        assertThat(me.json().getString("userId")).isEqualTo(alice.id().toString());
        assertThat(me.json().getString("name")).isEqualTo("Alice");
        assertThat(me.json().getJsonArray("roles")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"X-Background-Request, true, 401", "Accept, text/event-stream, 401", "Accept, application/json, 200"})
    void onlyRequestsOfAPersonKeepASessionFromBeingIdle(String header, String value, int expected) {
        String session = signIn();
        clock.advance(Session.LONGEST_IDLE.minusMinutes(1));
        service.call("GET", "/me")
                .header("Cookie", session)
                .header(header, value)
                .send()
                .hasStatus(200);
        clock.advance(Duration.ofMinutes(2));
        service.call("GET", "/me").header("Cookie", session).send().hasStatus(expected);
    }

    @Test
    void callerOfABearerTokenIsReturned() {
        assertThat(service.get("/me", Callers.employee()).json().getJsonArray("roles"))
                .hasToString("[\"Catalog.Manage\",\"Orders.Manage\"]");
        assertThat(service.get("/me", Callers.service()).json().getString("clientId"))
                .isEqualTo("a-nightly-job");
        service.call("GET", "/me").send().isProblem(401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example", "", "%2F%0D%0Ax"})
    void returnToAnotherSiteIsRefused(String returnTo) {
        Answer answer = service.call("GET", "/login?returnTo=" + returnTo).send();
        answer.isProblem(400, "invalid-parameter");
        assertThat(answer.headers().map()).doesNotContainKeys("location", "set-cookie");
    }

    @Test
    void callbackInAnotherBrowserIsRefused() {
        Answer attackers = service.call("GET", "/login").send();
        String path = callbackPath(attackers);
        Answer victims = service.call("GET", "/login").send();
        String forged = cookie(attackers).split("=", 2)[0] + "=made-up";
        for (String cookies : List.of("a=b", cookie(victims), forged)) {
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
    void goingBackToTheCallbackAfterSigningInLeadsToTheShop() {
        Answer login = service.call("GET", "/login?returnTo=%2Fshop%2Forders").send();
        String session = cookie(callback(login).hasStatus(303));

        for (String query : List.of("code=used&state=" + state(login), "error=access_denied&state=" + state(login))) {
            Answer answer = service.call("GET", "/callback?" + query)
                    .header("Cookie", cookie(login) + "; " + session)
                    .send()
                    .hasStatus(303);
            assertThat(answer.header("Location")).isEqualTo("/");
        }
        service.call("GET", "/me").header("Cookie", session).send().hasStatus(200);
    }

    @Test
    void crossSiteCallbackIsReloadedForTheStrictCookie() {
        TestService.Call call =
                service.call("GET", "/callback?code=used&state=x").header("Accept", "text/html");

        assertThat(call.header("Sec-Fetch-Site", "cross-site")
                        .send()
                        .hasStatus(200)
                        .text())
                .isEqualTo("reload");
        call.header("Sec-Fetch-Site", "same-origin").send().hasStatus(400);
    }

    @Test
    void tabsThatBeginAtTheSameTimeWithoutACookieAllComeBack() {
        List<Answer> tabs = IntStream.range(0, 6)
                .mapToObj(tab -> service.call("GET", "/login?returnTo=%2Fshop%2Forders%3Ftab%3D" + tab)
                        .send())
                .toList();
        String cookies = tabs.stream().map(SignInApiTest::cookie).collect(Collectors.joining("; "));

        for (int tab = 0; tab < tabs.size(); tab++) {
            Answer back = service.call("GET", callbackPath(tabs.get(tab)))
                    .header("Cookie", cookies)
                    .send()
                    .hasStatus(303);
            assertThat(back.header("Location")).isEqualTo("/shop/orders?tab=" + tab);
        }
    }

    @Test
    void theOldestOfTooManySignInsIsForgottenByTheBrowser() {
        List<String> marks = IntStream.range(0, Cookies.MOST_SIGN_INS)
                .mapToObj(_ -> cookie(service.call("GET", "/login").send()))
                .toList();

        Answer full = service.call("GET", "/login")
                .header("Cookie", String.join("; ", marks))
                .send();

        String oldest = marks.getFirst().split("=", 2)[0];
        assertThat(full.headers().allValues("Set-Cookie"))
                .hasSize(2)
                .contains(oldest + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access_denied | AADSTS50105: The signed in user is not assigned | You are not assigned to this shop |"
                        + " access_denied, AADSTS50105",
                "access_denied | AADSTS65004: declined                           | You have declined                 |"
                        + " access_denied, AADSTS65004",
                "access_denied |                                                 | You have not signed in            |"
                        + " access_denied",
                "invalid_client | AADSTS65001: not consented                     | An administrator has to approve"
                        + " this shop | invalid_client, AADSTS65001",
                "consent_required |                                              | An administrator has to approve"
                        + " this shop | consent_required",
                "interaction_required | AADSTS50076: second factor               | A second factor is needed         |"
                        + " interaction_required, AADSTS50076",
                "server_error  | AADSTS90033: try later                          | The identity provider cannot sign"
                        + " you in now | server_error, AADSTS90033",
                "temporarily_unavailable |                                       | The identity provider cannot sign"
                        + " you in now | temporarily_unavailable",
                "invalid_scope | AADSTS70011: bad scope                          | The shop is not registered as it"
                        + " should be | invalid_scope, AADSTS70011",
                "something_new | AADSTS999999: unheard of                        | That did not sign you in          |"
                        + " something_new, AADSTS999999",
                "<b>x</b>      | <script>AADSTS1</script>                        | That did not sign you in          |"
                        + " no error code",
            })
    void aDenialOfTheProviderIsToldWithItsCodeAndWithoutItsText(
            String error, String description, String title, String code) {
        Answer login = service.call("GET", "/login?returnTo=%2Fshop%2Fcart").send();
        String path = "/callback?error=" + encoded(error) + "&state=" + state(login)
                + (description == null ? "" : "&error_description=" + encoded(description));

        Answer page = service.call("GET", path)
                .header("Cookie", cookie(login))
                .header("Accept", "text/html,*/*;q=0.8")
                .send()
                .hasStatus(400);

        assertThat(page.text()).isEqualTo(title + "|" + code + "|/shop/cart");
    }

    @Test
    void aDenialIsToldToProgramsWithItsCode() {
        Answer login = service.call("GET", "/login").send();
        Answer answer = service.call(
                        "GET",
                        "/callback?error=access_denied&error_description=AADSTS50105%3A+not+assigned&state="
                                + state(login))
                .header("Cookie", cookie(login))
                .send();
        answer.isProblem(400, "sign-in-refused");
        assertThat(answer.text()).contains("access_denied, AADSTS50105").doesNotContain("not assigned:");
    }

    @Test
    void aDenialOfASignInThatIsNotUnderWayHereIsNotBelieved() {
        Answer answer = service.call("GET", "/callback?error=access_denied&error_description=AADSTS50105&state=x")
                .header("Accept", "text/html,*/*;q=0.8")
                .send()
                .hasStatus(400);
        assertThat(answer.text()).isEqualTo("Your browser sent no cookie back||/");
    }

    @Test
    void aBrowserWithoutAnyCookieIsToldSoAndOneThatIsLateIsToldThat() {
        Answer login = service.call("GET", "/login").send();
        String path = callbackPath(login);

        Answer none =
                service.call("GET", path).header("Accept", "text/html").send().hasStatus(400);
        assertThat(none.text()).startsWith("Your browser sent no cookie back|");

        callback(login).hasStatus(303);
        Answer late = service.call("GET", path)
                .header("Cookie", cookie(login))
                .header("Accept", "text/html")
                .send()
                .hasStatus(400);
        assertThat(late.text()).startsWith("That did not sign you in|");
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8080, true", "https://shop.example, false"})
    void safariIsNamedWhereItDropsTheCookie(String shop, boolean named) {
        String advice = SignInRefusal.noCookie(URI.create(shop)).advice();
        assertThat(advice.contains("Safari")).isEqualTo(named);
    }

    @Test
    void refusedCodeCannotBeUsedAgain() {
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
    void forgedOrDuplicateSessionCookieIsRejected() {
        String session = signIn();
        for (String cookies : List.of(
                "__Host-session=" + Secrets.random(),
                "__Host-session=made-up",
                "__Host-session=",
                session + "; " + session,
                session + "x",
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
    void signOutInvalidatesCopiesOfTheCookie() {
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
    void signingOutWithAnEndedSessionOrNoneSignsOutAtTheProviderToo() {
        String session = signIn();
        fromOurPage("POST", "/logout", session).send().hasStatus(303);

        for (String cookies : List.of(session, "__Host-session=" + Secrets.random(), "__Host-session=made-up", "a=b")) {
            Answer answer = fromOurPage("POST", "/logout", cookies)
                    .header("Accept", "application/json")
                    .send()
                    .hasStatus(200);
            assertThat(answer.json().getString("location"))
                    .startsWith("https://provider.example/logout?")
                    .contains("signed-out");
        }
    }

    @Test
    void crossSiteSignOutIsRefused() {
        String session = signIn();
        service.call("GET", "/logout").header("Cookie", session).send().hasStatus(405);
        service.call("POST", "/logout").header("Cookie", session).send().hasStatus(403);
        // Without the strict cookie, as a form of another site sends it: the answer would take the cookie away.
        Answer form = service.call("POST", "/logout")
                .header("Sec-Fetch-Site", "cross-site")
                .send()
                .hasStatus(403);
        assertThat(form.headers().map()).doesNotContainKey("set-cookie");
        service.call("GET", "/me").header("Cookie", session).send().hasStatus(200);
    }

    @Test
    void frontChannelLogoutEndsTheSession() {
        String session = signIn();
        String sid = sessions.find(new SessionId(session.substring("__Host-session=".length())))
                .flatMap(found -> found.signedIn().providerSession())
                .orElseThrow();
        service.call("GET", "/signed-out?sid=" + sid).send().hasStatus(200);
        service.call("GET", "/me").header("Cookie", session).send().hasStatus(401);
    }

    @Test
    void onlyTheProviderMayFrameTheAnswerToAFrontChannelLogout() {
        Answer framed = service.call("GET", "/signed-out?sid=x").send().hasStatus(200);
        assertThat(framed.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; frame-ancestors https://provider.example");
        assertThat(framed.text()).as("nothing to click in a frame").isEmpty();
        Answer page = service.call("GET", "/signed-out").send().hasStatus(200);
        assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        assertThat(page.text()).isEqualTo("signed out");
    }

    @Test
    void aSessionThatLiesIdleIsOver() {
        String session = signIn();
        clock.advance(Session.LONGEST_IDLE);
        service.call("GET", "/me").header("Cookie", session).send().isProblem(401, "unauthenticated");
    }

    @Test
    void providerOutageEndsNoSession() {
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

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String state(Answer login) {
        return InMemoryOpenIdProvider.parameter(URI.create(login.header("Location")), "state")
                .orElseThrow();
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").split(";", 2)[0];
    }
}
