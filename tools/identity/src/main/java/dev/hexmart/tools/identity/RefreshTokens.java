package dev.hexmart.tools.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.tools.identity.keys.Base64Url;
import dev.hexmart.tools.identity.keys.SigningKey;
import dev.hexmart.tools.identity.keys.SigningKeys;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refresh tokens: opaque to clients, valid for one use, and each use returns the next one.
 *
 * <p>They contain their claims, signed, so that a restart does not end sessions. Only which ones were used, and whose were
 * taken back, is remembered, in memory: a stand-in may forget that.
 */
final class RefreshTokens {

    private static final String VERSION = "2";
    private static final Duration LIFETIME = Duration.ofDays(90);

    private final Directory directory;
    private final SigningKeys keys;
    private final InstantSource clock;

    /** Until when the tokens of a user were taken back, by object id. */
    private final Map<UUID, Instant> takenBack = new ConcurrentHashMap<>();

    private final Map<String, Instant> used = new Latest<>();

    RefreshTokens(Directory directory, SigningKeys keys, InstantSource clock) {
        this.directory = directory;
        this.keys = keys;
        this.clock = clock;
    }

    String issue(Grant grant, ClientAuthentication client) {
        JsonObject content = Json.createObjectBuilder()
                .add("id", Base64Url.random(16))
                .add("oid", grant.user().objectId().toString())
                .add("sid", grant.session().toString())
                .add("scope", grant.scopes().toString())
                .add("client", client.code())
                .add("iat", clock.instant().toEpochMilli())
                .add("exp", clock.instant().plus(LIFETIME).getEpochSecond())
                .build();
        SigningKey key = keys.current();
        String signed = VERSION + "." + key.id() + "." + Base64Url.encode(content.toString());
        return signed + "." + key.sign(signed);
    }

    /** Makes whatever was issued to the user until now good for nothing. */
    void takeBack(User user) {
        takenBack.put(user.objectId(), clock.instant());
    }

    /** Redeems a token; a client that proved itself to get it must do so again. */
    Grant redeem(String token, ClientAuthentication client) {
        JsonObject content = content(token);
        if (ClientAuthentication.of(content.getString("client")) == ClientAuthentication.SECRET) {
            client.requireSecret();
        }
        Instant now = clock.instant();
        if (now.getEpochSecond() >= content.getJsonNumber("exp").longValue()) {
            throw Refusal.invalidGrant(700082, "The refresh token has expired. Sign in again.");
        }
        UUID user = UUID.fromString(content.getString("oid"));
        Instant issued = Instant.ofEpochMilli(content.getJsonNumber("iat").longValue());
        if (Optional.ofNullable(takenBack.get(user))
                .filter(until -> !issued.isAfter(until))
                .isPresent()) {
            throw Refusal.invalidGrant(50173, "The refresh token was taken back by an administrator. Sign in again.");
        }
        synchronized (used) {
            if (used.putIfAbsent(content.getString("id"), now) != null) {
                throw Refusal.invalidGrant(
                        70000, "The refresh token was used before; use the one that came with the answer then.");
            }
        }
        return new Grant(
                directory
                        .findUser(user)
                        .orElseThrow(() -> Refusal.invalidGrant(50034, "The user account does not exist any more.")),
                UUID.fromString(content.getString("sid")),
                Scopes.delegated(content.getString("scope"), directory.clientId()));
    }

    private JsonObject content(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals(VERSION)) {
            throw invalid();
        }
        SigningKey key = keys.find(parts[1]).orElseThrow(RefreshTokens::invalid);
        String signed = token.substring(0, token.lastIndexOf('.'));
        try {
            if (!key.verifies(signed, Base64Url.decode(parts[3]))) {
                throw invalid();
            }
            try (JsonReader reader =
                    Json.createReader(new StringReader(new String(Base64Url.decode(parts[2]), UTF_8)))) {
                return reader.readObject();
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static Refusal invalid() {
        return Refusal.invalidGrant(70000, "The refresh token is malformed or was not issued here. Sign in again.");
    }
}
