package dev.hexmart.adapter.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.tools.identity.Directory;
import dev.hexmart.tools.identity.IdentityProvider;
import dev.hexmart.tools.identity.IdentityProviderSettings;
import dev.hexmart.tools.identity.TenantKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier and the local identity provider, which were written apart, agree on what a token is. */
class LocalIdentityProviderTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final IdentityProviderSettings ANY_PORT =
            IdentityProviderSettings.local().withPort(0);

    private static final String PASSWORD = "grant_type=password&client_id=" + Directory.CLIENT_ID;
    private static final String APPLICATION = "grant_type=client_credentials&client_id=" + Directory.CLIENT_ID
            + "&client_secret=" + Directory.CLIENT_SECRET + "&scope=api://" + Directory.CLIENT_ID + "/.default";

    /** Several providers have the same keys, so that their tokens differ in nothing but what is tested. */
    @TempDir
    private static Path keys;

    private static IdentityProvider provider;

    private EntraTokenVerifier verifier;

    @BeforeAll
    static void startProvider() {
        provider = IdentityProvider.start(ANY_PORT.withDataFolder(keys));
    }

    @AfterAll
    static void stopProvider() {
        provider.close();
        HTTP.close();
    }

    @BeforeEach
    void startVerifier() {
        verifier = EntraTokenVerifier.start(settings(provider), InstantSource.system());
        // On a busy machine the provider makes its first key for longer than it is waited for.
        await().until(verifier::isReady);
    }

    @AfterEach
    void stopVerifier() {
        verifier.close();
    }

    @Test
    void anExternalTenantsTokenIsAcceptedByItsOwnVerifierAlone() {
        try (IdentityProvider external =
                        IdentityProvider.start(ANY_PORT.withDataFolder(keys).withKind(TenantKind.EXTERNAL));
                EntraTokenVerifier externals = EntraTokenVerifier.start(settings(external), InstantSource.system())) {
            String token = userToken(external, "alice");

            assertThat(externals.verify(token)).isInstanceOf(Verification.Accepted.class);
            assertThat(verifier.verify(token)).isEqualTo(new Verification.Rejected("wrong iss"));
        }
    }

    @Test
    void aCustomersTokenIsAccepted() {
        assertThat(caller(userToken(provider, "alice")))
                .isEqualTo(new Caller.Person(
                        new CustomerId(Directory.TENANT_ID, Directory.ALICE.objectId()),
                        "Alice Archer",
                        true,
                        Set.of()));
    }

    @Test
    void carolManagesCatalogAndOrders() {
        assertThat(caller(userToken(provider, "carol")).roles())
                .containsExactlyInAnyOrder(Role.CATALOG_MANAGE, Role.ORDERS_MANAGE);
    }

    @Test
    void theApplicationsTokenIsAServices() {
        String token = token(provider, APPLICATION, "access_token");

        assertThat(caller(token))
                .isEqualTo(new Caller.Service(
                        Directory.CLIENT_ID.toString(), Set.of(Role.CATALOG_MANAGE, Role.ORDERS_MANAGE)));
    }

    @Test
    void anIdTokenIsNoAccessTokenEvenWithRoles() {
        String token = token(provider, PASSWORD + "&username=carol&password=carol&scope=openid", "id_token");

        assertThat(reason(token)).isEqualTo("no azp");
    }

    @Test
    void aRefreshTokenIsNoAccessToken() {
        String token =
                token(provider, PASSWORD + "&username=carol&password=carol&scope=offline_access", "refresh_token");

        assertThat(reason(token)).isEqualTo("not three parts of base64url");
    }

    @Test
    void aRotatedKeyIsPickedUpAtOnceAndTheOldTokenStaysGood() {
        String before = userToken(provider, "alice");
        assertThat(caller(before)).isNotNull();

        post(provider.authority().resolve("/rotate-keys"), "");

        assertThat(caller(userToken(provider, "alice"))).isEqualTo(caller(before));
    }

    @Test
    void anExpiredTokenIsRejected() {
        InstantSource yesterday = InstantSource.offset(InstantSource.system(), Duration.ofDays(-1));

        assertRejected(withOurKeys().withClock(yesterday), "expired");
    }

    @Test
    void aTokenOfTomorrowIsRejected() {
        InstantSource tomorrow = InstantSource.offset(InstantSource.system(), Duration.ofDays(1));

        assertRejected(withOurKeys().withClock(tomorrow), "not valid yet");
    }

    @Test
    void aTokenOfAnotherAuthorityIsRejected() {
        assertRejected(withOurKeys().withAuthority(URI.create("http://localhost:1")), "wrong iss");
    }

    @Test
    void aTokenOfAnotherTenantIsRejected() {
        Directory ours = Directory.local();
        Directory other = new Directory(
                UUID.randomUUID(),
                ours.clientId(),
                ours.clientSecret(),
                ours.users(),
                List.of(),
                ours.redirectUris(),
                ours.postLogoutRedirectUris(),
                ours.frontChannelLogoutUri());

        assertRejected(withOurKeys().withDirectory(other), "wrong iss");
    }

    @Test
    void aTokenOfAnotherAuthoritysKeyIsRejected() {
        assertRejected(ANY_PORT.withAuthority(provider.authority()), "unknown kid");
    }

    @Test
    void tokensOutliveARestartOfTheProviderAndOfTheVerifier(@TempDir Path folder) {
        IdentityProviderSettings settings = ANY_PORT.withDataFolder(folder);
        String token;
        int port;
        try (IdentityProvider first = IdentityProvider.start(settings)) {
            token = userToken(first, "bob");
            port = first.port();
        }
        try (IdentityProvider second = IdentityProvider.start(settings.withPort(port));
                EntraTokenVerifier restarted = EntraTokenVerifier.start(settings(second), InstantSource.system())) {
            assertThat(restarted.verify(token)).isInstanceOf(Verification.Accepted.class);
        }
    }

    private static IdentityProviderSettings withOurKeys() {
        return ANY_PORT.withDataFolder(keys).withAuthority(provider.authority());
    }

    private void assertRejected(IdentityProviderSettings issuer, String reason) {
        try (IdentityProvider other = IdentityProvider.start(issuer)) {
            URI tokens = URI.create("http://localhost:%d/%s/oauth2/v2.0/token"
                    .formatted(other.port(), issuer.directory().tenantId()));
            String token = field(post(tokens, PASSWORD + "&username=alice&password=alice"), "access_token");

            assertThat(reason(token)).isEqualTo(reason);
        }
    }

    private Caller caller(String token) {
        return switch (verifier.verify(token)) {
            case Verification.Accepted(Caller caller) -> caller;
            case Verification.Rejected(String reason) -> throw new AssertionError("Rejected: " + reason);
        };
    }

    private String reason(String token) {
        return switch (verifier.verify(token)) {
            case Verification.Accepted accepted -> throw new AssertionError("Accepted");
            case Verification.Rejected(String reason) -> reason;
        };
    }

    private static EntraSettings settings(IdentityProvider of) {
        return EntraSettings.of(of.authority(), Directory.TENANT_ID, Directory.CLIENT_ID);
    }

    private static String userToken(IdentityProvider from, String user) {
        return token(from, PASSWORD + "&username=%s&password=%s".formatted(user, user), "access_token");
    }

    private static String token(IdentityProvider from, String form, String field) {
        URI address = from.authority().resolve("/" + Directory.TENANT_ID + "/oauth2/v2.0/token");
        return field(post(address, form), field);
    }

    private static String field(String json, String name) {
        try {
            Map<String, Object> answer = JSONObjectUtils.parse(json);
            return String.valueOf(answer.get(name));
        } catch (ParseException e) {
            throw new AssertionError(json, e);
        }
    }

    private static String post(URI address, String body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
