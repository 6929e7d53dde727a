package dev.hexmart.application.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sign-ins under way, for as long as the process lasts. */
public final class InMemorySignInAttempts implements SignInAttempts {

    private final Map<BrowserMark, List<SignInAttempt>> underWay = new HashMap<>();

    @Override
    public synchronized void begin(BrowserMark browser, SignInAttempt attempt) {
        List<SignInAttempt> all = underWay.computeIfAbsent(browser, _ -> new ArrayList<>());
        all.add(attempt);
        if (all.size() > MOST_OF_ONE_BROWSER) {
            all.removeFirst();
        }
    }

    @Override
    public synchronized Optional<SignInAttempt> take(BrowserMark browser, String state) {
        List<SignInAttempt> all = underWay.getOrDefault(browser, List.of());
        Optional<SignInAttempt> found =
                all.stream().filter(attempt -> attempt.state().equals(state)).findFirst();
        found.ifPresent(all::remove);
        return found;
    }
}
