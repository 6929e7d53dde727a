package dev.hexmart.application.idempotency;

import dev.hexmart.domain.shared.Letters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identifies the content of a request with an idempotency key: a SHA-256 in hex. */
public record Fingerprint(String sha256) {

    private static final int LENGTH = 64;

    public Fingerprint {
        if (!Letters.areAll(sha256, Letters::isLowerHexDigit, LENGTH, LENGTH)) {
            throw new IllegalArgumentException("A fingerprint is 64 hexadecimal digits in lower case");
        }
    }

    /** @param canonical the request as a text that is equal for equal requests */
    public static Fingerprint of(String canonical) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return new Fingerprint(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
