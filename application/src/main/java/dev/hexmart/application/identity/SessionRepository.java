package dev.hexmart.application.identity;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * Driven port: the sessions of browsers.
 *
 * <p>Who reads the store can neither resume a session nor use its tokens: ids are kept as hashes only, tokens encrypted.
 * What is stored is seen at once by every gateway, and is forgotten some time after {@link Session#endsAt}.
 *
 * <p>Every call throws a {@link TemporaryFailure} when the store cannot be reached; then it is not known whether a change was
 * made.
 */
public interface SessionRepository {

    /** How many sessions one person may have, in as many browsers. */
    int MOST_OF_ONE_PERSON = 10;

    /** Stores a new session. Above the limit of sessions per person the oldest ones end. */
    void start(SessionId id, Session session);

    /** Finds a session, also an expired one that is not deleted yet; empty if there is none. */
    Optional<Session> find(SessionId id);

    /** Records the use of a session, without a change of its tokens; an unknown one is no error. */
    void use(SessionId id, Instant at);

    /**
     * Claims the right to renew a session's tokens. Of many who claim it at once, one gets it; it is free again after
     * ten seconds, or when the tokens have been renewed.
     */
    boolean claimRenewal(SessionId id);

    /**
     * Puts new tokens in the place of the old ones, and leaves the rest as it is.
     *
     * @return false, and nothing is stored, where there is no such session any more: who has signed out stays out
     */
    boolean renew(SessionId id, Tokens tokens);

    /** Ends a session; an unknown one is no error. */
    void end(SessionId id);

    /** Ends the sessions that came out of one session at the provider; does nothing where there are none. */
    void endAllOf(String providerSession);
}
