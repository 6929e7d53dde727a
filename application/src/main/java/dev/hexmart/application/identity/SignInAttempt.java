package dev.hexmart.application.identity;

/**
 * A sign-in that has begun in a browser and is awaited at the callback.
 *
 * @param state by which the callback is known to belong to this attempt
 * @param nonce which the ID token must repeat, so that one from elsewhere is of no use
 * @param codeVerifier the secret behind the code challenge (RFC 7636): only who knows it can redeem the code
 * @param returnTo the path within the shop where the browser goes on
 */
public record SignInAttempt(String state, String nonce, String codeVerifier, String returnTo) {

    /** Does not tell the secrets: this ends up in logs. */
    @Override
    public String toString() {
        return "SignInAttempt[…, returnTo=" + returnTo + "]";
    }
}
