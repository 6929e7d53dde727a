package dev.hexmart.application.identity;

import java.net.URI;
import java.util.Optional;

/** Use case: sign a person out, here at once, and at the provider with the browser's help. */
public final class EndSession {

    private final SessionRepository sessions;
    private final OpenIdProvider provider;

    public EndSession(SessionRepository sessions, OpenIdProvider provider) {
        this.sessions = sessions;
        this.provider = provider;
    }

    /**
     * Ends a session. One that has ended already, or none at all, makes no difference to what the person wants: the provider
     * may know the browser still, and would sign it in again without a question.
     *
     * @return where the browser has to go so that it is signed out there too; from there it comes back to our page for
     *     those who have signed out
     */
    public URI end(Optional<SessionId> id) {
        Optional<Tokens> tokens =
                id.flatMap(sessions::find).map(session -> session.signedIn().tokens());
        id.ifPresent(sessions::end);
        return provider.signOutAddress(tokens);
    }

    /** Ends the sessions of a provider session that has ended. */
    public void endAllOf(String providerSession) {
        sessions.endAllOf(providerSession);
    }
}
