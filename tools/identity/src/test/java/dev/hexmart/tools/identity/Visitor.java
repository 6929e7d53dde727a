package dev.hexmart.tools.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hexmart.tools.identity.keys.Base64Url;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Talks to the provider as any program or browser does: by HTTP, and by nothing else. */
final class Visitor implements AutoCloseable {

    static final String SIGN_IN = "/" + Directory.TENANT_ID + "/oauth2/v2.0/authorize";
    static final String SIGN_OUT = "/" + Directory.TENANT_ID + "/oauth2/v2.0/logout";
    static final String TOKEN = "/" + Directory.TENANT_ID + "/oauth2/v2.0/token";
    static final String KEYS = "/" + Directory.TENANT_ID + "/discovery/v2.0/keys";
    static final String METADATA = "/" + Directory.TENANT_ID + "/v2.0/.well-known/openid-configuration";

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI base;

    Visitor(IdentityProvider provider) {
        this.base = URI.create("http://127.0.0.1:" + provider.port());
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> get(String path, Map<String, String> query) {
        return get(path + "?" + Parameters.format(query));
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        return post(path, Parameters.format(form));
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted", e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    /** The answer of the token endpoint, which has to be a success. */
    JsonObject token(Map<String, String> form) {
        HttpResponse<String> response = post(TOKEN, form);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response.body());
    }

    JsonObject signIn(String user, String scope) {
        return token(password(user, scope));
    }

    /** The claims of a token, once its signature is found good by the keys that the provider publishes. */
    JsonObject verified(String token) throws GeneralSecurityException {
        String[] parts = token.split("\\.");
        JsonObject header = json(decode(parts[0]));
        JsonObject key = json(get(KEYS).body()).getJsonArray("keys").getValuesAs(JsonObject.class).stream()
                .filter(candidate -> candidate.getString("kid").equals(header.getString("kid")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The token's key is not published"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key.getString("n")), number(key.getString("e")))));
        signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
        if (!signature.verify(Base64Url.decode(parts[2]))) {
            throw new AssertionError("The token's signature is wrong");
        }
        return json(decode(parts[1]));
    }

    static JsonObject header(String token) {
        return json(decode(token.substring(0, token.indexOf('.'))));
    }

    static Map<String, String> password(String user, String scope) {
        return Map.of(
                "grant_type", "password",
                "client_id", Directory.CLIENT_ID.toString(),
                "username", user,
                "password", user,
                "scope", scope);
    }

    static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> changed = new HashMap<>(parameters);
        changed.put(name, value);
        return changed;
    }

    static Map<String, String> without(Map<String, String> parameters, String name) {
        Map<String, String> changed = new HashMap<>(parameters);
        changed.remove(name);
        return changed;
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    static String decode(String base64Url) {
        return new String(Base64Url.decode(base64Url), UTF_8);
    }

    private static BigInteger number(String base64Url) {
        return new BigInteger(1, Base64Url.decode(base64Url));
    }

    @Override
    public void close() {
        http.close();
    }
}
