package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.transaction.Transactor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Use case, driven by wake-ups and by time: carries what is in the outbox to the broker.
 *
 * <p>No transaction waits for the broker: a batch is claimed in one, published, and marked as sent in another. At least once: a
 * process that dies in between leaves its messages to the next claim after {@link #LEASE}, under the same ids.
 */
public final class OutboxRelay {

    /** Longer than the broker's confirmations are waited for; a relay that takes longer may see its messages sent twice. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final int BATCH = 256;
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(5);
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private final Transactor<? extends OutboxQueue> transactor;
    private final MessagePublisher publisher;
    private final InstantSource clock;

    public OutboxRelay(Transactor<? extends OutboxQueue> transactor, MessagePublisher publisher, InstantSource clock) {
        this.transactor = transactor;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Sends one batch, which has one message about each order at the most.
     *
     * @return how many messages were sent; as long as it is not zero there may be more
     * @throws TemporaryFailure when the outbox or the broker cannot be reached
     */
    public int relayBatch() {
        Instant now = clock.instant();
        List<OutboxMessage> claimed = transactor.inTransaction(queue -> queue.claim(BATCH, now, now.plus(LEASE)));
        if (claimed.isEmpty()) {
            return 0;
        }
        Set<UUID> confirmed = publish(claimed);
        transactor.inTransaction(queue -> {
            settle(queue, claimed, confirmed);
            return confirmed;
        });
        return confirmed.size();
    }

    /** Sends batches until none is left. */
    public void relayAll() {
        while (relayBatch() > 0) {
            // as long as there is more
        }
    }

    /** Deletes sent messages above the given age, and returns their number. */
    public int forgetSentLongerAgoThan(Duration age) {
        Instant limit = clock.instant().minus(age);
        int forgotten = 0;
        int last;
        do {
            last = transactor.inTransaction(queue -> queue.forgetSentBefore(limit, FORGOTTEN_AT_ONCE));
            forgotten += last;
        } while (last == FORGOTTEN_AT_ONCE);
        return forgotten;
    }

    private Set<UUID> publish(List<OutboxMessage> claimed) {
        try {
            return publisher.publish(claimed);
        } catch (RuntimeException e) {
            giveBack(claimed, e);
            throw e;
        }
    }

    private void settle(OutboxQueue queue, List<OutboxMessage> claimed, Set<UUID> confirmed) {
        Instant now = clock.instant();
        if (!confirmed.isEmpty()) {
            queue.markSent(confirmed, now);
        }
        List<UUID> refused = ids(claimed).filter(id -> !confirmed.contains(id)).toList();
        if (!refused.isEmpty()) {
            queue.putOff(refused, now.plus(PAUSE_AFTER_REFUSAL));
        }
    }

    /** So that they need not wait for the end of the lease; where that fails as well, they do. */
    private void giveBack(List<OutboxMessage> claimed, RuntimeException failure) {
        try {
            transactor.inTransaction(queue -> {
                queue.putOff(ids(claimed).toList(), clock.instant());
                return claimed;
            });
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static Stream<UUID> ids(List<OutboxMessage> messages) {
        return messages.stream().map(OutboxMessage::id);
    }
}
