package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.InMemoryOpenIdProvider;
import dev.hexmart.application.identity.OpenIdProvider.Redemption;
import dev.hexmart.application.identity.OpenIdProvider.Renewal;
import dev.hexmart.application.identity.SignInAttempt;
import dev.hexmart.application.identity.SignedIn;
import dev.hexmart.application.identity.Tokens;
import dev.hexmart.domain.shared.CustomerId;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with what an authority says, and what is made of it. */
class EntraSignInTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String SECRET = "s3cr3t-0f-0urs";
    private static final SignInAttempt ATTEMPT = new SignInAttempt("the state", "the nonce", "the verifier", "/");
    private static final URI BROWSERS_AUTHORITY = URI.create("http://localhost:8090");

    private final TestAuthority authority = new TestAuthority();
    private final EntraTokenVerifier verifier = EntraTokenVerifier.start(authority.settings(), () -> NOW);
    private final EntraSignInSettings settings = new EntraSignInSettings(
            new ClientSecret(SECRET),
            URI.create("http://localhost:8080/callback"),
            URI.create("http://localhost:8080/signed-out"),
            BROWSERS_AUTHORITY);
    /** What the authority was asked and what became of it, and on which thread. */
    private final List<String> questions = new CopyOnWriteArrayList<>();

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private final EntraSignIn signIn = EntraSignIn.start(verifier, settings, this::observe);

    private AuthorityObserver.Question observe(String method, URI address) {
        threads.add(Thread.currentThread());
        return (status, failure) -> {
            threads.add(Thread.currentThread());
            String outcome = status.isPresent()
                    ? Integer.toString(status.getAsInt())
                    : failure.orElseThrow().getClass().getSimpleName();
            questions.add(method + " " + address + " " + outcome);
        };
    }

    @AfterEach
    void stop() {
        signIn.close();
        verifier.close();
        authority.close();
    }

    @Test
    void theBrowserIsSentToWhereItFindsTheAuthority() {
        URI address = signIn.signInAddress(ATTEMPT);

        assertThat(address.toString())
                .startsWith(BROWSERS_AUTHORITY + "/" + TestAuthority.TENANT + "/oauth2/v2.0/authorize?");
        assertParameter(address, "client_id", TestAuthority.CLIENT.toString());
        assertParameter(address, "response_type", "code");
        // By a form the browser would come without our cookie.
        assertParameter(address, "response_mode", "query");
        assertParameter(address, "redirect_uri", "http://localhost:8080/callback");
        // With api:// in front Entra ID would renew nothing (AADSTS90009).
        assertParameter(address, "scope", "openid profile offline_access " + TestAuthority.CLIENT + "/access_as_user");
    }

    @Test
    void aGoodAnswerNamesThePersonAndTheProvidersSession() {
        authority.answerTokens(200, answer(idToken()));

        assertThat(signIn.redeem("a-code", ATTEMPT)).isInstanceOfSatisfying(Redemption.Redeemed.class, redeemed -> {
            assertThat(redeemed.signedIn().person())
                    .isEqualTo(CustomerId.parse(TestAuthority.TENANT + ".aaaaaaaa-0000-4000-8000-000000000001"));
            assertThat(redeemed.signedIn().providerSession()).contains("the-session");
            assertThat(redeemed.signedIn().tokens().accessExpires()).isEqualTo(NOW.plusSeconds(3600));
        });
    }

    @Test
    void aProviderThatDoesNotNameItsSessionIsGoodToo() {
        authority.answerTokens(200, answer(idToken().withoutClaim("sid")));

        assertThat(signedIn().providerSession()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrongIdTokens")
    void invalidIdTokenIsRejected(String reason, UnaryOperator<Token> wrong) {
        authority.answerTokens(200, answer(wrong.apply(idToken())));

        assertThat(signIn.redeem("a-code", ATTEMPT)).isEqualTo(new Redemption.Refused("ID token: " + reason));
    }

    static Stream<Arguments> wrongIdTokens() {
        return Stream.of(
                wrong("wrong nonce", token -> token.claim("nonce", "another")),
                wrong("no nonce", token -> token.withoutClaim("nonce")),
                wrong("wrong aud", token -> token.claim("aud", "33333333-3333-3333-3333-333333333333")),
                wrong("wrong iss", token -> token.claim("iss", "https://evil.example/v2.0")),
                wrong("wrong tid", token -> token.claim("tid", "99999999-9999-9999-9999-999999999999")),
                wrong("wrong ver", token -> token.claim("ver", "1.0")),
                wrong("no oid", token -> token.withoutClaim("oid")),
                wrong("oid is no GUID", token -> token.claim("oid", "alice")),
                wrong(
                        "expired",
                        token -> token.claim("exp", NOW.minusSeconds(61).getEpochSecond())),
                wrong(
                        "not valid yet",
                        token -> token.claim("nbf", NOW.plusSeconds(61).getEpochSecond())),
                wrong("wrong signature", token -> token.signedBy(TestAuthority.ANOTHER_KEY)),
                wrong("unknown kid", token -> token.header("kid", "unknown")),
                wrong("unreadable header", token -> token.header("alg", "none")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a.b.c", "e30.e30.e30"})
    void malformedIdTokenIsRejected(String idToken) {
        authority.answerTokens(200, answer(idToken));

        assertThat(signIn.redeem("a-code", ATTEMPT)).isInstanceOf(Redemption.Refused.class);
    }

    @Test
    void accessTokenThatServicesWouldRejectFailsTheSignIn() {
        authority.answerTokens(200, answer(idToken().toString(), accessToken().claim("ver", "1.0")));

        assertThatThrownBy(() -> signIn.redeem("a-code", ATTEMPT))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("wrong ver")
                .hasMessageContaining("doctor --entra");
    }

    @ParameterizedTest
    @CsvSource({
        "500, ''",
        "502, <html>Bad gateway</html>",
        "503, '{\"error\":\"temporarily_unavailable\"}'",
        "504, ''",
        "429, '{\"error\":\"invalid_grant\"}'",
        "200, ''",
        "200, no JSON",
        "200, '[]'",
        "302, ''",
        "404, ''"
    })
    void anAuthorityThatDoesNotAnswerProperlyIsATemporaryFailureAndNotAskedTwice(int status, String body) {
        Tokens tokens = tokens();
        int before = authority.tokensAskedFor();
        authority.answerTokens(status, body);

        assertThatThrownBy(() -> signIn.redeem("a-code", ATTEMPT)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> signIn.renew(tokens)).isInstanceOf(TemporaryFailure.class);

        assertThat(authority.tokensAskedFor() - before).isEqualTo(2);
    }

    @Test
    void anAuthorityThatIsGoneIsATemporaryFailure() {
        Tokens tokens = tokens();
        questions.clear();
        authority.close();

        assertThatThrownBy(() -> signIn.renew(tokens)).isInstanceOf(TemporaryFailure.class);
        assertThat(questions).containsExactly("POST " + tokenEndpoint() + " IOException");
    }

    /** On that thread is the trace that the question belongs to. */
    @Test
    void observerSeesEveryRequestOnTheCallingThreadWithoutSecrets() {
        Tokens tokens = tokens();
        signIn.renew(tokens);
        authority.answerTokens(400, error("invalid_grant", 70008));
        signIn.redeem("a-code", ATTEMPT);
        authority.answerTokens(503, "");
        assertThatThrownBy(() -> signIn.renew(tokens)).isInstanceOf(TemporaryFailure.class);

        assertThat(questions)
                .containsExactly(
                        "POST " + tokenEndpoint() + " 200",
                        "POST " + tokenEndpoint() + " 200",
                        "POST " + tokenEndpoint() + " 400",
                        "POST " + tokenEndpoint() + " 503");
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    private String tokenEndpoint() {
        return authority.authority() + "/" + TestAuthority.TENANT + "/oauth2/v2.0/token";
    }

    @Test
    void anAuthorityThatHangsIsGivenUp() {
        authority.letTokensWaitFor(new CountDownLatch(1));

        assertThatThrownBy(() -> signIn.redeem("a-code", ATTEMPT))
                .isInstanceOf(TemporaryFailure.class)
                .hasMessageContaining("does not answer within PT5S");
    }

    @ParameterizedTest
    @CsvSource({"invalid_client, 401, 7000215", "invalid_client, 401, 7000222", "unauthorized_client, 400, 700016"})
    void refusalOfTheClientEndsNoSession(String error, int status, int code) {
        Tokens tokens = tokens();
        authority.answerTokens(status, error(error, code));

        assertThatThrownBy(() -> signIn.redeem("a-code", ATTEMPT))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("AADSTS" + code)
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> signIn.renew(tokens))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("AADSTS" + code);
    }

    @ParameterizedTest
    @CsvSource({"invalid_grant, 700082", "invalid_grant, 50173", "interaction_required, 50079", "invalid_scope, 70011"})
    void aRefusedCodeSaysWhyInTheLogsWords(String error, int code) {
        authority.answerTokens(400, error(error, code));

        assertThat(signIn.redeem("a-code", ATTEMPT)).isEqualTo(new Redemption.Refused(error + ", AADSTS" + code));
    }

    @ParameterizedTest
    @CsvSource({"invalid_grant, 700082", "invalid_grant, 50173", "interaction_required, 50079"})
    void requiredInteractionEndsTheSession(String error, int code) {
        Tokens tokens = tokens();
        authority.answerTokens(400, error(error, code));

        assertThat(signIn.renew(tokens)).isEqualTo(new Renewal.Ended(error + ", AADSTS" + code));
    }

    @Test
    void invalidRequestErrorEndsNoSession() {
        Tokens tokens = tokens();
        authority.answerTokens(400, error("invalid_scope", 70011));

        assertThatThrownBy(() -> signIn.renew(tokens))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("AADSTS70011");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{", "{}", "[]", "null", "{\"Account\":{}}", "{\"Account\":7}"})
    void unreadableTokenCacheEndsTheSessionWithoutARequest(String renewal) {
        Tokens unreadable = new Tokens(new Credential("old"), NOW, renewal);

        assertThat(signIn.renew(unreadable)).isInstanceOf(Renewal.Ended.class);
        assertThat(signIn.signOutAddress(Optional.of(unreadable)).isAbsolute()).isTrue();
        assertThat(authority.tokensAskedFor()).isZero();
    }

    @Test
    void aSignInWithoutARefreshTokenEndsWithItsAccessToken() {
        Map<String, Object> answer = answerAsMap(idToken().toString(), accessToken());
        answer.remove("refresh_token");
        authority.answerTokens(200, JSONObjectUtils.toJSONString(answer));
        Tokens tokens = signedIn().tokens();

        assertThat(signIn.renew(tokens)).isInstanceOf(Renewal.Ended.class);
    }

    @Test
    void signOutSendsTheLoginHintIfKnown() {
        authority.answerTokens(200, answer(idToken().claim("login_hint", "O.an opaque & odd hint")));

        URI address = signIn.signOutAddress(Optional.of(signedIn().tokens()));

        assertThat(address.toString())
                .startsWith(BROWSERS_AUTHORITY + "/" + TestAuthority.TENANT + "/oauth2/v2.0/logout?");
        assertParameter(address, "logout_hint", "O.an opaque & odd hint");
        assertParameter(address, "post_logout_redirect_uri", "http://localhost:8080/signed-out");
    }

    @Test
    void signingOutWorksWithoutAHint() {
        assertThat(InMemoryOpenIdProvider.parameter(signIn.signOutAddress(Optional.of(tokens())), "logout_hint"))
                .isEmpty();
    }

    @Test
    void theSecretIsNeverTold() {
        assertThat(settings.toString() + new ClientSecret(SECRET) + signIn.signInAddress(ATTEMPT))
                .doesNotContain(SECRET);
        assertThat(tokens().renewal()).doesNotContain(SECRET);
    }

    @Test
    void aSecretThatIsEmptyIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientSecret(" "));
    }

    @Test
    void aBrowserIsNotSentToAnUnsafeAuthority() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntraSignInSettings(
                        settings.secret(),
                        settings.redirectUri(),
                        settings.signedOutPage(),
                        URI.create("http://evil.example")));
    }

    private Tokens tokens() {
        authority.answerTokens(200, answer(idToken()));
        return signedIn().tokens();
    }

    private SignedIn signedIn() {
        return switch (signIn.redeem("a-code", ATTEMPT)) {
            case Redemption.Redeemed(SignedIn signedIn) -> signedIn;
            case Redemption.Refused(String reason) -> throw new AssertionError(reason);
        };
    }

    private Token idToken() {
        return Token.good(authority, NOW)
                .withoutClaim("azp")
                .withoutClaim("scp")
                .claim("nonce", ATTEMPT.nonce())
                .claim("preferred_username", "alice@hexmart.example")
                .claim("sid", "the-session");
    }

    private Token accessToken() {
        return Token.good(authority, NOW);
    }

    private String answer(Token idToken) {
        return answer(idToken.toString());
    }

    private String answer(String idToken) {
        return answer(idToken, accessToken());
    }

    private static String answer(String idToken, Token accessToken) {
        return JSONObjectUtils.toJSONString(answerAsMap(idToken, accessToken));
    }

    private static Map<String, Object> answerAsMap(String idToken, Token accessToken) {
        String person =
                "{\"uid\":\"aaaaaaaa-0000-4000-8000-000000000001\",\"utid\":\"%s\"}".formatted(TestAuthority.TENANT);
        return new HashMap<>(Map.of(
                "token_type",
                "Bearer",
                "expires_in",
                3600,
                "scope",
                "openid profile offline_access api://%s/access_as_user".formatted(TestAuthority.CLIENT),
                "access_token",
                accessToken.toString(),
                "refresh_token",
                "a-refresh-token",
                "id_token",
                idToken,
                "client_info",
                Base64URL.encode(person).toString()));
    }

    private static String error(String error, int code) {
        return "{\"error\":\"%s\",\"error_description\":\"AADSTS%d: alice@hexmart.example may not. Trace ID: x\"}"
                .formatted(error, code);
    }

    private static Arguments wrong(String reason, UnaryOperator<Token> change) {
        return Arguments.of(reason, change);
    }

    private static void assertParameter(URI address, String name, String value) {
        assertThat(InMemoryOpenIdProvider.parameter(address, name)).isEqualTo(Optional.of(value));
    }
}
