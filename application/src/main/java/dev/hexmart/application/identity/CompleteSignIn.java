package dev.hexmart.application.identity;

import dev.hexmart.application.identity.OpenIdProvider.Redemption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Use case: start a session for somebody who comes back from the provider.
 *
 * <p>Only in the browser that was sent there, and once: a callback that somebody else prepared signs nobody in.
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

    /** What became of it. */
    public sealed interface Outcome {

        /** @param session new, whatever session the browser had before */
        record Started(SessionId session, String returnTo) implements Outcome {}

        /** @param reason for our log, never for the browser */
        record Refused(String reason) implements Outcome {}
    }

    /** Redeems the code for this browser. @param former the session that the browser had, which ends */
    public Outcome complete(BrowserMark browser, String state, String code, Optional<SessionId> former) {
        return attempts.take(browser, state)
                .map(attempt -> redeem(attempt, code, former))
                .orElseGet(() -> new Outcome.Refused("the browser has no sign-in of this state under way"));
    }

    /** Gives an attempt up that the provider did not let come to a good end. */
    public void abandon(BrowserMark browser, String state) {
        attempts.take(browser, state);
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
