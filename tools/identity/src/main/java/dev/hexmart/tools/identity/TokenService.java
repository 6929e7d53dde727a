package dev.hexmart.tools.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.tools.identity.keys.Base64Url;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** The token endpoint: one method for each grant. */
record TokenService(Directory directory, TokenIssuer issuer, AuthorizationCodes codes, RefreshTokens refreshTokens)
        implements HttpService {

    private static final String BASIC = "Basic ";

    @Override
    public void routing(HttpRules rules) {
        rules.post(Endpoints.TOKEN, this::token).any(Endpoints.TOKEN, (req, res) -> {
            throw Refusal.wrongMethod("POST");
        });
    }

    private void token(ServerRequest req, ServerResponse res) {
        Parameters form = form(req);
        ClientAuthentication client = authenticate(form, req);
        JsonObject answer = switch (form.require("grant_type")) {
            case "authorization_code" -> authorizationCode(form, client);
            case "refresh_token" -> refreshToken(form, client);
            case "client_credentials" -> clientCredentials(form, client);
            case "password" -> password(form, client);
            default ->
                throw Refusal.of(
                        "unsupported_grant_type",
                        70003,
                        "The grant_type must be authorization_code, refresh_token, client_credentials or"
                                + " password.");
        };
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Responses.json(res, answer);
    }

    private JsonObject authorizationCode(Parameters form, ClientAuthentication client) {
        client.requireSecret();
        String code = form.require("code");
        String redirectUri = form.require("redirect_uri");
        String verifier = form.require("code_verifier");
        AuthorizationCodes.Issued issued = codes.redeem(code);
        if (!issued.redirectUri().equals(redirectUri)) {
            throw Refusal.invalidGrant(
                    500112, "The redirect_uri is not the one for which the authorization code was issued.");
        }
        if (!issued.challenge().equals(Base64Url.sha256(verifier))) {
            throw Refusal.invalidGrant(
                    501481, "The code_verifier does not match the code_challenge of the authorization request.");
        }
        return answer(issued.grant(), client, issued.nonce());
    }

    private JsonObject refreshToken(Parameters form, ClientAuthentication client) {
        // What was granted stays granted: a scope here can only be right or wrong.
        form.find("scope").ifPresent(scope -> Scopes.delegated(scope, directory.clientId()));
        Grant grant = refreshTokens.redeem(form.require("refresh_token"), client);
        return answer(grant, client, Optional.empty());
    }

    private JsonObject clientCredentials(Parameters form, ClientAuthentication client) {
        client.requireSecret();
        Scopes.requireDefault(form.require("scope"), directory.clientId());
        return bearer(issuer.applicationToken()).build();
    }

    private JsonObject password(Parameters form, ClientAuthentication client) {
        String password = form.require("password");
        User user = directory
                .findUser(form.require("username"))
                .filter(found -> found.hasPassword(password))
                .orElseThrow(() -> Refusal.invalidGrant(
                        50126, "Error validating credentials due to invalid username or password."));
        Scopes scopes = Scopes.delegated(form.find("scope").orElse(Scopes.ACCESS_AS_USER), directory.clientId());
        return answer(new Grant(user, UUID.randomUUID(), scopes), client, Optional.empty());
    }

    private JsonObject answer(Grant grant, ClientAuthentication client, Optional<String> nonce) {
        JsonObject clientInfo = Json.createObjectBuilder()
                .add("uid", grant.user().objectId().toString())
                .add("utid", directory.tenantId().toString())
                .build();
        JsonObjectBuilder answer = bearer(issuer.accessToken(grant, client))
                .add("scope", grant.scopes().toString())
                .add("client_info", Base64Url.encode(clientInfo.toString()));
        if (grant.scopes().hasOpenId()) {
            answer.add("id_token", issuer.idToken(grant, nonce));
        }
        if (grant.scopes().hasOfflineAccess()) {
            answer.add("refresh_token", refreshTokens.issue(grant, client));
        }
        return answer.build();
    }

    private JsonObjectBuilder bearer(String accessToken) {
        return Json.createObjectBuilder()
                .add("token_type", "Bearer")
                .add("expires_in", issuer.lifetimeInSeconds())
                .add("ext_expires_in", issuer.lifetimeInSeconds())
                .add("access_token", accessToken);
    }

    private ClientAuthentication authenticate(Parameters form, ServerRequest req) {
        Optional<Credentials> basic =
                req.headers().first(HeaderNames.AUTHORIZATION).map(TokenService::basicCredentials);
        Credentials credentials =
                basic.orElseGet(() -> new Credentials(form.require("client_id"), form.find("client_secret")));
        directory.requireClient(credentials.clientId());
        if (credentials.secret().isEmpty()) {
            return ClientAuthentication.NONE;
        }
        byte[] presented = credentials.secret().get().getBytes(UTF_8);
        if (!MessageDigest.isEqual(presented, directory.clientSecret().getBytes(UTF_8))) {
            throw Refusal.unauthenticatedClient(7000215, "Invalid client secret provided.");
        }
        return ClientAuthentication.SECRET;
    }

    private static Credentials basicCredentials(String header) {
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            try {
                String pair = new String(
                        Base64.getDecoder()
                                .decode(header.substring(BASIC.length()).strip()),
                        UTF_8);
                int colon = pair.indexOf(':');
                if (colon > 0) {
                    return new Credentials(
                            Parameters.decode(pair.substring(0, colon)),
                            Optional.of(Parameters.decode(pair.substring(colon + 1))));
                }
            } catch (IllegalArgumentException e) {
                throw Refusal.malformed("The Authorization header is not base64.");
            }
        }
        throw Refusal.malformed("The Authorization header must be 'Basic', with client id and secret.");
    }

    private static Parameters form(ServerRequest req) {
        try (InputStream body = req.content().inputStream()) {
            return Parameters.parse(new String(body.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Credentials(String clientId, Optional<String> secret) {}
}
