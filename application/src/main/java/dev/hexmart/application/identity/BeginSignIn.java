package dev.hexmart.application.identity;

import java.net.URI;
import java.util.function.Supplier;

/** Use case: send a browser to the provider for sign-in. */
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

    /**
     * Where the browser goes now.
     *
     * @param browser the secret that it has to show when it comes back with this state; of this attempt alone, so that tabs
     *     that begin at the same time do not overwrite each other's
     */
    public record Begun(BrowserBinding browser, String state, URI address) {}

    /** Begins. @param returnTo where in the shop the browser goes when the person has signed in */
    public Begun begin(String returnTo) {
        SignInAttempt attempt = new SignInAttempt(secrets.get(), secrets.get(), secrets.get(), returnTo);
        BrowserBinding browser = new BrowserBinding(secrets.get());
        attempts.begin(browser, attempt);
        return new Begun(browser, attempt.state(), provider.signInAddress(attempt));
    }
}
