package dev.hexmart.tools.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.identity.keys.Base64Url;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationEndpointTest {

    private static final String CALLBACK = "http://localhost:8080/callback";
    private static final String VERIFIER = "the-verifier-is-at-least-forty-three-characters-long";
    private static final Map<String, String> SIGN_IN = Map.of(
            "client_id", Directory.CLIENT_ID.toString(),
            "response_type", "code",
            "redirect_uri", CALLBACK,
            "scope", "openid offline_access api://22222222-2222-2222-2222-222222222222/access_as_user",
            "state", "a state & more",
            "nonce", "a nonce",
            "code_challenge", Base64Url.sha256(VERIFIER),
            "code_challenge_method", "S256");
    private static final Map<String, String> ALICE = Visitor.with(SIGN_IN, "login_hint", "alice");
    private static final Pattern LINK = Pattern.compile("id=\"user-(\\w+)\" href=\"([^\"]+)\"");

    private static final AtomicReference<Instant> TIME = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    private static IdentityProvider provider;
    private static Visitor visitor;

    @BeforeAll
    static void start() {
        provider = IdentityProvider.start(
                IdentityProviderSettings.local().withPort(0).withClock(TIME::get));
        visitor = new Visitor(provider);
    }

    @AfterAll
    static void stop() {
        visitor.close();
        provider.close();
    }

    @Test
    void pageSignsEachUserInWithOneClick() throws GeneralSecurityException {
        HttpResponse<String> page = visitor.get(Visitor.SIGN_IN, SIGN_IN);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        Matcher links = LINK.matcher(page.body());
        for (User user : Directory.local().users()) {
            assertThat(links.find()).isTrue();
            assertThat(links.group(1)).isEqualTo(user.login());
            HttpResponse<String> signedIn =
                    visitor.get(Visitor.SIGN_IN + links.group(2).replace("&amp;", "&"));
            JsonObject answer = visitor.token(redemption(answer(signedIn).require("code")));
            assertThat(visitor.verified(answer.getString("access_token")).getString("oid"))
                    .isEqualTo(user.objectId().toString());
        }
        assertThat(links.find()).isFalse();
    }

    @Test
    void thePageRunsNoForeignScript() {
        HttpResponse<String> page =
                visitor.get(Visitor.SIGN_IN, Visitor.with(SIGN_IN, "state", "\"><script>alert(1)</script>"));

        assertThat(page.body()).doesNotContain("<script>");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void aLoginHintSignsInWithoutThePage() {
        HttpResponse<String> response = visitor.get(Visitor.SIGN_IN, ALICE);

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(location(response)).startsWith(CALLBACK + "?");
        assertThat(answer(response).values().keySet()).containsExactlyInAnyOrder("code", "state");
        assertThat(answer(response).require("state")).isEqualTo("a state & more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "select_account", "consent login"})
    void promptShowsThePageInSpiteOfAHint(String prompt) {
        HttpResponse<String> page = visitor.get(Visitor.SIGN_IN, Visitor.with(ALICE, "prompt", prompt));

        Matcher links = LINK.matcher(page.body());
        assertThat(links.find()).isTrue();
        assertThat(visitor.get(Visitor.SIGN_IN + links.group(2).replace("&amp;", "&"))
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void unknownLoginHintShowsThePage() {
        assertThat(visitor.get(Visitor.SIGN_IN, Visitor.with(SIGN_IN, "login_hint", "nobody"))
                        .body())
                .contains("user-alice");
    }

    @Test
    void theIdTokenHasTheNonceAndTheRefreshedOneHasNone() throws GeneralSecurityException {
        JsonObject answer = visitor.token(redemption(code()));

        JsonObject idToken = visitor.verified(answer.getString("id_token"));
        assertThat(idToken.getString("nonce")).isEqualTo("a nonce");
        assertThat(idToken.getString("sid")).isNotEmpty();
        assertThat(visitor.verified(answer.getString("access_token"))).doesNotContainKey("nonce");
        JsonObject refreshed = visitor.token(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                Directory.CLIENT_ID.toString(),
                "client_secret",
                Directory.CLIENT_SECRET,
                "refresh_token",
                answer.getString("refresh_token")));
        assertThat(visitor.verified(refreshed.getString("id_token")))
                .doesNotContainKey("nonce")
                .containsEntry("sid", idToken.get("sid"));
    }

    @Test
    void theAccessTokenSaysThatTheClientHasASecret() throws GeneralSecurityException {
        JsonObject answer = visitor.token(redemption(code()));

        assertThat(visitor.verified(answer.getString("access_token")).getString("azpacr"))
                .isEqualTo("1");
    }

    @Test
    void aFormPostCarriesTheAnswerInAFormThatSubmitsItself() {
        Map<String, String> request = Visitor.with(
                Visitor.with(ALICE, "response_mode", "form_post"), "state", "\"><script>alert(1)</script>");

        HttpResponse<String> page = visitor.get(Visitor.SIGN_IN, request);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<form method=\"post\" action=\"" + CALLBACK + "\">")
                .contains("name=\"state\" value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
                .doesNotContain("<script>");
        Matcher code = Pattern.compile("name=\"code\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(code.find()).isTrue();
        assertThat(visitor.token(redemption(code.group(1)))).containsKey("access_token");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action " + CALLBACK);
    }

    @Test
    void anErrorCanComeByFormPostToo() {
        Map<String, String> request =
                Visitor.with(Visitor.with(SIGN_IN, "response_mode", "form_post"), "prompt", "none");

        assertThat(visitor.get(Visitor.SIGN_IN, request).body()).contains("name=\"error\" value=\"login_required\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/callback", "http://localhost:1/callback", "http://localhost:54321/callback"})
    void aCodeMayBeSentToAnyPortOfThisMachine(String redirectUri) {
        HttpResponse<String> response = visitor.get(Visitor.SIGN_IN, Visitor.with(ALICE, "redirect_uri", redirectUri));

        assertThat(location(response)).startsWith(redirectUri + "?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/callback",
                "https://localhost:8080/callback",
                "http://localhost:8080/callback/",
                "http://localhost:8080/callback?x=1",
                "http://localhost:8080/callback#x",
                "http://localhost:8080/other",
                "http://localhost:8080/a/../callback",
                "http://localhost:8080@evil.example/callback",
                "http://localhost.evil.example/callback",
                "http://localhost:123456/callback",
                "http://LOCALHOST:8080/callback",
                "http://localhost:8080/callback\r\nSet-Cookie: x",
                "javascript:alert(1)",
                "//localhost:8080/callback"
            })
    void aCodeIsSentNowhereElse(String redirectUri) {
        HttpResponse<String> response = visitor.get(Visitor.SIGN_IN, Visitor.with(ALICE, "redirect_uri", redirectUri));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Location")).isEmpty();
        assertThat(Visitor.json(response.body()).getJsonArray("error_codes").getInt(0))
                .isEqualTo(50011);
    }

    @ParameterizedTest
    @CsvSource({
        "client_id,     99999999-9999-9999-9999-999999999999, 700016",
        "client_id,     '',                                   900144",
        "redirect_uri,  '',                                   900144",
        "response_mode, fragment,                             9002313",
    })
    void withoutAPlaceToSendItToAnErrorStaysHere(String parameter, String value, int code) {
        HttpResponse<String> response = visitor.get(Visitor.SIGN_IN, Visitor.with(ALICE, parameter, value));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Visitor.json(response.body()).getJsonArray("error_codes").getInt(0))
                .isEqualTo(code);
    }

    @Test
    void aBrowserIsToldOfAnErrorOnAPage() {
        HttpResponse<String> response = visitor.send(
                visitor.request(Visitor.SIGN_IN + "?client_id=%3Cscript%3E").header("Accept", "text/html,*/*"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(response.body())
                .contains("AADSTS700016: Application with identifier &#39;&lt;script&gt;&#39; was not found");
    }

    @ParameterizedTest
    @CsvSource({
        "response_type,         id_token,                unsupported_response_type",
        "response_type,         '',                      invalid_request",
        "scope,                 '',                      invalid_request",
        "scope,                 api://other/access,      invalid_scope",
        "code_challenge,        '',                      invalid_request",
        "code_challenge,        short,                   invalid_request",
        "code_challenge_method, plain,                   invalid_request",
        "code_challenge_method, '',                      invalid_request",
    })
    void aWrongRequestIsAnsweredToTheClient(String parameter, String value, String error) {
        HttpResponse<String> response = visitor.get(Visitor.SIGN_IN, Visitor.with(ALICE, parameter, value));

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(location(response)).startsWith(CALLBACK + "?");
        assertThat(answer(response).require("error")).isEqualTo(error);
        assertThat(answer(response).require("error_description")).startsWith("AADSTS");
        assertThat(answer(response).require("state")).isEqualTo("a state & more");
        assertThat(answer(response).find("code")).isEmpty();
    }

    @Test
    void silentSignInWithoutASessionNeedsALogin() {
        HttpResponse<String> response = visitor.get(Visitor.SIGN_IN, Visitor.with(SIGN_IN, "prompt", "none"));

        assertThat(answer(response).require("error")).isEqualTo("login_required");
    }

    @Test
    void aCodeIsRedeemedOnce() {
        String code = code();
        visitor.token(redemption(code));

        assertRefused(redemption(code), "invalid_grant", 70008);
    }

    @Test
    void aCodeNeedsItsVerifier() {
        assertRefused(Visitor.with(redemption(code()), "code_verifier", VERIFIER + "x"), "invalid_grant", 501481);
        assertRefused(Visitor.without(redemption(code()), "code_verifier"), "invalid_request", 900144);
    }

    @Test
    void aCodeNeedsItsRedirectUri() {
        assertRefused(
                Visitor.with(redemption(code()), "redirect_uri", "http://localhost:8081/callback"),
                "invalid_grant",
                500112);
    }

    @Test
    void aCodeNeedsTheClientsSecretAndSurvivesAnAttemptWithout() {
        String code = code();

        assertRefused(Visitor.without(redemption(code), "client_secret"), "invalid_client", 7000218);
        assertThat(visitor.token(redemption(code))).containsKey("access_token");
    }

    @Test
    void aCodeExpiresAfterTenMinutes() {
        String code = code();
        TIME.updateAndGet(time -> time.plus(Duration.ofMinutes(10).plusSeconds(1)));

        assertRefused(redemption(code), "invalid_grant", 70008);
    }

    @Test
    void unknownCodeIsRefused() {
        assertRefused(redemption("nonsense"), "invalid_grant", 70008);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080/signed-out", "http://localhost:8080/", "http://localhost:7/signed-out"})
    void signingOutLeadsBackToTheShop(String uri) {
        HttpResponse<String> response = visitor.get(Visitor.SIGN_OUT, Map.of("post_logout_redirect_uri", uri));

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(location(response)).isEqualTo(uri);
    }

    @Test
    void signingOutGivesTheStateBack() {
        HttpResponse<String> response = visitor.get(
                Visitor.SIGN_OUT,
                Map.of("post_logout_redirect_uri", "http://localhost:8080/signed-out", "state", "a b"));

        assertThat(location(response)).isEqualTo("http://localhost:8080/signed-out?state=a+b");
    }

    @Test
    void signingOutWithoutAnAddressEndsOnAPage() {
        assertThat(visitor.get(Visitor.SIGN_OUT).body()).contains("You are signed out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example/", "http://localhost:8080/elsewhere", "http://localhost:8080/callback"})
    void signingOutLeadsNowhereElse(String uri) {
        HttpResponse<String> response = visitor.get(Visitor.SIGN_OUT, Map.of("post_logout_redirect_uri", uri));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Location")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/v2.0/authorize", "/oauth2/v2.0/logout"})
    void bothTakeGetsOnly(String path) {
        HttpResponse<String> response = visitor.post("/" + Directory.TENANT_ID + path, SIGN_IN);

        assertThat(response.statusCode()).isEqualTo(405);
    }

    private static String code() {
        return answer(visitor.get(Visitor.SIGN_IN, ALICE)).require("code");
    }

    private static Map<String, String> redemption(String code) {
        return Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                Directory.CLIENT_ID.toString(),
                "client_secret",
                Directory.CLIENT_SECRET,
                "redirect_uri",
                CALLBACK,
                "code_verifier",
                VERIFIER,
                "code",
                code);
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static Parameters answer(HttpResponse<String> response) {
        return Parameters.parse(URI.create(location(response)).getRawQuery());
    }

    private static void assertRefused(Map<String, String> redemption, String error, int code) {
        JsonObject body = Visitor.json(visitor.post(Visitor.TOKEN, redemption).body());
        assertThat(body.getString("error")).isEqualTo(error);
        assertThat(body.getJsonArray("error_codes").getInt(0)).isEqualTo(code);
    }
}
