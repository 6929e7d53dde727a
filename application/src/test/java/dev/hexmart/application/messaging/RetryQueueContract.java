package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.messaging.RetryQueue.WaitingMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link RetryQueue} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RetryQueueContract {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    /** Empty, or with nothing that is due before {@code 2026-03-03}. */
    protected abstract RetryQueue retryQueue();

    /** Another one on the same store, as there is one after a restart. */
    protected abstract RetryQueue reopened();

    @AfterEach
    void removeWhatIsLeft() {
        List.of(first, second).forEach(retryQueue()::remove);
    }

    @Test
    void messageIsTakenAsItWasAddedWithOneAttemptMore() {
        WaitingMessage message = new WaitingMessage(
                first,
                "dev.hexmart.something.unheard-of",
                "{\"not\": \"quite JSON, \uFFFD and ünïcödé\n",
                Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "x", ""),
                3,
                2,
                "The database was away");
        retryQueue().add(message, NOON);
        assertThat(reopened().take(NOON, LATER)).contains(with(message, 4, 2));
    }

    @Test
    void messageThatIsNotDueIsNotTaken() {
        retryQueue().add(waiting(first), NOON.plusMillis(1));
        assertThat(retryQueue().take(NOON, LATER)).isEmpty();
        assertThat(retryQueue().take(NOON.plusMillis(1), LATER)).isPresent();
    }

    @Test
    void messageDueForTheLongestIsTakenFirst() {
        retryQueue().add(waiting(second), NOON.minusSeconds(1));
        retryQueue().add(waiting(first), NOON.minusSeconds(2));
        assertThat(taken()).contains(first);
        assertThat(taken()).contains(second);
        assertThat(taken()).isEmpty();
    }

    @Test
    void attemptThatNothingIsHeardOfCountsAndIsDueAgain() {
        retryQueue().add(waiting(first), NOON);
        assertThat(retryQueue().take(NOON, LATER)).contains(with(waiting(first), 1, 0));
        assertThat(reopened().take(LATER.minusMillis(1), LATER)).isEmpty();
        assertThat(reopened().take(LATER, LATER.plusSeconds(1))).contains(with(waiting(first), 2, 0));
    }

    @Test
    void messageOfWhichAnotherCopyWaitsIsUnchanged() {
        retryQueue().add(waiting(first), NOON);
        retryQueue().take(NOON, LATER);
        retryQueue().add(waiting(first), NOON);
        assertThat(retryQueue().take(NOON, LATER)).isEmpty();
        assertThat(retryQueue().take(LATER, LATER.plusSeconds(1))).contains(with(waiting(first), 2, 0));
    }

    @Test
    void messagePutBackIsTakenAgainWithItsCountsAndReason() {
        retryQueue().add(waiting(first), NOON);
        WaitingMessage taken = retryQueue().take(NOON, LATER).orElseThrow();
        retryQueue().putBack(taken.metOutage("Away"), NOON.plusSeconds(1));
        assertThat(retryQueue().take(NOON, LATER)).isEmpty();
        WaitingMessage again = retryQueue().take(NOON.plusSeconds(1), LATER).orElseThrow();
        assertThat(again).isEqualTo(with(taken.metOutage("Away"), 2, 1));
        assertThat(again.failures()).isEqualTo(1);
    }

    @Test
    void messageRemovedIsNotTakenNorPutBackAgain() {
        retryQueue().add(waiting(first), NOON);
        WaitingMessage taken = retryQueue().take(NOON, LATER).orElseThrow();
        retryQueue().remove(first);
        retryQueue().remove(first);
        retryQueue().putBack(taken, NOON);
        assertThat(retryQueue().take(LATER, LATER)).isEmpty();
    }

    @Test
    void sizeCountsMessagesThatWaitWhetherDueOrTaken() {
        long before = retryQueue().size();
        retryQueue().add(waiting(first), NOON);
        retryQueue().add(waiting(second), LATER);
        retryQueue().take(NOON, LATER);
        assertThat(retryQueue().size()).isEqualTo(before + 2);
    }

    @Test
    void checkLeavesNothingBehind() {
        long before = retryQueue().size();
        retryQueue().check();
        assertThat(retryQueue().size()).isEqualTo(before);
    }

    @Test
    void messageIsTakenOnceByManyAtTheSameTime() {
        retryQueue().add(waiting(first), NOON);
        retryQueue().add(waiting(second), NOON);
        List<UUID> taken = IntStream.range(0, 8)
                .parallel()
                .mapToObj(_ -> taken())
                .flatMap(Optional::stream)
                .toList();
        assertThat(taken).containsExactlyInAnyOrder(first, second);
    }

    private Optional<UUID> taken() {
        return retryQueue().take(NOON, LATER).map(WaitingMessage::id);
    }

    private static WaitingMessage waiting(UUID id) {
        return new WaitingMessage(id, "dev.hexmart.stock.reserve", "{}", Map.of("a", "b"), 0, 0, "");
    }

    private static WaitingMessage with(WaitingMessage message, int attempts, int outages) {
        return new WaitingMessage(
                message.id(), message.type(), message.body(), message.headers(), attempts, outages, message.reason());
    }
}
