package dev.hexmart.adapter.entra;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.util.Base64URL;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every token here differs in one thing from one that is accepted, and is rejected for that one thing. */
class EntraTokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static TestAuthority authority;
    private static EntraTokenVerifier verifier;

    @BeforeAll
    static void start() {
        authority = new TestAuthority();
        verifier = EntraTokenVerifier.start(authority.settings(), () -> NOW);
    }

    @AfterAll
    static void stop() {
        verifier.close();
        authority.close();
    }

    @Test
    void theTokenThatAllAttacksStartFromIsAccepted() {
        Caller.Person alice = (Caller.Person) accepted(good().toString());

        assertThat(alice.id()).hasToString("11111111-1111-1111-1111-111111111111.aaaaaaaa-0000-4000-8000-000000000001");
        assertThat(alice.displayName()).isEqualTo("Alice Archer");
        assertThat(alice.delegated()).isTrue();
        assertThat(alice.roles()).isEmpty();
    }

    static Stream<Arguments> changedTokens() {
        return Stream.of(
                attack(
                        "an audience that is not ours",
                        "wrong aud",
                        t -> t.claim("aud", TestAuthority.TENANT.toString())),
                attack(
                        "the API's URI as audience, as v1.0 has it",
                        "wrong aud",
                        t -> t.claim("aud", "api://" + TestAuthority.CLIENT)),
                attack(
                        "several audiences, ours among them",
                        "no aud",
                        t -> t.claim("aud", List.of(TestAuthority.CLIENT.toString(), "other"))),
                attack(
                        "a list of our audience alone",
                        "no aud",
                        t -> t.claim("aud", List.of(TestAuthority.CLIENT.toString()))),
                attack("no audience", "no aud", t -> t.withoutClaim("aud")),
                attack(
                        "another issuer",
                        "wrong iss",
                        t -> t.claim("iss", "https://sts.windows.net/" + TestAuthority.TENANT + "/")),
                attack("our issuer with a slash", "wrong iss", t -> t.claim("iss", authority.issuer() + "/")),
                attack(
                        "our issuer in capitals",
                        "wrong iss",
                        t -> t.claim("iss", authority.issuer().replace("v2", "V2"))),
                attack("no issuer", "no iss", t -> t.withoutClaim("iss")),
                attack("another tenant", "wrong tid", t -> t.claim("tid", TestAuthority.CLIENT.toString())),
                attack("no tenant", "no tid", t -> t.withoutClaim("tid")),
                attack("version 1.0", "wrong ver", t -> t.claim("ver", "1.0")),
                attack("version 2.0 as a number", "no ver", t -> t.claim("ver", 2.0)),
                attack("no version", "no ver", t -> t.withoutClaim("ver")),
                attack("no expiry", "no exp", t -> t.withoutClaim("exp")),
                attack("expiry as text", "no exp", t -> t.claim("exp", "4000000000")),
                attack("expiry beyond all calendars", "no exp", t -> t.claim("exp", Long.MAX_VALUE)),
                attack("expiry in fractions", "no exp", t -> t.claim("exp", 4e9 + 0.5)),
                attack("expired, skew included", "expired", t -> t.claim("exp", seconds(-60))),
                attack("no start", "no nbf", t -> t.withoutClaim("nbf")),
                attack("a start in the future", "not valid yet", t -> t.claim("nbf", seconds(61))),
                attack("no time of issue", "no iat", t -> t.withoutClaim("iat")),
                attack("issued in the future", "not valid yet", t -> t.claim("iat", seconds(61))),
                attack("valid for days", "valid for longer", t -> t.claim("exp", seconds(28 * 3600 + 1))),
                attack(
                        "an ID token of a user with roles",
                        "neither",
                        t -> t.withoutClaim("scp")
                                .claim("roles", List.of("Orders.Manage"))
                                .claim("nonce", "n")),
                attack("an empty scope", "neither", t -> t.claim("scp", " ")),
                attack("scopes as a list", "neither", t -> t.claim("scp", List.of("access_as_user"))),
                attack("user and application at once", "both", t -> t.claim("idtyp", "app")),
                attack("no client, as in an ID token", "no azp", t -> t.withoutClaim("azp")),
                attack(
                        "a client that may not call us",
                        "azp may not",
                        t -> t.claim("azp", TestAuthority.TENANT.toString())),
                attack("no subject", "no sub", t -> t.withoutClaim("sub")),
                attack("no object", "no oid", t -> t.withoutClaim("oid")),
                attack("an object that is no GUID", "oid is no GUID", t -> t.claim("oid", "alice")),
                attack("an object in short form", "oid is no GUID", t -> t.claim("oid", "1-1-1-1-1")),
                attack("another key under our key's id", "wrong signature", t -> t.signedBy(TestAuthority.ANOTHER_KEY)),
                attack(
                        "another key under its own id",
                        "unknown kid",
                        t -> t.signedBy(TestAuthority.ANOTHER_KEY).header("kid", "another-key")),
                attack("no key id", "no kid", t -> t.withoutHeader("kid")),
                attack("an empty key id", "unknown kid", t -> t.header("kid", "")),
                attack("a path for a key id", "unknown kid", t -> t.header("kid", "../../../../dev/null")),
                attack("a query for a key id", "unknown kid", t -> t.header("kid", "x' UNION SELECT 'key")),
                attack("an address for a key id", "unknown kid", t -> t.header("kid", "https://evil.example/keys")),
                attack("a key id that is no text", "unreadable header", t -> t.header("kid", 5)),
                attack(
                        "a key in the header",
                        "header jwk",
                        t -> t.signedBy(TestAuthority.ANOTHER_KEY)
                                .header(
                                        "jwk",
                                        TestAuthority.ANOTHER_KEY.toPublicJWK().toJSONObject())),
                attack("a link to keys", "header jku", t -> t.header("jku", "https://evil.example/keys")),
                attack("a link to a certificate", "header x5u", t -> t.header("x5u", "https://evil.example/cert")),
                attack("a certificate in the header", "header x5c", t -> t.header("x5c", List.of("MIIB"))),
                attack(
                        "a critical extension",
                        "header crit",
                        t -> t.header("crit", List.of("exp")).header("exp", 1)),
                attack(
                        "an unencoded payload",
                        "header",
                        t -> t.header("crit", List.of("b64")).header("b64", false)),
                attack("no critical extension at all", "header crit", t -> t.header("crit", List.of())),
                attack("an encoded payload that says so", "header b64", t -> t.header("b64", true)),
                attack("compression", "header zip", t -> t.header("zip", "DEF")),
                attack("the type of something else", "typ is not JWT", t -> t.header("typ", "dpop+jwt")),
                attack("no algorithm", "unreadable header", t -> t.withoutHeader("alg")),
                attack("the algorithm none, signed", "unreadable header", t -> t.header("alg", "none")),
                attack("the algorithm nOnE, signed", "not signed with RS256", t -> t.header("alg", "nOnE")),
                attack("our algorithm in small letters", "not signed with RS256", t -> t.header("alg", "rs256")),
                attack("an algorithm of encryption", "not signed with RS256", t -> t.header("alg", "RSA-OAEP-256")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changedTokens")
    void aTokenWithOneThingWrongIsRejectedForThatThing(String name, String reason, UnaryOperator<Token> change) {
        assertThat(rejected(change.apply(good()).toString())).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a",
                "a.b",
                "a.b.c",
                "a.b.c.d",
                "a.b.c.d.e",
                "Bearer x",
                "\0",
                "é.é.é",
                "{}.{}.{}",
                "eyJhbGciOiJSUzI1NiJ9..",
                "..eyJhbGciOiJSUzI1NiJ9",
                "bnVsbA.bnVsbA.bnVsbA",
                "W10.W10.W10"
            })
    void whatIsNoTokenIsRejected(String text) {
        assertThat(rejected(text)).isNotBlank();
    }

    @Test
    void anUnsignedTokenIsRejected() {
        String header = Token.encode("{\"alg\":\"none\"}");
        String claims = good().content().split("\\.")[1];

        assertThat(rejected(header + "." + claims + ".")).isEqualTo("not three parts of base64url");
    }

    @Test
    void aTokenWithoutItsSignatureIsRejected() {
        assertThat(rejected(good().content())).isEqualTo("not three parts of base64url");
        assertThat(rejected(good().content() + ".")).isEqualTo("not three parts of base64url");
    }

    @Test
    void ourPublicKeyUsedAsASharedSecretIsRejected() throws GeneralSecurityException, JOSEException {
        String content = good().header("alg", "HS256").content();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TestAuthority.KEY.toRSAPublicKey().getEncoded(), "HmacSHA256"));

        String forged = content + "." + Base64URL.encode(mac.doFinal(content.getBytes(US_ASCII)));

        assertThat(rejected(forged)).isEqualTo("not signed with RS256");
    }

    @Test
    void anotherAlgorithmOfTheRightKeyIsRejected() {
        String forged = Token.sign(good().header("alg", "RS512").content(), TestAuthority.KEY, "SHA512withRSA");

        assertThat(rejected(forged)).isEqualTo("not signed with RS256");
    }

    @Test
    void claimsChangedAfterSigningAreRejected() {
        String[] alice = good().toString().split("\\.");
        String[] other =
                good().claim("roles", List.of("Orders.Manage")).toString().split("\\.");

        assertThat(rejected(alice[0] + "." + other[1] + "." + alice[2])).isEqualTo("wrong signature");
    }

    @Test
    void anEncryptedTokenIsRejected() throws JOSEException {
        JWEObject encrypted = new JWEObject(
                new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                        .keyID(TestAuthority.KEY.getKeyID())
                        .build(),
                new Payload(good().toString()));
        encrypted.encrypt(new RSAEncrypter(TestAuthority.KEY.toRSAPublicKey()));

        assertThat(rejected(encrypted.serialize())).isEqualTo("not three parts of base64url");
    }

    @Test
    void theJsonSerialisationIsRejected() {
        String[] parts = good().toString().split("\\.");
        String json = "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
                .formatted(parts[0], parts[1], parts[2]);

        assertThat(rejected(json)).isEqualTo("not three parts of base64url");
    }

    @Test
    void aHugeTokenIsRejectedUnread() {
        assertThat(rejected(good().claim("name", "x".repeat(8 * 1024)).toString()))
                .isEqualTo("longer than 8192");
        assertThat(rejected("x".repeat(50_000_000))).isEqualTo("longer than 8192");
    }

    @Test
    void deepJsonIsRejectedBeforeAndAfterTheSignature() {
        String deep = "{\"a\":".repeat(1_200) + "1" + "}".repeat(1_200);
        String deepHeader = Token.encode(deep) + "." + Token.encode("{}");
        String deepClaims = good().content().split("\\.")[0] + "." + Token.encode(deep);
        String deepArrays = Token.encode("[".repeat(5_000)) + "." + Token.encode("{}");

        assertThat(rejected(Token.sign(deepHeader, TestAuthority.KEY, "SHA256withRSA")))
                .isNotBlank();
        assertThat(rejected(Token.sign(deepClaims, TestAuthority.KEY, "SHA256withRSA")))
                .isNotBlank();
        assertThat(rejected(Token.sign(deepArrays, TestAuthority.KEY, "SHA256withRSA")))
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"text\"", "5", "", "{", "{\"aud\":}"})
    void signedClaimsThatAreNoJsonObjectAreRejected(String claims) {
        String content = good().content().split("\\.")[0] + "." + Token.encode(claims);

        assertThat(rejected(Token.sign(content, TestAuthority.KEY, "SHA256withRSA")))
                .isNotBlank();
    }

    @Test
    void noSingleChangedCharacterIsAcceptedAndNoneBreaksTheVerifier() {
        String token = good().toString();
        int signature = token.lastIndexOf('.');
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            int position = random.nextInt(signature);
            char changed = (char) (random.nextBoolean() ? 33 + random.nextInt(94) : random.nextInt(0x300));
            if (changed != token.charAt(position)) {
                rejected(token.substring(0, position) + changed + token.substring(position + 1));
            }
        }
    }

    @Test
    void noChangedByteOfTheHeaderBreaksTheVerifier() {
        String header =
                "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"the-key\",\"jwk\":{\"kty\":\"RSA\"},\"x5c\":[\"MIIB\"],"
                        + "\"jku\":\"https://x\",\"crit\":[\"b64\"],\"b64\":true,\"x5t\":\"AAAA\"}";
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder changed = new StringBuilder(header);
            for (int j = random.nextInt(3); j >= 0; j--) {
                int position = random.nextInt(changed.length());
                switch (random.nextInt(3)) {
                    case 0 -> changed.deleteCharAt(position);
                    case 1 -> changed.insert(position, "\"{}[]:,0\\e-".charAt(random.nextInt(10)));
                    default -> changed.setCharAt(position, (char) random.nextInt(0x100));
                }
            }
            rejected(Token.encode(changed.toString()) + ".e30.AAAA");
        }
    }

    @Test
    void theClocksMayDifferByAMinute() {
        accepted(good().claim("exp", seconds(-59)).claim("iat", seconds(-3600)).toString());
        accepted(good().claim("nbf", seconds(60)).toString());
        accepted(good().claim("iat", seconds(60)).toString());
    }

    @Test
    void theTypeMayBeLeftOutOrNameAnAccessToken() {
        accepted(good().withoutHeader("typ").toString());
        accepted(good().header("typ", "at+jwt").toString());
        accepted(good().header("typ", "jwt").toString());
    }

    @Test
    void rolesAreReadAndThoseThatAreNotOursAreNot() {
        Caller caller = accepted(
                good().claim("roles", List.of("Catalog.Manage", "Other", 5)).toString());

        assertThat(caller.roles()).isEqualTo(Set.of(Role.CATALOG_MANAGE));
    }

    @Test
    void aTokenForAnotherOfOurScopesIsAPersonsButNotDelegated() {
        Caller.Person person =
                (Caller.Person) accepted(good().claim("scp", "profile other").toString());

        assertThat(person.delegated()).isFalse();
        assertThat(((Caller.Person) accepted(
                                good().claim("scp", "other access_as_user").toString()))
                        .delegated())
                .isTrue();
    }

    @Test
    void aPersonWithoutANameIsCalledByTheId() {
        Caller.Person person =
                (Caller.Person) accepted(good().withoutClaim("name").toString());

        assertThat(person.displayName()).isEqualTo(person.id().toString());
    }

    @Test
    void anApplicationIsAService() {
        Token token = good().withoutClaim("scp").claim("idtyp", "app").claim("roles", List.of("Orders.Manage"));

        assertThat(accepted(token.toString()))
                .isEqualTo(new Caller.Service(TestAuthority.CLIENT.toString(), Set.of(Role.ORDERS_MANAGE)));
    }

    @Test
    void aReasonRepeatsNothingOfTheToken() {
        Map<String, String> planted = Map.of("iss", "SECRET", "aud", "SECRET", "azp", "SECRET", "oid", "SECRET");

        planted.forEach((claim, value) ->
                assertThat(rejected(good().claim(claim, value).toString())).doesNotContain("SECRET"));
    }

    private static Token good() {
        return Token.good(authority, NOW);
    }

    private static long seconds(long fromNow) {
        return NOW.plusSeconds(fromNow).getEpochSecond();
    }

    private static Arguments attack(String name, String reason, UnaryOperator<Token> change) {
        return arguments(name, reason, change);
    }

    private static Caller accepted(String token) {
        return switch (verifier.verify(token)) {
            case Verification.Accepted(Caller caller) -> caller;
            case Verification.Rejected(String reason) -> throw new AssertionError("Rejected: " + reason);
        };
    }

    private static String rejected(String token) {
        return switch (verifier.verify(token)) {
            case Verification.Accepted accepted -> throw new AssertionError("Accepted: " + token);
            case Verification.Rejected(String reason) -> reason;
        };
    }
}
