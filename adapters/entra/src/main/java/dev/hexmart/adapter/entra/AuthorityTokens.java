package dev.hexmart.adapter.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What holds of every token that the authority issues for us, access token or ID token: who signed it, for whom, and when.
 *
 * <p>Only keys of the authority count, whatever a token brings along or points to, and no claim is looked at before the
 * signature is found good.
 */
final class AuthorityTokens implements AutoCloseable {

    private static final int MAX_LENGTH = 8 * 1024;
    private static final Pattern COMPACT_JWS = Pattern.compile("[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]++){2}");
    private static final Duration SKEW = Duration.ofSeconds(60);

    /** The longest that Entra ID issues: 28 hours, for clients that can be told of a revocation. */
    private static final Duration MAX_LIFETIME = Duration.ofHours(28);

    /** Parameters by which a token would choose its own key, or demand what is not understood here. */
    private static final List<String> FORBIDDEN_HEADERS = List.of("crit", "jwk", "jku", "x5u", "x5c", "b64", "zip");

    private static final Set<String> TYPES = Set.of("JWT", "AT+JWT");

    private final EntraSettings settings;
    private final InstantSource clock;
    private final AuthorityKeys keys;

    private AuthorityTokens(EntraSettings settings, InstantSource clock, AuthorityKeys keys) {
        this.settings = settings;
        this.clock = clock;
        this.keys = keys;
    }

    /** Starts to fetch the authority's keys, without waiting for them. */
    static AuthorityTokens start(EntraSettings settings, InstantSource clock) {
        return new AuthorityTokens(settings, clock, AuthorityKeys.start(settings, clock));
    }

    /** Whether tokens can be verified: the authority has been reached once. */
    boolean isReady() {
        return keys.areKnown();
    }

    EntraSettings settings() {
        return settings;
    }

    /** @throws dev.hexmart.application.failure.TemporaryFailure when the keys have never been seen and cannot be had */
    Claims verify(String token) throws Rejection {
        return verified(token).claims();
    }

    /** The same, with what says how long the verdict holds. */
    Verified verified(String token) throws Rejection {
        JWSObject jws = parse(token);
        JWSVerifier key = key(jws.getHeader());
        Claims claims = claims(jws, key);
        claims.requireEqual("ver", "2.0");
        claims.requireEqual("iss", keys.issuer());
        claims.requireEqual("tid", settings.tenantId().toString());
        claims.requireEqual("aud", settings.clientId().toString());
        return new Verified(claims, requireCurrent(claims), jws.getHeader().getKeyID(), key);
    }

    /** Whether signatures are still verified with this very key. */
    boolean isInUse(String keyId, JWSVerifier key) {
        return keys.isInUse(keyId, key);
    }

    /**
     * A token that holds.
     *
     * @param until when it is no longer accepted
     * @param key that its signature was verified with
     */
    record Verified(Claims claims, Instant until, String keyId, JWSVerifier key) {}

    @Override
    public void close() {
        keys.close();
    }

    private static JWSObject parse(String token) throws Rejection {
        if (token.length() > MAX_LENGTH) {
            throw new Rejection("longer than " + MAX_LENGTH);
        }
        // Nimbus skips characters that are not base64url, and takes five parts for an encrypted token.
        if (!COMPACT_JWS.matcher(token).matches()) {
            throw new Rejection("not three parts of base64url");
        }
        try {
            return JWSObject.parse(token);
        } catch (ParseException | RuntimeException e) {
            // Unchecked ones too: Nimbus 10.10 meets a header that is the JSON text null with a NullPointerException.
            throw new Rejection("unreadable header");
        }
    }

    private JWSVerifier key(JWSHeader header) throws Rejection {
        if (!JWSAlgorithm.RS256.equals(header.getAlgorithm())) {
            throw new Rejection("not signed with RS256");
        }
        if (header.getType() != null
                && !TYPES.contains(header.getType().toString().toUpperCase(Locale.ROOT))) {
            throw new Rejection("typ is not JWT");
        }
        Set<String> parameters = parameters(header);
        for (String forbidden : FORBIDDEN_HEADERS) {
            if (parameters.contains(forbidden)) {
                throw new Rejection("header " + forbidden);
            }
        }
        if (header.getKeyID() == null) {
            throw new Rejection("no kid");
        }
        return keys.find(header.getKeyID()).orElseThrow(() -> new Rejection("unknown kid"));
    }

    /** As they were written: Nimbus leaves out an empty {@code crit}, and a {@code b64} that changes nothing. */
    private static Set<String> parameters(JWSHeader header) throws Rejection {
        try {
            return JSONObjectUtils.parse(header.getParsedBase64URL().decodeToString())
                    .keySet();
        } catch (ParseException e) {
            throw new Rejection("unreadable header");
        }
    }

    private static Claims claims(JWSObject jws, JWSVerifier key) throws Rejection {
        try {
            if (!jws.verify(key)) {
                throw new Rejection("wrong signature");
            }
        } catch (JOSEException e) {
            throw new Rejection("signature cannot be verified");
        }
        Map<String, Object> claims = jws.getPayload().toJSONObject();
        if (claims == null) {
            throw new Rejection("claims are no JSON object");
        }
        return new Claims(claims);
    }

    /** Returns when the token is no longer accepted. */
    private Instant requireCurrent(Claims claims) throws Rejection {
        Instant now = clock.instant();
        Instant issued = claims.requireTime("iat");
        Instant expires = claims.requireTime("exp");
        Instant until = expires.plus(SKEW);
        if (!until.isAfter(now)) {
            throw new Rejection("expired");
        }
        if (claims.requireTime("nbf").minus(SKEW).isAfter(now)
                || issued.minus(SKEW).isAfter(now)) {
            throw new Rejection("not valid yet");
        }
        if (Duration.between(issued, expires).compareTo(MAX_LIFETIME) > 0) {
            throw new Rejection("valid for longer than any that Entra ID issues");
        }
        return until;
    }
}
