package dev.hexmart.application.identity;

import java.net.URI;
import java.util.Optional;

/** Use case: sign somebody out, here at once, and at the provider with the browser's help. */
public final class EndSession {

    private final SessionRepository sessions;
    private final OpenIdProvider provider;

    public EndSession(SessionRepository sessions, OpenIdProvider provider) {
        this.sessions = sessions;
        this.provider = provider;
    }

    /** Ends a session. @return where the browser has to go so that it is signed out there too; nothing if it never was in */
    public Optional<URI> end(SessionId id) {
        Optional<URI> address = sessions.find(id)
                .map(session -> provider.signOutAddress(session.signedIn().tokens()));
        sessions.end(id);
        return address;
    }

    /** Ends what came out of a session that the provider says it has ended. */
    public void endAllOf(String providerSession) {
        sessions.endAllOf(providerSession);
    }
}
