package dev.hexmart.application.identity;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An authority that issues opaque tokens, and verifiers that trust it. */
public final class InMemoryTokens {

    private final Map<String, Caller> issued = new ConcurrentHashMap<>();
    private volatile boolean broken;

    public String issue(Caller caller) {
        String token = "t-" + UUID.randomUUID();
        issued.put(token, caller);
        return token;
    }

    /** From now on the token is good no longer. */
    public void expire(String token) {
        issued.remove(token);
    }

    /** From now on the authority cannot be reached. */
    public void breakDown() {
        broken = true;
    }

    /** A verifier that has to reach the authority once. */
    public TokenVerifier verifier() {
        return new Verifier();
    }

    private final class Verifier implements TokenVerifier {

        private final Set<String> accepted = ConcurrentHashMap.newKeySet();
        private volatile boolean hasKeys;

        @Override
        public Verification verify(String token) {
            if (broken && !hasKeys) {
                throw new TemporaryFailure("The authority cannot be reached");
            }
            hasKeys = true;
            Optional<Caller> caller = Optional.ofNullable(issued.get(token));
            caller.ifPresent(_ -> accepted.add(token));
            return caller.<Verification>map(Verification.Accepted::new)
                    .orElseGet(() -> new Verification.Rejected("This token was never issued, or it has expired"));
        }

        @Override
        public Optional<Caller> recognize(String token) {
            return Optional.of(token).filter(accepted::contains).map(issued::get);
        }
    }
}
