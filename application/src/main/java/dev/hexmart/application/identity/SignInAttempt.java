package dev.hexmart.application.identity;

import java.util.regex.Pattern;

/**
 * A sign-in that has begun in a browser and is awaited at the callback.
 *
 * @param state by which the callback is known to belong to this attempt
 * @param nonce which the ID token must repeat, so that one from elsewhere is of no use
 * @param codeVerifier the secret behind the code challenge (RFC 7636): only who knows it can redeem the code
 * @param returnTo the path within the shop where the browser goes on
 */
public record SignInAttempt(String state, String nonce, String codeVerifier, String returnTo) {

    /** Browsers read {@code //host} and {@code /\host} as another site, and leave out tabs and line breaks first. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]{0,1000}");

    public SignInAttempt {
        requireOwnPath(returnTo);
    }

    /**
     * Makes sure that an address leads nowhere but into the shop, so that signing in cannot be used to send people elsewhere.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static String requireOwnPath(String address) {
        if (!OWN_PATH.matcher(address).matches()) {
            throw new IllegalArgumentException("Must be a path of this shop, such as /orders, percent-encoded");
        }
        return address;
    }

    /** Does not tell the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "SignInAttempt[…, returnTo=" + returnTo + "]";
    }
}
