package dev.hexmart.tools.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.identity.keys.Base64Url;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has signed in with a browser is not asked again there until they sign out. */
class BrowserSessionTest {

    private static final String CALLBACK = "http://localhost:7070/callback";
    private static final String VERIFIER = "the-verifier-is-at-least-forty-three-characters-long";
    private static final Map<String, String> SIGN_IN = Map.of(
            "client_id",
            Directory.CLIENT_ID.toString(),
            "response_type",
            "code",
            "redirect_uri",
            CALLBACK,
            "scope",
            "openid offline_access",
            "code_challenge",
            Base64Url.sha256(VERIFIER),
            "code_challenge_method",
            "S256");
    private static final Map<String, String> ALICE = Visitor.with(SIGN_IN, "login_hint", "alice");
    private static final Map<String, String> BACK_TO_THE_SHOP =
            Map.of("post_logout_redirect_uri", "http://localhost:7070/signed-out");

    private IdentityProvider provider;
    private Visitor visitor;

    @BeforeEach
    void start() {
        provider = IdentityProvider.start(IdentityProviderSettings.local().withPort(0));
        visitor = new Visitor(provider);
    }

    @AfterEach
    void stop() {
        visitor.close();
        provider.close();
    }

    @Test
    void aBrowserThatComesBackIsSignedInWithoutAClickInTheSameSession() throws GeneralSecurityException {
        HttpResponse<String> first = visitor.get(Visitor.SIGN_IN, ALICE);

        HttpResponse<String> second = get(Visitor.SIGN_IN, SIGN_IN, cookie(first));

        JsonObject before = idToken(first);
        JsonObject after = idToken(second);
        assertThat(after.getString("oid")).isEqualTo(Directory.ALICE.objectId().toString());
        assertThat(after.getString("sid")).isEqualTo(before.getString("sid"));
        assertThat(after.getString("login_hint")).isEqualTo("alice");
        assertThat(cookie(second)).isEqualTo(cookie(first));
    }

    @Test
    void theCookieIsHiddenFromScriptsAndFromOtherSites() {
        String header = visitor.get(Visitor.SIGN_IN, ALICE)
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        assertThat(header).contains("; HttpOnly", "; SameSite=Lax", "; Path=/" + Directory.TENANT_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "select_account"})
    void aBrowserThatIsToAskAsks(String prompt) {
        String cookie = cookie(visitor.get(Visitor.SIGN_IN, ALICE));

        HttpResponse<String> page = get(Visitor.SIGN_IN, Visitor.with(SIGN_IN, "prompt", prompt), cookie);

        assertThat(page.body()).contains("Sign in to Hexmart");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ESTSAUTH=guessed", "ESTSAUTH=", "other=x", "=;;=", "ESTSAUTH"})
    void aBrowserWithAnotherCookieIsAsked(String cookie) {
        visitor.get(Visitor.SIGN_IN, ALICE);

        assertThat(get(Visitor.SIGN_IN, SIGN_IN, cookie).body()).contains("Sign in to Hexmart");
    }

    @Test
    void aSilentSignInIsTheSessionsUsers() throws GeneralSecurityException {
        String cookie = cookie(visitor.get(Visitor.SIGN_IN, ALICE));

        HttpResponse<String> silent = get(Visitor.SIGN_IN, Visitor.with(SIGN_IN, "prompt", "none"), cookie);

        assertThat(idToken(silent).getString("name")).isEqualTo("Alice Archer");
    }

    @Test
    void signInAsAnotherUserHasItsOwnSession() throws GeneralSecurityException {
        HttpResponse<String> alice = visitor.get(Visitor.SIGN_IN, ALICE);

        HttpResponse<String> bob = get(Visitor.SIGN_IN, Visitor.with(SIGN_IN, "login_hint", "bob"), cookie(alice));

        assertThat(cookie(bob)).isNotEqualTo(cookie(alice));
        assertThat(idToken(bob).getString("sid")).isNotEqualTo(idToken(alice).getString("sid"));
    }

    @Test
    void signingOutTellsTheShopBeforeTheBrowserGoesOn() throws GeneralSecurityException {
        HttpResponse<String> signedIn = visitor.get(Visitor.SIGN_IN, ALICE);
        String session = idToken(signedIn).getString("sid");

        HttpResponse<String> page = get(Visitor.SIGN_OUT, BACK_TO_THE_SHOP, cookie(signedIn));

        assertThat(page.statusCode()).isEqualTo(200);
        // At the port to which the browser was sent after signing in, not at the registered one.
        assertThat(page.body())
                .contains("<iframe hidden src=\"http://localhost:7070/signed-out?sid=" + session + "\">")
                .contains("href=\"http://localhost:7070/signed-out\"");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-src http://localhost:7070/signed-out;");
    }

    @Test
    void signingOutEndsTheSession() {
        String cookie = cookie(visitor.get(Visitor.SIGN_IN, ALICE));

        HttpResponse<String> page = get(Visitor.SIGN_OUT, BACK_TO_THE_SHOP, cookie);

        assertThat(page.headers().firstValue("Set-Cookie").orElseThrow()).contains("ESTSAUTH=;", "Max-Age=0");
        assertThat(get(Visitor.SIGN_IN, SIGN_IN, cookie).body()).contains("Sign in to Hexmart");
        assertThat(get(Visitor.SIGN_OUT, BACK_TO_THE_SHOP, cookie).statusCode()).isEqualTo(302);
    }

    @Test
    void signingOutToNowhereTellsTheShopToo() {
        String cookie = cookie(visitor.get(Visitor.SIGN_IN, ALICE));

        HttpResponse<String> page = get(Visitor.SIGN_OUT, Map.of(), cookie);

        assertThat(page.body()).contains("You are signed out", "<iframe hidden").doesNotContain("<script");
    }

    @Test
    void aBrowserThatMayNotGoOnThereStaysSignedIn() {
        String cookie = cookie(visitor.get(Visitor.SIGN_IN, ALICE));

        get(Visitor.SIGN_OUT, Map.of("post_logout_redirect_uri", "https://evil.example/"), cookie);

        assertThat(get(Visitor.SIGN_IN, SIGN_IN, cookie).statusCode()).isEqualTo(302);
    }

    @Test
    void administratorEndsTheSignInsOfOneUser() {
        HttpResponse<String> alice = visitor.get(Visitor.SIGN_IN, ALICE);
        String alices = answer(alice).getString("refresh_token");
        String bobs = answer(visitor.get(Visitor.SIGN_IN, Visitor.with(SIGN_IN, "login_hint", "bob")))
                .getString("refresh_token");

        visitor.post("/end-sign-ins?user=alice", "");

        JsonObject refusal =
                Visitor.json(visitor.post(Visitor.TOKEN, refresh(alices)).body());
        assertThat(refusal.getString("error")).isEqualTo("invalid_grant");
        assertThat(refusal.getJsonArray("error_codes").getInt(0)).isEqualTo(50173);
        assertThat(get(Visitor.SIGN_IN, SIGN_IN, cookie(alice)).body()).contains("Sign in to Hexmart");
        assertThat(visitor.token(refresh(bobs))).containsKey("access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?user=", "?user=nobody"})
    void signInsOfAnUnknownUserCannotBeEnded(String query) {
        assertThat(visitor.post("/end-sign-ins" + query, "").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> get(String path, Map<String, String> query, String cookie) {
        return visitor.send(
                visitor.request(path + "?" + Parameters.format(query)).header("Cookie", cookie));
    }

    /** What the browser sends back. */
    private static String cookie(HttpResponse<String> response) {
        String header = response.headers().firstValue("Set-Cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }

    private JsonObject idToken(HttpResponse<String> signedIn) throws GeneralSecurityException {
        return visitor.verified(answer(signedIn).getString("id_token"));
    }

    private JsonObject answer(HttpResponse<String> signedIn) {
        String location = signedIn.headers().firstValue("Location").orElseThrow();
        String code = Parameters.parse(URI.create(location).getRawQuery()).require("code");
        return visitor.token(Map.of(
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
                code));
    }

    private static Map<String, String> refresh(String token) {
        return Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                Directory.CLIENT_ID.toString(),
                "client_secret",
                Directory.CLIENT_SECRET,
                "refresh_token",
                token);
    }
}
