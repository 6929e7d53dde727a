package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.RetryQueue.WaitingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RetryMessagesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final InMemoryRetryQueue waiting = new InMemoryRetryQueue();
    private final InMemoryParkingLot parking = new InMemoryParkingLot();
    private final UUID id = UUID.randomUUID();
    private Instant now = NOON;

    @Test
    void messageThatIsHandledWaitsNoMore() {
        add(id, 0);
        List<Integer> attempts = new ArrayList<>();
        RetryMessages retrying = retrying(message -> attempts.add(message.attempts()));
        assertThat(retrying.retryNext()).isTrue();
        assertThat(retrying.retryNext()).isFalse();
        assertThat(attempts).containsExactly(1);
        assertThat(waiting.size()).isZero();
        assertThat(parking.list(1)).isEmpty();
    }

    @Test
    void failingMessageIsTriedFiveTimesEverMoreSlowlyThenParked() {
        add(id, 1);
        List<Duration> times = new ArrayList<>();
        runFor(Duration.ofMinutes(10), retrying(_ -> {
            times.add(Duration.between(NOON, now));
            throw new IllegalStateException("Never");
        }));
        assertThat(times)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofSeconds(50));
        assertThat(parking.list(2))
                .extracting(ParkedMessage::id, ParkedMessage::reason)
                .containsExactly(tuple(id, "java.lang.IllegalStateException: Never"));
        assertThat(waiting.size()).isZero();
    }

    @Test
    void unprocessableMessageIsParkedAtOnce() {
        add(id, 0);
        retrying(_ -> {
                    throw new UnprocessableMessage("There is no such order");
                })
                .retryNext();
        assertThat(parking.list(2))
                .containsExactly(
                        new ParkedMessage(id, "type", "body", Map.of("a", "b"), "There is no such order", NOON));
        assertThat(waiting.size()).isZero();
    }

    @Test
    void outageIsRetriedWithoutALimitAndParksNoMessage() {
        add(id, 0);
        List<Integer> attempts = new ArrayList<>();
        runFor(Duration.ofHours(1), retrying(message -> {
            attempts.add(message.attempts());
            if (attempts.size() <= 50) {
                throw new TemporaryFailure("Away");
            }
            if (attempts.size() <= 54) {
                throw new PermanentFailure("No such table");
            }
        }));
        assertThat(attempts).hasSize(55);
        assertThat(parking.list(1)).isEmpty();
        assertThat(waiting.size()).isZero();
    }

    @Test
    void messageThatCrashesTheProcessFiveTimesIsParked() {
        add(id, 0);
        for (int start = 1; start <= 5; start++) {
            // What ends the process ends this use case without a word; the next start has a new one.
            RetryMessages crashing = retrying(_ -> {
                throw new ProcessEnd();
            });
            assertThat(waitingSizeAfterCrash(crashing)).isEqualTo(1);
            now = now.plus(RedeliveryPolicy.standard().lease());
        }
        List<UUID> handled = new ArrayList<>();
        RetryMessages retrying = retrying(message -> handled.add(message.id()));
        assertThat(retrying.retryNext()).isTrue();
        assertThat(handled).isEmpty();
        assertThat(parking.list(1).getFirst().reason()).contains("begun 5 times");
        assertThat(waiting.size()).isZero();
    }

    @Test
    void crashCountsAgainstTheMessageThatCausedItAlone() {
        UUID innocent = UUID.randomUUID();
        add(id, 0);
        add(innocent, 0);
        waitingSizeAfterCrash(retrying(_ -> {
            throw new ProcessEnd();
        }));
        List<WaitingMessage> handled = new ArrayList<>();
        retrying(handled::add).retryNext();
        assertThat(handled)
                .extracting(WaitingMessage::id, WaitingMessage::attempts)
                .containsExactly(tuple(innocent, 1));
    }

    @Test
    void outcomeThatCouldNotBeStoredIsStoredBeforeTheNextAttempt() {
        add(id, 0);
        List<UUID> handled = new ArrayList<>();
        RetryMessages retrying = retrying(message -> {
            handled.add(message.id());
            waiting.breakDown();
            throw new TemporaryFailure("Away");
        });
        assertThatThrownBy(retrying::retryNext).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(retrying::retryNext).isInstanceOf(TemporaryFailure.class);
        waiting.mend();
        assertThat(retrying.retryNext()).isFalse();
        assertThat(handled).hasSize(1);
        now = now.plusSeconds(1);
        WaitingMessage again = waiting.take(now, now).orElseThrow();
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(again.failures()).isEqualTo(1);
    }

    private void add(UUID message, int attempts) {
        waiting.add(new WaitingMessage(message, "type", "body", Map.of("a", "b"), attempts, 0, ""), now);
    }

    private void runFor(Duration time, RetryMessages retrying) {
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(1)) {
            while (retrying.retryNext()) {
                // until nothing is due
            }
        }
    }

    private RetryMessages retrying(Consumer<WaitingMessage> handler) {
        return new RetryMessages(
                waiting,
                parking,
                message -> {
                    try {
                        handler.accept(message);
                    } catch (ProcessEnd e) {
                        waiting.breakDown();
                        throw new TemporaryFailure("The process has ended", e);
                    }
                },
                RedeliveryPolicy.standard(),
                () -> now);
    }

    /** The process ends in the middle of an attempt: nothing that it would do afterwards reaches the store. */
    private long waitingSizeAfterCrash(RetryMessages crashing) {
        assertThatThrownBy(crashing::retryNext).isInstanceOf(TemporaryFailure.class);
        waiting.mend();
        return waiting.size();
    }

    private static final class ProcessEnd extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
