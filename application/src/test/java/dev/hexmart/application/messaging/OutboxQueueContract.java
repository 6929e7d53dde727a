package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Held;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link OutboxQueue} keeps. It leaves no message unsent, but does not mind those of others. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OutboxQueueContract {

    private static final int ALL = 100_000;
    /** When messages are said to be sent where they are to be forgotten: nothing else is as old. */
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    private static final Duration LEASE = Duration.ofSeconds(10);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant lease = now.plus(LEASE);
    private final OrderId first = Purchases.newOrder();
    private final OrderId second = Purchases.newOrder();

    /** Any context's. */
    protected abstract Transactor<? extends UnitOfWork> transactor();

    /** The queue of the same context's outbox. */
    protected abstract Transactor<? extends OutboxQueue> queue();

    @AfterEach
    void sendWhatIsLeft() {
        markSent(ids(unsent(now.plus(Duration.ofDays(1)))));
    }

    @Test
    void claimGivesTheOldestMessageOfEachOrderInTheOrderOfAppending() {
        append(first);
        append(second);
        append(first);
        assertThat(claim(now)).extracting(OutboxMessage::order).containsExactly(first, second);
    }

    @Test
    void claimGivesNoMoreThanItIsAskedFor() {
        append(first);
        append(second);
        List<OutboxMessage> limited = queue().inTransaction(queue -> queue.claim(1, now, lease));
        assertThat(limited).hasSize(1);
    }

    @Test
    void claimedMessageIsGivenToNoOtherClaimUntilTheLeaseExpires() {
        append(first);
        List<OutboxMessage> claimed = claim(now);
        assertThat(claimed).hasSize(1);
        assertThat(claim(now)).isEmpty();
        assertThat(claim(lease.minusMillis(1))).isEmpty();
        assertThat(claim(lease)).isEqualTo(claimed);
    }

    @Test
    void claimThatIsRolledBackHoldsNothing() {
        append(first);
        assertThatThrownBy(() -> queue().inTransaction(queue -> {
                    queue.claim(ALL, now, lease);
                    throw new IllegalArgumentException("deliberate");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(claim(now)).hasSize(1);
    }

    @Test
    void claimedMessageBlocksOnlyLaterOnesOfItsOrder() {
        append(first);
        claim(now);
        append(first);
        append(second);
        assertThat(claim(now)).extracting(OutboxMessage::order).containsExactly(second);
    }

    @Test
    void concurrentClaimsShareTheMessagesAndEachIsGivenOnce() {
        for (int i = 0; i < 20; i++) {
            append(first);
            append(second);
        }
        List<List<OutboxMessage>> claims = AtOnce.times(4, () -> {
            List<OutboxMessage> mine = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                List<OutboxMessage> claimed = claim(now);
                markSent(ids(claimed));
                mine.addAll(claimed);
            }
            return mine;
        });
        List<OutboxMessage> all = claims.stream().flatMap(List::stream).toList();
        assertThat(all).extracting(OutboxMessage::id).doesNotHaveDuplicates();
        assertThat(all.size() + unsent().size()).isEqualTo(40);
    }

    @Test
    void claimThatIsNotCommittedHindersNeitherOtherClaimsNorAppending() {
        append(first);
        try (Held _ = Held.open(pause -> queue().inTransaction(queue -> {
            List<OutboxMessage> held = queue.claim(ALL, now, lease);
            pause.run();
            return held;
        }))) {
            append(first);
            append(second);
            assertThat(claim(now)).extracting(OutboxMessage::order).containsExactly(second);
        }
        assertThat(claim(now)).isEmpty();
        assertThat(claim(lease)).extracting(OutboxMessage::order).containsExactly(first, second);
    }

    @Test
    void sentMessageIsNeverGivenAgainAndMakesRoomForTheNext() {
        append(first);
        append(first);
        List<OutboxMessage> both = unsent();
        markSent(ids(claim(now)));
        assertThat(claim(lease)).containsExactly(both.getLast());
    }

    @Test
    void aMarkIsTakenBackWithItsTransaction() {
        append(first);
        List<OutboxMessage> messages = unsent();
        assertThatThrownBy(() -> queue().inTransaction(queue -> {
                    queue.markSent(ids(messages), now);
                    throw new IllegalArgumentException("deliberate");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(unsent()).isEqualTo(messages);
    }

    @Test
    void aMessageThatIsPutOffIsLeftOutUntilThen() {
        append(first);
        Instant until = now.plusSeconds(5);
        putOff(ids(claim(now)), until);
        assertThat(claim(until.minusMillis(1))).isEmpty();
        assertThat(claim(until)).hasSize(1);
    }

    @Test
    void claimedMessageThatIsPutOffToNowIsGivenAgainAtOnce() {
        append(first);
        List<OutboxMessage> claimed = claim(now);
        putOff(ids(claimed), now);
        assertThat(claim(now)).isEqualTo(claimed);
    }

    @Test
    void postponedMessageBlocksOnlyLaterOnesOfItsOrder() {
        append(first);
        append(second);
        append(first);
        OutboxMessage refused = unsent().getFirst();
        Instant until = now.plusSeconds(5);
        putOff(Set.of(refused.id()), until);
        append(first);
        assertThat(unsent()).extracting(OutboxMessage::order).containsExactly(second);
        assertThat(unsent(until))
                .extracting(OutboxMessage::order)
                .containsExactlyInAnyOrder(first, second, first, first);
    }

    @Test
    void aMessageThatIsPutOffAndThenSentKeepsBackNothing() {
        append(first);
        append(first);
        List<OutboxMessage> both = unsent();
        putOff(Set.of(both.getFirst().id()), now.plusSeconds(5));
        markSent(Set.of(both.getFirst().id()));
        assertThat(unsent()).containsExactly(both.getLast());
    }

    @Test
    void aMessageThatIsCommittedLateIsNotPassedOver() {
        try (Held _ = Held.open(pause -> transactor().inTransaction(store -> {
            store.outbox().append(new StockReserved(first));
            // What is appended is written before the transaction's next statement.
            store.inbox().record(Set.of(UUID.randomUUID()));
            pause.run();
            return first;
        }))) {
            append(second);
            assertThat(unsent()).extracting(OutboxMessage::order).containsExactly(second);
            markSent(ids(unsent()));
        }
        assertThat(unsent()).extracting(OutboxMessage::order).containsExactly(first);
    }

    @Test
    void forgetsWhatWasSentBeforeATimeAndNoMoreThanItIsAskedFor() {
        append(first);
        append(first);
        append(first);
        markSent(ids(unsent()), LONG_AGO);
        assertThat(forget(LONG_AGO, ALL)).isZero();
        assertThat(forget(LONG_AGO.plusSeconds(1), 2)).isEqualTo(2);
        assertThat(forget(LONG_AGO.plusSeconds(1), ALL)).isEqualTo(1);
        assertThat(forget(LONG_AGO.plusSeconds(1), ALL)).isZero();
    }

    @Test
    void neverForgetsWhatIsNotSent() {
        append(first);
        forget(LONG_AGO.plusSeconds(1), ALL);
        assertThat(unsent()).hasSize(1);
    }

    @Test
    void theBacklogIsWhatIsUnsentAndAsOldAsTheOldestOfIt() {
        int before = backlog(now).size();
        append(first);
        append(second);
        assertThat(backlog(now).size()).isEqualTo(before + 2);
        assertThat(backlog(Instant.now().plus(Duration.ofHours(2))).age()).isGreaterThan(Duration.ofHours(1));
        markSent(ids(unsent()));
        assertThat(backlog(now).size()).isEqualTo(before);
        assertThat(backlog(now).age()).isGreaterThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void postponedMessageCountsAsBacklog() {
        int before = backlog(now).size();
        append(first);
        putOff(ids(unsent()), now.plusSeconds(5));
        assertThat(backlog(now).size()).isEqualTo(before + 1);
    }

    private void append(OrderId order) {
        transactor().inTransaction(store -> {
            store.outbox().append(new PaymentCaptured(order));
            return order;
        });
    }

    private List<OutboxMessage> unsent() {
        return unsent(now);
    }

    private List<OutboxMessage> unsent(Instant at) {
        return own(Unsent.in(queue(), at));
    }

    private List<OutboxMessage> claim(Instant at) {
        return own(queue().inTransaction(queue -> queue.claim(ALL, at, at.plus(LEASE))));
    }

    private List<OutboxMessage> own(List<OutboxMessage> all) {
        return all.stream()
                .filter(message -> Set.of(first, second).contains(message.order()))
                .toList();
    }

    private void markSent(Collection<UUID> ids) {
        markSent(ids, now);
    }

    private void markSent(Collection<UUID> ids, Instant at) {
        queue().inTransaction(queue -> {
            queue.markSent(ids, at);
            return ids;
        });
    }

    private void putOff(Collection<UUID> ids, Instant until) {
        queue().inTransaction(queue -> {
            queue.putOff(ids, until);
            return ids;
        });
    }

    private int forget(Instant time, int limit) {
        return queue().inTransaction(queue -> queue.forgetSentBefore(time, limit));
    }

    private OutboxQueue.Backlog backlog(Instant at) {
        return queue().inTransaction(queue -> queue.backlog(at));
    }

    private static List<UUID> ids(List<OutboxMessage> messages) {
        return messages.stream().map(OutboxMessage::id).toList();
    }
}
