package dev.hexmart.application.messaging;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Driven port, part of a transaction: which messages have had their effect. */
public interface Inbox {

    /**
     * Records that the messages have their effect in this transaction.
     *
     * @return those for which this is the first time; of the others nothing is recorded, and they must have no further effect. Of
     *     two transactions that record the same message at once, at most one is told so and commits
     */
    Set<UUID> record(Collection<UUID> messageIds);
}
