package dev.hexmart.adapter.http;

import dev.hexmart.application.identity.ResumeSession;
import dev.hexmart.application.identity.SessionId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a browser's session in the place of a bearer token, and lets its token be looked at like any other.
 *
 * <p>A browser sends its cookie whoever has made it ask. What changes something must therefore carry a header that no form
 * and no other site's script can send, and come from where the shop is.
 */
public final class SessionAuthenticator implements Authenticator {

    static final String OWN_HEADER = "X-Requested-By";

    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final ResumeSession sessions;
    private final Authenticator tokens;
    private final String origin;

    /** @param shop where the shop's pages are, as browsers see it */
    public SessionAuthenticator(ResumeSession sessions, Authenticator tokens, URI shop) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.origin = shop.getScheme() + "://" + shop.getRawAuthority();
    }

    @Override
    public Authentication authenticate(Request head) {
        Optional<SessionId> session = Cookies.find(head, Cookies.SESSION).map(SessionId::new);
        if (session.isEmpty()) {
            return tokens.authenticate(head);
        }
        if (!head.headerValues("Authorization").isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemType.TWO_CREDENTIALS, "Send the session's cookie or a bearer token, not both at once"));
        }
        if (!SAFE.contains(head.method())) {
            requireOwnPage(head);
        }
        return sessions.resume(session.get())
                .map(token -> tokens.authenticate(head.withHeader("Authorization", "Bearer " + token.token())))
                .orElseGet(Authentication.Rejected::new);
    }

    private void requireOwnPage(Request head) {
        List<String> origins = head.headerValues("Origin");
        List<String> sites = head.headerValues("Sec-Fetch-Site");
        boolean known = !origins.isEmpty() || !sites.isEmpty();
        boolean ours =
                origins.stream().allMatch(origin::equals) && sites.stream().allMatch("same-origin"::equals);
        if (head.headerValues(OWN_HEADER).isEmpty() || !known || !ours) {
            throw new ProblemException(Problem.of(
                    ProblemType.CROSS_SITE,
                    "With a session, whatever changes something must come from a page of %s (Origin or Sec-Fetch-Site) and carry the header %s"
                            .formatted(origin, OWN_HEADER)));
        }
    }
}
