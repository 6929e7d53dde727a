package dev.hexmart.application.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sign-ins under way, for as long as the process lasts. */
public final class InMemorySignInAttempts implements SignInAttempts {

    private final Map<Key, SignInAttempt> underWay = new HashMap<>();

    @Override
    public synchronized void begin(BrowserBinding browser, SignInAttempt attempt) {
        underWay.put(new Key(browser, attempt.state()), attempt);
    }

    @Override
    public synchronized Optional<SignInAttempt> take(BrowserBinding browser, String state) {
        return Optional.ofNullable(underWay.remove(new Key(browser, state)));
    }

    private record Key(BrowserBinding browser, String state) {}
}
