package dev.hexmart.application.identity;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sign-ins under way, for as long as the process lasts. */
public final class InMemorySignInAttempts implements SignInAttempts {

    private final Map<Key, SignInAttempt> underWay = new HashMap<>();
    private boolean reachable = true;

    /** From now on every call fails. */
    public void breakDown() {
        reachable = false;
    }

    @Override
    public synchronized void begin(BrowserBinding browser, SignInAttempt attempt) {
        requireReachable();
        underWay.put(new Key(browser, attempt.state()), attempt);
    }

    @Override
    public synchronized Optional<SignInAttempt> take(BrowserBinding browser, String state) {
        requireReachable();
        return Optional.ofNullable(underWay.remove(new Key(browser, state)));
    }

    private record Key(BrowserBinding browser, String state) {}

    private void requireReachable() {
        if (!reachable) {
            throw new TemporaryFailure("The store cannot be reached");
        }
    }
}
