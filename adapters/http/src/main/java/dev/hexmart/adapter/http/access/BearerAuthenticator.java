package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.TokenVerifier;
import dev.hexmart.application.identity.TokenVerifier.Verification;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Takes {@code Authorization: Bearer <token>}, once, and nothing else. */
public final class BearerAuthenticator implements Authenticator {

    private static final System.Logger LOG = System.getLogger(BearerAuthenticator.class.getName());
    private static final String SCHEME = "Bearer ";

    private final TokenVerifier verifier;

    public BearerAuthenticator(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public Authentication authenticate(Request head) {
        var values = head.headerValues("Authorization");
        return switch (values.size()) {
            case 0 -> new Authentication.Anonymous();
            case 1 -> token(values.getFirst()).map(this::verified).orElseGet(Authentication.Rejected::new);
            default -> new Authentication.Rejected();
        };
    }

    @Override
    public Optional<Authentication.Identified> recognize(Request head) {
        var values = head.headerValues("Authorization");
        return values.size() != 1
                ? Optional.empty()
                : token(values.getFirst())
                        .flatMap(token -> verifier.recognize(token)
                                .map(caller -> new Authentication.Identified(caller, new Credential(token))));
    }

    /** The scheme's name is written in any case (RFC 9110, 11.1). */
    private static Optional<String> token(String value) {
        return value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(value.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private Authentication verified(String token) {
        return switch (verifier.verify(token)) {
            case Verification.Accepted accepted ->
                new Authentication.Identified(accepted.caller(), new Credential(token));
            case Verification.Rejected rejected -> {
                LOG.log(Level.DEBUG, "A token was rejected: {0}", rejected.reason());
                yield new Authentication.Rejected();
            }
        };
    }
}
