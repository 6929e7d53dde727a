package dev.hexmart.tools.identity;

import dev.hexmart.tools.identity.keys.Base64Url;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The codes that wait to be redeemed: each once, and within ten minutes. */
final class AuthorizationCodes {

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final InstantSource clock;

    private final Map<String, Waiting> waiting = new Latest<>();

    AuthorizationCodes(InstantSource clock) {
        this.clock = clock;
    }

    /** What was asked for when the code was issued, and must be matched when it is redeemed. */
    record Issued(Grant grant, String redirectUri, String challenge, Optional<String> nonce) {}

    synchronized String issue(Issued issued) {
        String code = Base64Url.random(32);
        waiting.put(code, new Waiting(issued, clock.instant().plus(LIFETIME)));
        return code;
    }

    synchronized Issued redeem(String code) {
        Waiting found = waiting.remove(code);
        if (found == null || found.expires().isBefore(clock.instant())) {
            throw Refusal.invalidGrant(
                    70008, "The authorization code is unknown, redeemed already, or expired. Sign in again.");
        }
        return found.issued();
    }

    private record Waiting(Issued issued, Instant expires) {}
}
