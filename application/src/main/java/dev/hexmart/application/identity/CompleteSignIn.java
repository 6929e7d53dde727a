package dev.hexmart.application.identity;

import dev.hexmart.application.identity.OpenIdProvider.Redemption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Use case: start a session for a person who returns from the provider.
 *
 * <p>Only in the browser that was sent there, and once: a callback of another sign-in attempt is refused.
 */
public final class CompleteSignIn {

    private final SignInAttempts attempts;
    private final OpenIdProvider provider;
    private final SessionRepository sessions;
    private final Supplier<String> secrets;
    private final InstantSource clock;

    /** @param secrets each of 256 random bits, in 43 characters that need no encoding in a cookie */
    public CompleteSignIn(
            SignInAttempts attempts,
            OpenIdProvider provider,
            SessionRepository sessions,
            Supplier<String> secrets,
            InstantSource clock) {
        this.attempts = attempts;
        this.provider = provider;
        this.sessions = sessions;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The provider's parameters of the callback. */
    public sealed interface Reply {

        /** To be exchanged for tokens. */
        record Code(String code) implements Reply {}

        /** It did not sign the person in, for instance because an administrator has not assigned them. */
        record Denial() implements Reply {}
    }

    /** How the sign-in ended. */
    public sealed interface Outcome {

        /** @param session new, whatever session the browser had before */
        record Started(SessionId session, String returnTo) implements Outcome {}

        /** The provider denied the sign-in that this browser had under way. */
        record Denied(String returnTo) implements Outcome {}

        /**
         * The provider did not take the code, or what it gave for it was not genuine.
         *
         * @param reason for our log, never for the browser
         */
        record Refused(String reason) implements Outcome {}

        /** This browser has no such sign-in under way, but has a session: it went back to a callback that was used. */
        record SignedInAlready() implements Outcome {}

        /** This browser has no such sign-in under way: it was used, took too long, or was begun in another browser. */
        record NotUnderWay() implements Outcome {}
    }

    /**
     * Completes the sign-in of this state, if it was begun in this browser.
     *
     * @param browser the binding that came with this state's request; empty if the browser has sent none
     * @param former the session that the browser had, which ends when a new one starts
     */
    public Outcome complete(Optional<BrowserBinding> browser, String state, Reply reply, Optional<SessionId> former) {
        return browser.flatMap(binding -> attempts.take(binding, state))
                .map(attempt -> switch (reply) {
                    case Reply.Code(String code) -> redeem(attempt, code, former);
                    case Reply.Denial() -> new Outcome.Denied(attempt.returnTo());
                })
                .orElseGet(() -> isLive(former) ? new Outcome.SignedInAlready() : new Outcome.NotUnderWay());
    }

    private boolean isLive(Optional<SessionId> session) {
        return session.flatMap(sessions::find)
                .filter(found -> !found.isOverAt(clock.instant()))
                .isPresent();
    }

    private Outcome redeem(SignInAttempt attempt, String code, Optional<SessionId> former) {
        return switch (provider.redeem(code, attempt)) {
            case Redemption.Redeemed redeemed -> {
                SessionId id = new SessionId(secrets.get());
                sessions.start(id, Session.startedAt(clock.instant(), redeemed.signedIn()));
                former.ifPresent(sessions::end);
                yield new Outcome.Started(id, attempt.returnTo());
            }
            case Redemption.Refused refused -> new Outcome.Refused(refused.reason());
        };
    }
}
