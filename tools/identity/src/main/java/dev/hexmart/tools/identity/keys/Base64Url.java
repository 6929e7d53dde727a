package dev.hexmart.tools.identity.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The unpadded base64url text that JOSE and OAuth are made of (RFC 7515, section 2). */
public final class Base64Url {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Base64Url() {}

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static String encode(String text) {
        return encode(text.getBytes(UTF_8));
    }

    /** @throws IllegalArgumentException if the text is no base64url */
    public static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    public static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return encode(random);
    }

    public static String sha256(String text) {
        try {
            return encode(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
