package dev.hexmart.application.identity;

import dev.hexmart.application.failure.TemporaryFailure;
import java.util.Optional;

/**
 * Driven port: the sign-ins that are under way, each in the browser where it was begun.
 *
 * <p>Any number of them stand side by side, as the tabs of a browser that restores its windows begin them. Each is forgotten
 * ten minutes after it was begun; the provider's codes live no longer. The store holds neither a binding nor a code verifier
 * that can be read in it.
 *
 * <p>Every call throws a {@link TemporaryFailure} when the store cannot be reached; then it is not known whether a change was
 * made.
 */
public interface SignInAttempts {

    /** Stores an attempt under the binding by which its browser is recognised when it comes back. */
    void begin(BrowserBinding browser, SignInAttempt attempt);

    /** Returns an attempt once: of many calls at the same time, one gets it. Empty if this binding and state have none. */
    Optional<SignInAttempt> take(BrowserBinding browser, String state);
}
