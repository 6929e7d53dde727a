package dev.hexmart.application.idempotency;

import java.time.Duration;
import java.time.Instant;

/** Driven port, part of a transaction: claimed idempotency keys and their answers. */
public interface IdempotencyKeys {

    /** How long an answer is kept. */
    Duration KEPT = Duration.ofHours(24);

    /** How long a claim without an answer holds others off; after that its owner is taken to have died. */
    Duration LEASE = Duration.ofSeconds(30);

    /**
     * Claims the key for one request.
     *
     * <p>A claim is part of the transaction: rolled back, it never was. Of any number of concurrent claims of one key at
     * most one is {@link Claim.Granted}; none of them waits for another.
     */
    Claim claim(OperationKey key, Fingerprint request, Instant now);

    /** The same, and where it is granted the answer is stored as well: {@link #claim} and {@link #answer} in one. */
    Claim claim(OperationKey key, Fingerprint request, Instant now, String answer);

    /** Looks up the answer of a key, without claiming it. */
    Look look(OperationKey key, Fingerprint request);

    /** Stores the answer of a claim that was granted, in this transaction or an earlier one. */
    void answer(OperationKey key, String answer);

    /** Gives up a claim that was granted and not answered, so that the same request can be tried again at once. */
    void release(OperationKey key);

    /** Forgets claims made before the given time, at most {@code limit} of them; returns how many. */
    int forgetBefore(Instant time, int limit);

    sealed interface Claim {

        /** Go on: the key was not claimed, or the lease of its claim has expired. */
        record Granted() implements Claim {}

        /** The request with this key is in progress. */
        record InFlight() implements Claim {}

        /** It has been done; give the first answer again. */
        record Answered(String answer) implements Claim {}

        /** The key was used for a different request. */
        record OtherRequest() implements Claim {}
    }

    /** The state of a key. */
    sealed interface Look {

        record Unanswered() implements Look {}

        record Answered(String answer) implements Look {}

        record OtherRequest() implements Look {}
    }
}
