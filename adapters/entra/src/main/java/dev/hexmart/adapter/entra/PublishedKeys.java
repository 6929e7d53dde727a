package dev.hexmart.adapter.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One answer of the authority's key endpoint, read key by key: a key that cannot be used costs no other key.
 *
 * <p>Not by {@code JWKSet.parse}, which fails as a whole where one key has an unknown curve or operation (Nimbus 10.10).
 *
 * @param usable the keys by which a token may be signed, by their id
 * @param skipped the others, each with the reason, as a log may have it
 */
public record PublishedKeys(Map<String, JWSVerifier> usable, List<String> skipped) {

    private static final int MIN_KEY_BITS = 2048;

    /** Ids that are safe for the log: a line break in one would forge a log line. */
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9_.:+/=-]{1,100}");

    public PublishedKeys {
        usable = Map.copyOf(usable);
        skipped = List.copyOf(skipped);
    }

    /** @throws ParseException if the answer is not a key set: an object with an array {@code keys} */
    public static PublishedKeys read(Map<String, Object> answer) throws ParseException {
        if (!(answer.get("keys") instanceof List<?> keys)) {
            throw new ParseException("no array of keys", 0);
        }
        Map<String, JWSVerifier> usable = new LinkedHashMap<>();
        List<String> skipped = new ArrayList<>();
        for (Object key : keys) {
            Map<?, ?> members = key instanceof Map<?, ?> map ? map : Map.of();
            try {
                usable.put(text(members, "kid"), verifier(members));
            } catch (Unusable unusable) {
                skipped.add(name(members) + ": " + unusable.getMessage());
            }
        }
        return new PublishedKeys(usable, skipped);
    }

    /** Of all members only those count that RFC 7517 and 7518 have for a public RSA key and its use. */
    private static JWSVerifier verifier(Map<?, ?> key) throws Unusable {
        require(key, "kty", "RSA");
        if (key.get("use") != null) {
            require(key, "use", "sig");
        }
        if (key.get("alg") != null) {
            require(key, "alg", "RS256");
        }
        if (key.get("key_ops") != null && !(key.get("key_ops") instanceof List<?> ops && ops.contains("verify"))) {
            throw new Unusable("key_ops without verify");
        }
        try {
            RSAKey rsa = new RSAKey.Builder(new Base64URL(text(key, "n")), new Base64URL(text(key, "e"))).build();
            if (rsa.size() < MIN_KEY_BITS) {
                throw new Unusable("fewer than %d bits".formatted(MIN_KEY_BITS));
            }
            return new RSASSAVerifier(rsa.toRSAPublicKey());
        } catch (JOSEException | RuntimeException e) {
            throw new Unusable("n and e are no RSA key");
        }
    }

    private static void require(Map<?, ?> key, String member, String value) throws Unusable {
        if (!value.equals(key.get(member))) {
            throw new Unusable(member + " " + printable(key, member));
        }
    }

    private static String text(Map<?, ?> key, String member) throws Unusable {
        if (key.get(member) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new Unusable("no " + member);
    }

    private static String name(Map<?, ?> key) {
        return "kid " + printable(key, "kid");
    }

    private static String printable(Map<?, ?> key, String member) {
        return key.get(member) instanceof String text && PRINTABLE.matcher(text).matches()
                ? text
                : "(not a plain word)";
    }

    /** Ends the reading of one key; never leaves this class. */
    private static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason, null, false, false);
        }
    }
}
