package dev.hexmart.adapter.entra;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A token put together by hand, so that it can be wrong in any way; {@link #toString} signs and writes it. */
public record Token(Map<String, Object> header, Map<String, Object> claims, RSAKey key) {

    /** A token of Alice's with which nothing is wrong. */
    public static Token good(TestAuthority authority, Instant now) {
        Map<String, Object> claims = new TreeMap<>();
        claims.put("aud", TestAuthority.CLIENT.toString());
        claims.put("iss", authority.issuer());
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plusSeconds(3600).getEpochSecond());
        claims.put("azp", TestAuthority.CLIENT.toString());
        claims.put("azpacr", "1");
        claims.put("name", "Alice Archer");
        claims.put("oid", "aaaaaaaa-0000-4000-8000-000000000001");
        claims.put("scp", "access_as_user");
        claims.put("sub", "a-pairwise-subject");
        claims.put("tid", TestAuthority.TENANT.toString());
        claims.put("ver", "2.0");
        Map<String, Object> header = Map.of("typ", "JWT", "alg", "RS256", "kid", TestAuthority.KEY.getKeyID());
        return new Token(header, claims, TestAuthority.KEY);
    }

    public Token claim(String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(claims);
        changed.put(name, value);
        return new Token(header, changed, key);
    }

    public Token withoutClaim(String name) {
        Map<String, Object> changed = new TreeMap<>(claims);
        changed.remove(name);
        return new Token(header, changed, key);
    }

    public Token header(String name, Object value) {
        Map<String, Object> changed = new TreeMap<>(header);
        changed.put(name, value);
        return new Token(changed, claims, key);
    }

    public Token withoutHeader(String name) {
        Map<String, Object> changed = new TreeMap<>(header);
        changed.remove(name);
        return new Token(changed, claims, key);
    }

    public Token signedBy(RSAKey otherKey) {
        return new Token(header, claims, otherKey);
    }

    /** The two parts that are signed. */
    public String content() {
        return encode(JSONObjectUtils.toJSONString(header)) + "." + encode(JSONObjectUtils.toJSONString(claims));
    }

    @Override
    public String toString() {
        return sign(content(), key, "SHA256withRSA");
    }

    public static String sign(String content, RSAKey key, String algorithm) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key.toPrivateKey());
            signature.update(content.getBytes(US_ASCII));
            return content + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public static String encode(String text) {
        return Base64URL.encode(text).toString();
    }
}
