package dev.hexmart.application.identity;

import java.util.Optional;

/**
 * Driven port: the sign-ins that are under way, each in the browser where it was begun.
 *
 * <p>A browser's attempts are forgotten ten minutes after the last of them was begun; the provider's codes live no longer. Who
 * reads the store learns no browser's mark and no code verifier.
 */
public interface SignInAttempts {

    /** How many can be under way in one browser, in as many tabs. */
    int MOST_OF_ONE_BROWSER = 5;

    /** Stores an attempt; where there are too many of its browser then, the first ones are forgotten. */
    void begin(BrowserMark browser, SignInAttempt attempt);

    /** Hands an attempt out, once: of many who ask for it, one gets it. Nothing where this browser has none of that state. */
    Optional<SignInAttempt> take(BrowserMark browser, String state);
}
