package dev.hexmart.application.identity;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** Use case: send a browser to the provider, so that somebody signs in. */
public final class BeginSignIn {

    private final SignInAttempts attempts;
    private final OpenIdProvider provider;
    private final Supplier<String> secrets;

    /** @param secrets each of 256 random bits, in 43 characters that need no encoding in a URL */
    public BeginSignIn(SignInAttempts attempts, OpenIdProvider provider, Supplier<String> secrets) {
        this.attempts = attempts;
        this.provider = provider;
        this.secrets = secrets;
    }

    /** Where the browser goes now. @param browser what it has to show when it comes back */
    public record Begun(BrowserMark browser, URI address) {}

    /**
     * Begins.
     *
     * @param browser the mark of a browser with which somebody has begun to sign in before
     * @param returnTo where in the shop the browser goes when somebody has signed in
     */
    public Begun begin(Optional<BrowserMark> browser, String returnTo) {
        SignInAttempt attempt = new SignInAttempt(secrets.get(), secrets.get(), secrets.get(), returnTo);
        BrowserMark mark = browser.orElseGet(() -> new BrowserMark(secrets.get()));
        attempts.begin(mark, attempt);
        return new Begun(mark, provider.signInAddress(attempt));
    }
}
