package dev.hexmart.application.identity;

import java.util.Optional;

/** Driven port: decides whether a bearer token is genuine, current and meant for Hexmart. */
public interface TokenVerifier {

    /**
     * Verifies one token.
     *
     * <p>A token that is not good in every respect is {@link Verification.Rejected}, whatever is wrong with it: no input
     * makes this method throw. Keys that were seen once keep working while the authority cannot be reached.
     *
     * @param token the compact serialisation, without the scheme word
     * @throws dev.hexmart.application.failure.TemporaryFailure when no verdict is possible: the authority's keys have
     *     never been seen and cannot be had
     */
    Verification verify(String token);

    /**
     * The caller of a token that was accepted before and is accepted still; nothing where it would have to be verified to know.
     *
     * <p>It costs next to nothing for any input.
     */
    Optional<Caller> recognize(String token);

    /** The verdict on a token. */
    sealed interface Verification {

        record Accepted(Caller caller) implements Verification {}

        /** @param reason for the log, never for the client: it would help a forger */
        record Rejected(String reason) implements Verification {}
    }
}
