package dev.hexmart.application.messaging;

import dev.hexmart.application.transaction.Transactor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks into an outbox and leaves it as it was. */
public final class Unsent {

    private static final int ALL = 100_000;

    private Unsent() {}

    /** All that can be sent by then, each order's messages in their order: sent in a transaction that is rolled back. */
    public static List<OutboxMessage> in(Transactor<? extends OutboxQueue> outbox, Instant now) {
        List<OutboxMessage> found = new ArrayList<>();
        try {
            outbox.inTransaction(queue -> {
                found.clear();
                List<OutboxMessage> claimed = queue.claim(ALL, now, now.plus(Duration.ofMinutes(1)));
                while (!claimed.isEmpty()) {
                    found.addAll(claimed);
                    queue.markSent(claimed.stream().map(OutboxMessage::id).toList(), now);
                    claimed = queue.claim(ALL, now, now.plus(Duration.ofMinutes(1)));
                }
                throw new SeenEnough();
            });
        } catch (SeenEnough _) {
            return List.copyOf(found);
        }
        throw new AssertionError("The transaction was not rolled back");
    }

    private static final class SeenEnough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
