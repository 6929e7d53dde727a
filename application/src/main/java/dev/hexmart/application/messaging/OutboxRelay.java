package dev.hexmart.application.messaging;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Use case, driven by wake-ups and by time: carries what is in the outbox to the broker.
 *
 * <p>At least once: a process that dies between the broker's confirmation and the commit sends the same messages again,
 * under the same ids.
 */
public final class OutboxRelay {

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
     * Sends one batch.
     *
     * @return how many messages were sent; as long as it is not zero there may be more
     * @throws TemporaryFailure when the outbox or the broker cannot be reached
     */
    public int relayBatch() {
        return transactor.inTransaction(this::relay);
    }

    /** Sends batches until none is left. */
    public void relayAll() {
        while (relayBatch() > 0) {
            // as long as there is more
        }
    }

    /** Forgets what was sent longer ago than the given age, and returns how many messages that were. */
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

    private int relay(OutboxQueue queue) {
        List<OutboxMessage> unsent = queue.unsent(BATCH, clock.instant());
        Set<UUID> refused = new HashSet<>();
        Set<OrderId> stuck = new HashSet<>();
        int sent = 0;
        while (!unsent.isEmpty()) {
            Wave wave = Wave.of(unsent, stuck);
            Set<UUID> confirmed = wave.now().isEmpty() ? Set.of() : publisher.publish(wave.now());
            for (OutboxMessage message : wave.now()) {
                if (!confirmed.contains(message.id())) {
                    refused.add(message.id());
                    stuck.add(message.order());
                }
            }
            queue.markSent(confirmed, clock.instant());
            sent += confirmed.size();
            unsent = wave.later();
        }
        if (!refused.isEmpty()) {
            queue.putOff(refused, clock.instant().plus(PAUSE_AFTER_REFUSAL));
        }
        return sent;
    }

    /**
     * The first message of each order, and the rest.
     *
     * <p>Within a batch nothing about an order is published before what came earlier about it is confirmed; a refused
     * message keeps back all that follow it.
     */
    private record Wave(List<OutboxMessage> now, List<OutboxMessage> later) {

        static Wave of(List<OutboxMessage> messages, Set<OrderId> stuck) {
            List<OutboxMessage> now = new ArrayList<>();
            List<OutboxMessage> later = new ArrayList<>();
            Set<OrderId> seen = new HashSet<>();
            for (OutboxMessage message : messages) {
                if (stuck.contains(message.order())) {
                    continue;
                }
                (seen.add(message.order()) ? now : later).add(message);
            }
            return new Wave(now, later);
        }
    }
}
