package dev.hexmart.adapter.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSVerifier;
import dev.hexmart.application.identity.Caller;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The callers of access tokens that have been verified, by the tokens' SHA-256; the least recently used are forgotten.
 *
 * <p>To verify an RSA signature and to parse the claims costs some hundred times what it costs to look the token up here.
 * Rejected tokens are not kept: there is no end of them.
 */
final class KnownTokens {

    /** Some 5 MB at the most. */
    static final int MAX_TOKENS = 10_000;

    private final Map<String, Known> known = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_TOKENS;
        }
    });

    /**
     * A verified token.
     *
     * @param until when it is no longer accepted
     * @param key that its signature was verified with
     */
    record Known(Caller caller, Instant until, String keyId, JWSVerifier key) {}

    Optional<Known> find(String hash) {
        return Optional.ofNullable(known.get(hash));
    }

    void add(String hash, Known token) {
        known.put(hash, token);
    }

    void remove(String hash) {
        known.remove(hash);
    }

    int size() {
        return known.size();
    }

    static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
