package dev.hexmart.adapter.http.access;

import dev.hexmart.adapter.http.exchange.AcceptHeader;
import dev.hexmart.adapter.http.exchange.Header;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.adapter.http.problem.ProblemType;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.ResumeSession;
import dev.hexmart.application.identity.SessionId;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a browser's session in the place of a bearer token, and lets its token be looked at like any other. What changes
 * something must come from an {@link OwnPage}.
 *
 * <p>What a page asks for by itself, a refresh or a stream of events, does not keep the session from being idle. The request
 * says so, which can only shorten a session: a stolen cookie gains nothing by it.
 */
public final class SessionAuthenticator implements Authenticator {

    /** On a request that a page has made without its reader having done anything. */
    static final Header BACKGROUND = new Header("X-Background-Request", "true");

    private static final String EVENTS = "text/event-stream";

    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final ResumeSession sessions;
    private final Authenticator tokens;
    private final OwnPage ownPage;

    /** @param shop where the shop's pages are, as browsers see it */
    public SessionAuthenticator(ResumeSession sessions, Authenticator tokens, URI shop) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.ownPage = new OwnPage(shop);
    }

    @Override
    public Authentication authenticate(Request head) {
        if (Cookies.find(head, Cookies.SESSION).isEmpty()) {
            return tokens.authenticate(head);
        }
        if (!head.headerValues("Authorization").isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemType.TWO_CREDENTIALS, "Send the session's cookie or a bearer token, not both at once"));
        }
        if (!SAFE.contains(head.method())) {
            ownPage.require(head);
        }
        return Cookies.findSession(head)
                .flatMap(session -> resumed(session, head))
                .map(token -> tokens.authenticate(head.withHeader("Authorization", "Bearer " + token.token())))
                .orElseGet(Authentication.Rejected::new);
    }

    /** Of a session it has to be looked up whether it has ended meanwhile. */
    @Override
    public Optional<Authentication.Identified> recognize(Request head) {
        return Cookies.find(head, Cookies.SESSION).isPresent() ? Optional.empty() : tokens.recognize(head);
    }

    private Optional<Credential> resumed(SessionId session, Request head) {
        return isBackground(head) ? sessions.resumeInBackground(session) : sessions.resume(session);
    }

    /** A browser's {@code EventSource} can send no header of ours, and comes back by itself for as long as its page is open. */
    private static boolean isBackground(Request head) {
        return head.headerValues(BACKGROUND.name()).contains(BACKGROUND.value())
                || AcceptHeader.of(head).names(EVENTS);
    }
}
