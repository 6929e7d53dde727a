package dev.hexmart.application.identity;

import java.net.URI;
import java.util.Optional;

/**
 * Driven port: signs people in by OpenID Connect's authorization code flow, with PKCE, as a confidential client.
 *
 * <p>Each call stands for itself: what one person was given is never mixed with another's, however many call at once.
 * Every method but the two that build an address throws a {@link
 * dev.hexmart.application.failure.TemporaryFailure} when the provider does not answer, or not in time, and a {@link
 * dev.hexmart.application.failure.PermanentFailure} when it rejects the client itself: the secret is wrong or has expired. Existing
 * sessions go on then.
 */
public interface OpenIdProvider {

    /**
     * Where a browser is sent so that a person signs in.
     *
     * <p>The address carries the attempt's state and nonce and the hash of its code verifier, never the verifier. Makes
     * no request.
     */
    URI signInAddress(SignInAttempt attempt);

    /**
     * Exchanges the code that came to the callback for tokens.
     *
     * <p>{@link Redemption.Refused} where the provider does not take the code (it is unknown, used, too old, or was issued for another
     * verifier), and where the ID token is not genuine, current, for us, of our tenant, or does not repeat the attempt's
     * nonce. No code makes this method throw.
     */
    Redemption redeem(String code, SignInAttempt attempt);

    /**
     * Gets new tokens without asking the person, for instance when the old access token nears its end. Always asks the
     * provider: a new access token is returned, never the old one again.
     *
     * <p>{@link Renewal.Ended} where the provider no longer lets the person stay signed in.
     */
    Renewal renew(Tokens tokens);

    /**
     * Where a browser is sent so that the provider's own session with it ends too; from there it comes back to our
     * page for those who have signed out. Makes no request.
     *
     * @param tokens of the session that ends; without them the provider may ask which of several accounts is meant
     */
    URI signOutAddress(Optional<Tokens> tokens);

    sealed interface Redemption {

        record Redeemed(SignedIn signedIn) implements Redemption {}

        /** @param reason for our log, never for the browser, and without anything that is secret */
        record Refused(String reason) implements Redemption {}
    }

    sealed interface Renewal {

        record Renewed(Tokens tokens) implements Renewal {}

        /** @param reason for our log, never for the browser, and without anything that is secret */
        record Ended(String reason) implements Renewal {}
    }
}
