package dev.hexmart.application.identity;

import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.OpenIdProvider.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Use case: find the access token of a browser's session, a new one in time before the old one ends.
 *
 * <p>However many requests of a session come at once, its tokens are renewed once: within this process the others wait, and
 * another process's renewal is not waited for while the old token is still good.
 */
public final class ResumeSession {

    private static final Duration RENEWED_AHEAD = Duration.ofMinutes(5);

    /** A token must outlive the request that it is used for, and the difference of two clocks. */
    private static final Duration TOO_SHORT = Duration.ofSeconds(30);

    /** Use is noted no more often than this, so that a page of many requests writes once. */
    private static final Duration NOTED_AFTER = Duration.ofMinutes(1);

    private static final int LOCKS = 64;

    private final SessionRepository sessions;
    private final OpenIdProvider provider;
    private final InstantSource clock;
    private final Lock[] locks =
            IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toArray(Lock[]::new);

    public ResumeSession(SessionRepository sessions, OpenIdProvider provider, InstantSource clock) {
        this.sessions = sessions;
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * Finds the access token for a request that a person has made, which keeps the session from being idle.
     *
     * @return nothing where the session is unknown or over, or the provider has ended it
     * @throws TemporaryFailure where the token has to be renewed and cannot be at the moment; the session goes on
     */
    public Optional<Credential> resume(SessionId id) {
        Instant now = clock.instant();
        Optional<Session> session = current(id, now);
        session.filter(found -> found.lastUsed().plus(NOTED_AFTER).isBefore(now))
                .ifPresent(_ -> sessions.use(id, now));
        return credential(id, session, now);
    }

    /** The same for a request that a page has made by itself: the session stays as idle as it was. */
    public Optional<Credential> resumeInBackground(SessionId id) {
        Instant now = clock.instant();
        return credential(id, current(id, now), now);
    }

    private Optional<Credential> credential(SessionId id, Optional<Session> session, Instant now) {
        return session.flatMap(found -> isLasting(found, now) ? access(found) : renewed(id, now));
    }

    private Optional<Credential> renewed(SessionId id, Instant now) {
        Lock lock = locks[Math.floorMod(id.hashCode(), LOCKS)];
        lock.lock();
        try {
            // The previous holder of the lock may have renewed the tokens.
            return current(id, now).flatMap(found -> isLasting(found, now) ? access(found) : renew(id, found, now));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Credential> renew(SessionId id, Session session, Instant now) {
        if (!sessions.claimRenewal(id)) {
            return stillGood(session, now).or(() -> {
                throw new TemporaryFailure("The tokens of a session are being renewed elsewhere");
            });
        }
        try {
            return switch (provider.renew(session.signedIn().tokens())) {
                case Renewal.Renewed(Tokens tokens) ->
                    sessions.renew(id, tokens) ? Optional.of(tokens.access()) : Optional.empty();
                case Renewal.Ended _ -> {
                    sessions.end(id);
                    yield Optional.empty();
                }
            };
        } catch (InfrastructureFailure e) {
            return stillGood(session, now).or(() -> {
                throw e;
            });
        }
    }

    private Optional<Session> current(SessionId id, Instant now) {
        return sessions.find(id).filter(session -> !session.isOverAt(now));
    }

    private static boolean isLasting(Session session, Instant now) {
        return outlives(session, now.plus(RENEWED_AHEAD));
    }

    private static Optional<Credential> stillGood(Session session, Instant now) {
        return outlives(session, now.plus(TOO_SHORT)) ? access(session) : Optional.empty();
    }

    private static boolean outlives(Session session, Instant time) {
        return session.signedIn().tokens().accessExpires().isAfter(time);
    }

    private static Optional<Credential> access(Session session) {
        return Optional.of(session.signedIn().tokens().access());
    }
}
