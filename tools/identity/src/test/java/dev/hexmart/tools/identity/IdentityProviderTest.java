package dev.hexmart.tools.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class IdentityProviderTest {

    private static final IdentityProviderSettings ANY_PORT =
            IdentityProviderSettings.local().withPort(0);

    @Test
    void aNewKeySignsAndTheOldOneStaysPublished() throws GeneralSecurityException {
        try (IdentityProvider provider = IdentityProvider.start(ANY_PORT);
                Visitor visitor = new Visitor(provider)) {
            String before = visitor.signIn("alice", "openid").getString("access_token");

            String kid = Visitor.json(visitor.post("/rotate-keys", "").body()).getString("kid");

            String after = visitor.signIn("alice", "openid").getString("access_token");
            assertThat(Visitor.header(after).getString("kid"))
                    .isEqualTo(kid)
                    .isNotEqualTo(Visitor.header(before).getString("kid"));
            assertThat(visitor.verified(before)).isNotEmpty();
            assertThat(visitor.verified(after)).isNotEmpty();
        }
    }

    @Test
    void theKeyThatARotationBringsIntoUseWasPublishedBefore() {
        try (IdentityProvider provider = IdentityProvider.start(ANY_PORT);
                Visitor visitor = new Visitor(provider)) {
            List<String> before = keyIds(visitor);

            String kid = Visitor.json(visitor.post("/rotate-keys", "").body()).getString("kid");

            assertThat(before).hasSize(2).last().isEqualTo(kid);
            assertThat(keyIds(visitor)).hasSize(3).startsWith(before.toArray(String[]::new));
        }
    }

    @Test
    void aRefreshTokenOutlivesARotation() {
        try (IdentityProvider provider = IdentityProvider.start(ANY_PORT);
                Visitor visitor = new Visitor(provider)) {
            String token = visitor.signIn("alice", "offline_access").getString("refresh_token");

            visitor.post("/rotate-keys", "");

            assertThat(visitor.token(refresh(token))).containsKey("access_token");
        }
    }

    @Test
    void aRefreshTokenExpiresAfterNinetyDays() {
        AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        try (IdentityProvider provider = IdentityProvider.start(ANY_PORT.withClock(time::get));
                Visitor visitor = new Visitor(provider)) {
            String token = visitor.signIn("alice", "offline_access").getString("refresh_token");

            time.updateAndGet(now -> now.plus(Duration.ofDays(90)));

            HttpResponse<String> response = visitor.post(Visitor.TOKEN, refresh(token));
            assertThat(Visitor.json(response.body()).getJsonArray("error_codes").getInt(0))
                    .isEqualTo(700082);
        }
    }

    @Test
    void howeverOftenKeysAreRotatedFewArePublished() {
        try (IdentityProvider provider = IdentityProvider.start(ANY_PORT);
                Visitor visitor = new Visitor(provider)) {
            for (int i = 0; i < 7; i++) {
                visitor.post("/rotate-keys", "");
            }

            assertThat(keyIds(visitor)).hasSize(6);
        }
    }

    @Test
    void keysAndRefreshTokensOutliveARestart(@TempDir Path folder) {
        IdentityProviderSettings settings = ANY_PORT.withDataFolder(folder.resolve("keys"));
        List<String> before;
        String refreshToken;
        try (IdentityProvider provider = IdentityProvider.start(settings);
                Visitor visitor = new Visitor(provider)) {
            visitor.post("/rotate-keys", "");
            before = keyIds(visitor);
            refreshToken = visitor.signIn("bob", "offline_access").getString("refresh_token");
        }

        try (IdentityProvider provider = IdentityProvider.start(settings);
                Visitor visitor = new Visitor(provider)) {
            assertThat(keyIds(visitor)).hasSize(3).isEqualTo(before);
            JsonObject answer = visitor.token(refresh(refreshToken));
            assertThat(Visitor.header(answer.getString("access_token")).getString("kid"))
                    .isEqualTo(before.get(1));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void storedKeysAreTheirOwnersAlone(@TempDir Path folder) throws IOException {
        try (IdentityProvider provider = IdentityProvider.start(ANY_PORT.withDataFolder(folder));
                Visitor visitor = new Visitor(provider)) {
            keyIds(visitor);

            assertThat(Files.getPosixFilePermissions(folder.resolve("000001.pkcs8")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aBrokenKeyFileStopsTheStartWithItsName(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("000001.pkcs8"), "no key");

        assertThatThrownBy(() -> IdentityProvider.start(ANY_PORT.withDataFolder(folder)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void aTakenPortStopsTheStartWithWhatToDo() {
        try (IdentityProvider first = IdentityProvider.start(ANY_PORT)) {
            assertThatThrownBy(() -> IdentityProvider.start(ANY_PORT.withPort(first.port())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port %d cannot be used".formatted(first.port()))
                    .hasMessageContaining("set IDENTITY_PORT to another");
        }
    }

    @Test
    void theAuthorityLifetimeAndSecretCanBeChosen() throws GeneralSecurityException {
        IdentityProviderSettings settings = ANY_PORT.withAuthority(URI.create("https://login.example"))
                .withAccessTokenLifetime(Duration.ofSeconds(90))
                .withDirectory(Directory.local("another secret"));
        try (IdentityProvider provider = IdentityProvider.start(settings);
                Visitor visitor = new Visitor(provider)) {
            JsonObject answer =
                    visitor.token(Visitor.with(Visitor.password("alice", "openid"), "client_secret", "another secret"));

            JsonObject claims = visitor.verified(answer.getString("access_token"));
            assertThat(claims.getString("iss")).isEqualTo("https://login.example/" + Directory.TENANT_ID + "/v2.0");
            assertThat(claims.getInt("exp") - claims.getInt("iat")).isEqualTo(90);
            assertThat(answer.getInt("expires_in")).isEqualTo(90);
        }
    }

    @Test
    void closedProviderRefusesConnections() {
        IdentityProvider provider = IdentityProvider.start(ANY_PORT);
        try (Visitor visitor = new Visitor(provider)) {
            provider.close();

            assertThatThrownBy(() -> visitor.get("/health/live")).hasMessage("No answer");
        }
    }

    private static List<String> keyIds(Visitor visitor) {
        HttpResponse<String> response = visitor.get(Visitor.KEYS);
        return Visitor.json(response.body()).getJsonArray("keys").getValuesAs(JsonObject.class).stream()
                .map(key -> key.getString("kid"))
                .toList();
    }

    private static Map<String, String> refresh(String token) {
        return Map.of(
                "grant_type", "refresh_token", "client_id", Directory.CLIENT_ID.toString(), "refresh_token", token);
    }
}
