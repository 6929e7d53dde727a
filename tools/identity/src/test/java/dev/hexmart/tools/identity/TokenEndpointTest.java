package dev.hexmart.tools.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.tools.identity.keys.Base64Url;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {

    private static final String API = "api://22222222-2222-2222-2222-222222222222/";
    private static final Map<String, String> ALICE = Visitor.password("alice", API + "access_as_user");
    private static final Map<String, String> APPLICATION = Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            Directory.CLIENT_ID.toString(),
            "client_secret",
            Directory.CLIENT_SECRET,
            "scope",
            API + ".default");

    private static IdentityProvider provider;
    private static Visitor visitor;

    @BeforeAll
    static void start() {
        provider = IdentityProvider.start(IdentityProviderSettings.local().withPort(0));
        visitor = new Visitor(provider);
    }

    @AfterAll
    static void stop() {
        visitor.close();
        provider.close();
    }

    @Test
    void everyShopperIsACustomerOfTheirOwnAndAlwaysTheSame() throws GeneralSecurityException {
        Set<String> seen = new HashSet<>();
        for (String name : List.of("shopper-1", "shopper-2", "shopper-999", "shopper-1000", "alice", "bob", "carol")) {
            JsonObject claims = visitor.verified(
                    visitor.signIn(name, API + "access_as_user").getString("access_token"));
            assertThat(claims.getString("preferred_username")).isEqualTo(name + "@hexmart.example");
            seen.add(claims.getString("oid"));
        }
        assertThat(seen).hasSize(7).contains("dddddddd-0000-4000-8000-000000000999");

        JsonObject shopper = visitor.verified(
                visitor.signIn("shopper-1", API + "access_as_user").getString("access_token"));
        assertThat(shopper.getString("oid")).isEqualTo("dddddddd-0000-4000-8000-000000000001");
        assertThat(shopper).doesNotContainKey("roles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shopper-0", "shopper-1001", "shopper-01", "shopper-"})
    void thereAreAThousandShoppersAndNoMore(String name) {
        assertThat(visitor.post(Visitor.TOKEN, Visitor.password(name, API + "access_as_user"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aUsersAccessTokenHasTheClaimsOfEntraId() throws GeneralSecurityException {
        String token = visitor.token(ALICE).getString("access_token");

        JsonObject header = Visitor.header(token);
        assertThat(header.keySet()).containsExactlyInAnyOrder("typ", "alg", "kid");
        assertThat(header.getString("typ")).isEqualTo("JWT");
        assertThat(header.getString("alg")).isEqualTo("RS256");
        JsonObject claims = visitor.verified(token);
        assertThat(claims.keySet())
                .containsExactlyInAnyOrder(
                        "aud",
                        "iss",
                        "iat",
                        "nbf",
                        "exp",
                        "azp",
                        "azpacr",
                        "name",
                        "oid",
                        "preferred_username",
                        "scp",
                        "sub",
                        "tid",
                        "uti",
                        "ver");
        assertThat(claims.getString("aud")).isEqualTo("22222222-2222-2222-2222-222222222222");
        assertThat(claims.getString("azp")).isEqualTo("22222222-2222-2222-2222-222222222222");
        assertThat(claims.getString("azpacr")).isEqualTo("0");
        assertThat(claims.getString("iss"))
                .isEqualTo("http://localhost:%d/11111111-1111-1111-1111-111111111111/v2.0", provider.port());
        assertThat(claims.getString("tid")).isEqualTo("11111111-1111-1111-1111-111111111111");
        assertThat(claims.getString("oid")).isEqualTo(Directory.ALICE.objectId().toString());
        assertThat(claims.getString("name")).isEqualTo("Alice Archer");
        assertThat(claims.getString("preferred_username")).isEqualTo("alice@hexmart.example");
        assertThat(claims.getString("scp")).isEqualTo("access_as_user");
        assertThat(claims.getString("ver")).isEqualTo("2.0");
        assertThat(claims.getInt("exp") - claims.getInt("iat")).isEqualTo(3600);
        assertThat(claims.getString("sub")).isNotEqualTo(claims.getString("oid"));
    }

    @Test
    void carolsTokenHasHerRoles() throws GeneralSecurityException {
        JsonObject claims =
                visitor.verified(visitor.signIn("carol", "access_as_user").getString("access_token"));

        assertThat(claims.getJsonArray("roles")).hasToString("[\"Catalog.Manage\",\"Orders.Manage\"]");
    }

    @Test
    void aUserKeepsObjectAndSubjectFromTokenToToken() throws GeneralSecurityException {
        JsonObject first = visitor.verified(visitor.token(ALICE).getString("access_token"));
        JsonObject second = visitor.verified(visitor.token(ALICE).getString("access_token"));

        assertThat(second.get("oid")).isEqualTo(first.get("oid"));
        assertThat(second.get("sub")).isEqualTo(first.get("sub"));
        assertThat(second.get("uti")).isNotEqualTo(first.get("uti"));
    }

    @Test
    void theAnswerIsOneThatLibrariesForEntraIdUnderstand() {
        HttpResponse<String> response = visitor.post(Visitor.TOKEN, ALICE);

        JsonObject answer = Visitor.json(response.body());
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.keySet())
                .containsExactlyInAnyOrder(
                        "token_type", "scope", "expires_in", "ext_expires_in", "access_token", "client_info");
        assertThat(answer.getString("token_type")).isEqualTo("Bearer");
        assertThat(answer.getInt("expires_in")).isEqualTo(3600);
        assertThat(answer.getString("scope")).isEqualTo(API + "access_as_user");
        assertThat(Visitor.json(Visitor.decode(answer.getString("client_info"))))
                .hasToString("{\"uid\":\"%s\",\"utid\":\"%s\"}", Directory.ALICE.objectId(), Directory.TENANT_ID);
    }

    @Test
    void theScopeOpenidGivesAnIdTokenToo() throws GeneralSecurityException {
        JsonObject answer = visitor.signIn("carol", "openid");

        JsonObject claims = visitor.verified(answer.getString("id_token"));
        assertThat(claims.keySet())
                .containsExactlyInAnyOrder(
                        "aud",
                        "iss",
                        "iat",
                        "nbf",
                        "exp",
                        "login_hint",
                        "name",
                        "oid",
                        "preferred_username",
                        "roles",
                        "sid",
                        "sub",
                        "tid",
                        "uti",
                        "ver");
        assertThat(visitor.verified(answer.getString("access_token")).getString("scp"))
                .isEqualTo("access_as_user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_as_user",
                "22222222-2222-2222-2222-222222222222/access_as_user",
                "api://22222222-2222-2222-2222-222222222222/.default",
                "22222222-2222-2222-2222-222222222222/.default openid profile"
            })
    void theApisScopeMayBeSpeltInEveryWayThatEntraIdTakes(String scope) {
        assertThat(visitor.signIn("bob", scope).getString("scope"))
                .startsWith(scope)
                .contains("access_as_user");
    }

    @Test
    void aRefreshTokenGivesNewTokensAndTheNextRefreshToken() throws GeneralSecurityException {
        JsonObject first = visitor.signIn("alice", "openid offline_access");

        JsonObject second = visitor.token(refresh(first.getString("refresh_token")));

        assertThat(visitor.verified(second.getString("access_token")).getString("oid"))
                .isEqualTo(Directory.ALICE.objectId().toString());
        assertThat(visitor.verified(second.getString("id_token")).getString("sid"))
                .isEqualTo(visitor.verified(first.getString("id_token")).getString("sid"));
        assertThat(visitor.token(refresh(second.getString("refresh_token")))).containsKey("access_token");
    }

    @Test
    void aRefreshTokenIsGoodForOneUse() {
        String token = visitor.signIn("alice", "offline_access").getString("refresh_token");
        visitor.token(refresh(token));

        assertRefused(visitor.post(Visitor.TOKEN, refresh(token)), 400, "invalid_grant", 70000);
    }

    @Test
    void aChangedRefreshTokenIsRefused() {
        String token = visitor.signIn("alice", "offline_access").getString("refresh_token");
        String[] parts = token.split("\\.");
        String content = Visitor.decode(parts[2])
                .replace(
                        Directory.ALICE.objectId().toString(),
                        Directory.CAROL.objectId().toString());
        String forged = String.join(".", parts[0], parts[1], Base64Url.encode(content), parts[3]);

        assertRefused(visitor.post(Visitor.TOKEN, refresh(forged)), 400, "invalid_grant", 70000);
        assertThat(visitor.token(refresh(token))).containsKey("access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "...", "1.2.3.4", "1.kid.!!!.???", "a.b.c"})
    void aRefreshTokenThatIsNoneIsRefused(String token) {
        assertRefused(visitor.post(Visitor.TOKEN, refresh(token)), 400, "invalid_grant", 70000);
    }

    @Test
    void anAccessTokenIsNoRefreshToken() {
        String accessToken = visitor.token(ALICE).getString("access_token");

        assertRefused(visitor.post(Visitor.TOKEN, refresh(accessToken)), 400, "invalid_grant", 70000);
    }

    @Test
    void confidentialRefreshNeedsTheSecret() {
        Map<String, String> confidential =
                Visitor.with(Visitor.password("alice", "offline_access"), "client_secret", Directory.CLIENT_SECRET);
        String token = visitor.token(confidential).getString("refresh_token");

        assertRefused(visitor.post(Visitor.TOKEN, refresh(token)), 401, "invalid_client", 7000218);
        assertThat(visitor.token(Visitor.with(refresh(token), "client_secret", Directory.CLIENT_SECRET)))
                .containsKey("access_token");
    }

    @Test
    void anApplicationsTokenHasRolesAndNoScope() throws GeneralSecurityException {
        JsonObject answer = visitor.token(APPLICATION);

        assertThat(answer.keySet())
                .containsExactlyInAnyOrder("token_type", "expires_in", "ext_expires_in", "access_token");
        JsonObject claims = visitor.verified(answer.getString("access_token"));
        assertThat(claims.keySet())
                .containsExactlyInAnyOrder(
                        "aud", "iss", "iat", "nbf", "exp", "azp", "azpacr", "idtyp", "oid", "roles", "sub", "tid",
                        "uti", "ver");
        assertThat(claims.getString("idtyp")).isEqualTo("app");
        assertThat(claims.getString("azpacr")).isEqualTo("1");
        assertThat(claims.getString("sub")).isEqualTo(claims.getString("oid"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22222222-2222-2222-2222-222222222222/.default",
                "openid profile offline_access api://22222222-2222-2222-2222-222222222222/.default"
            })
    void anApplicationMayAskForItsDefaultScopeAsLibrariesDo(String scope) {
        assertThat(visitor.token(Visitor.with(APPLICATION, "scope", scope))).containsKey("access_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_as_user",
                "api://22222222-2222-2222-2222-222222222222/access_as_user",
                "https://graph.microsoft.com/.default",
                "openid",
                ".default .default"
            })
    void anApplicationMayAskForNothingButItsDefaultScope(String scope) {
        assertRefused(
                visitor.post(Visitor.TOKEN, Visitor.with(APPLICATION, "scope", scope)), 400, "invalid_scope", 70011);
    }

    @Test
    void theClientMayProveItselfInTheHeader() {
        HttpResponse<String> response = visitor.send(visitor.request(Visitor.TOKEN)
                .header("Authorization", basic(Directory.CLIENT_ID + ":" + Directory.CLIENT_SECRET))
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=" + API + ".default")));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ???", "Basic ", "Basic bm9jb2xvbg==", "Bearer abc", "nonsense"})
    void aHeaderThatIsNoneIsRefused(String header) {
        HttpResponse<String> response = visitor.send(visitor.request(Visitor.TOKEN)
                .header("Authorization", header)
                .POST(BodyPublishers.ofString(Parameters.format(ALICE))));

        assertRefused(response, 400, "invalid_request", 9002313);
    }

    @Test
    void aWrongSecretInTheHeaderIsRefused() {
        HttpResponse<String> response = visitor.send(visitor.request(Visitor.TOKEN)
                .header("Authorization", basic(Directory.CLIENT_ID + ":wrong"))
                .POST(BodyPublishers.ofString(Parameters.format(Visitor.without(APPLICATION, "client_secret")))));

        assertRefused(response, 401, "invalid_client", 7000215);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret, wrong,                                401, invalid_client,         7000215",
        "client_id,     99999999-9999-9999-9999-999999999999, 400, unauthorized_client,    700016",
        "client_id,     <script>,                             400, unauthorized_client,    700016",
        "username,      nobody,                               400, invalid_grant,          50126",
        "password,      wrong,                                400, invalid_grant,          50126",
        "scope,         https://graph.microsoft.com/.default, 400, invalid_scope,          70011",
        "grant_type,    device_code,                          400, unsupported_grant_type, 70003",
    })
    void aWrongParameterIsRefused(String parameter, String value, int status, String error, int code) {
        assertRefused(visitor.post(Visitor.TOKEN, Visitor.with(ALICE, parameter, value)), status, error, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "client_id", "username", "password"})
    void aMissingParameterIsNamed(String parameter) {
        HttpResponse<String> response = visitor.post(Visitor.TOKEN, Visitor.without(ALICE, parameter));

        assertRefused(response, 400, "invalid_request", 900144);
        assertThat(response.body()).contains("'" + parameter + "'");
    }

    @Test
    void anApplicationWithoutItsSecretIsRefused() {
        assertRefused(
                visitor.post(Visitor.TOKEN, Visitor.without(APPLICATION, "client_secret")),
                401,
                "invalid_client",
                7000218);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "&", "=", "%", "grant_type=%zz", "%C3%28=1", "{\"grant_type\":\"password\"}", "a&b&c=d&=e"})
    void aBodyThatIsNoFormIsRefused(String body) {
        HttpResponse<String> response = visitor.post(Visitor.TOKEN, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Visitor.json(response.body()).getString("error")).isEqualTo("invalid_request");
    }

    @Test
    void aParameterThatComesTwiceIsRefused() {
        assertRefused(
                visitor.post(Visitor.TOKEN, Parameters.format(ALICE) + "&username=carol"),
                400,
                "invalid_request",
                9002313);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "text/plain; charset=nowhere", "application/json", ";;;"})
    void theContentTypeDoesNotMatter(String contentType) {
        HttpResponse<String> response = visitor.send(visitor.request(Visitor.TOKEN)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(Parameters.format(ALICE))));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void aHugeBodyIsRefused() {
        HttpResponse<String> response = visitor.post(Visitor.TOKEN, "a=" + "b".repeat(100_000));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(Visitor.json(response.body()).getString("error")).isEqualTo("invalid_request");
    }

    @Test
    void theEndpointTakesPostsOnly() {
        assertRefused(visitor.get(Visitor.TOKEN), 405, "invalid_request", 900561);
    }

    private static Map<String, String> refresh(String token) {
        return Map.of(
                "grant_type", "refresh_token", "client_id", Directory.CLIENT_ID.toString(), "refresh_token", token);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private static void assertRefused(HttpResponse<String> response, int status, String error, int code) {
        JsonObject body = Visitor.json(response.body());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(body.getString("error")).isEqualTo(error);
        assertThat(body.getJsonArray("error_codes").getInt(0)).isEqualTo(code);
        assertThat(body.getString("error_description")).startsWith("AADSTS" + code + ": ");
    }
}
