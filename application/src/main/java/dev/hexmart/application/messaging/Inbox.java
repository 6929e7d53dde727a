package dev.hexmart.application.messaging;

import java.util.UUID;

/** Driven port, part of a transaction: which messages have had their effect. */
public interface Inbox {

    /**
     * Records that the message has its effect in this transaction.
     *
     * @return whether this is the first time; if not, nothing is recorded and the message must have no further effect. Of
     *     two transactions that record the same message at once, at most one is told so and commits
     */
    boolean record(UUID messageId);
}
