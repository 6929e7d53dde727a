package dev.hexmart.tools.identity;

import dev.hexmart.tools.identity.keys.Base64Url;
import dev.hexmart.tools.identity.keys.SigningKey;
import dev.hexmart.tools.identity.keys.SigningKeys;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes tokens with the claims that Entra ID puts into its v2.0 tokens, and signs them. */
final class TokenIssuer {

    private final IdentityProviderSettings settings;
    private final Directory directory;
    private final Endpoints endpoints;
    private final SigningKeys keys;

    TokenIssuer(IdentityProviderSettings settings, Endpoints endpoints, SigningKeys keys) {
        this.settings = settings;
        this.directory = settings.directory();
        this.endpoints = endpoints;
        this.keys = keys;
    }

    String accessToken(Grant grant, ClientAuthentication client) {
        return sign(addUser(claims(), grant.user())
                .add("azp", directory.clientId().toString())
                .add("azpacr", client.code())
                .add("scp", Scopes.ACCESS_AS_USER));
    }

    String idToken(Grant grant, Optional<String> nonce) {
        JsonObjectBuilder claims = addUser(claims(), grant.user())
                .add("sid", grant.session().toString())
                .add("login_hint", grant.user().login());
        nonce.ifPresent(value -> claims.add("nonce", value));
        return sign(claims);
    }

    /** A token for the registration itself; there is no user, hence no scope, and subject and object are the same. */
    String applicationToken() {
        String servicePrincipal = UUID.nameUUIDFromBytes(
                        Base64Url.decode(Base64Url.sha256("service principal of " + directory.clientId())))
                .toString();
        return sign(addRoles(claims(), directory.applicationRoles())
                .add("azp", directory.clientId().toString())
                .add("azpacr", ClientAuthentication.SECRET.code())
                .add("idtyp", "app")
                .add("oid", servicePrincipal)
                .add("sub", servicePrincipal));
    }

    long lifetimeInSeconds() {
        return settings.accessTokenLifetime().toSeconds();
    }

    private JsonObjectBuilder claims() {
        Instant now = settings.clock().instant();
        return Json.createObjectBuilder()
                .add("aud", directory.clientId().toString())
                .add("iss", endpoints.issuer())
                .add("iat", now.getEpochSecond())
                .add("nbf", now.getEpochSecond())
                .add("exp", now.plus(settings.accessTokenLifetime()).getEpochSecond())
                .add("tid", directory.tenantId().toString())
                .add("uti", Base64Url.random(16))
                .add("ver", "2.0");
    }

    private JsonObjectBuilder addUser(JsonObjectBuilder claims, User user) {
        return addRoles(claims, user.roles())
                .add("name", user.displayName())
                .add("oid", user.objectId().toString())
                .add("preferred_username", user.userPrincipalName())
                // Pairwise: the same person is another subject to every other registration.
                .add("sub", Base64Url.sha256(user.objectId() + "@" + directory.clientId()));
    }

    private static JsonObjectBuilder addRoles(JsonObjectBuilder claims, List<String> roles) {
        return roles.isEmpty() ? claims : claims.add("roles", Json.createArrayBuilder(roles));
    }

    private String sign(JsonObjectBuilder claims) {
        SigningKey key = keys.current();
        JsonObject header = Json.createObjectBuilder()
                .add("typ", "JWT")
                .add("alg", "RS256")
                .add("kid", key.id())
                .build();
        String content = Base64Url.encode(header.toString()) + "."
                + Base64Url.encode(claims.build().toString());
        return content + "." + key.sign(content);
    }
}
