package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.messaging.DeadLetters.DeadLetter;
import dev.hexmart.application.messaging.DeadLetters.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link DeadLetters} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class DeadLettersContract {

    private static final String QUEUE = "hexmart.catalog";
    private static final String TYPE = "dev.hexmart.stock.commit.v1";

    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    /** Empty at first. */
    protected abstract DeadLetters letters();

    /** @param queue that the message came from, if its headers say so */
    protected abstract void giveUpOn(UUID id, String type, Optional<String> queue, String body);

    /** What has been sent to the queue again. */
    protected abstract List<String> bodiesIn(String queue);

    @Test
    void deadLetterIsListedAsItWas() {
        giveUpOn(first, TYPE, Optional.of(QUEUE), "not quite JSON");
        DeadLetter letter = letters().list(10).getFirst();
        assertThat(letter)
                .isEqualTo(new DeadLetter(
                        first, TYPE, Optional.of(QUEUE), "not quite JSON", "delivery_limit", letter.at()));
    }

    @Test
    void oldestAreListedFirstAndLookingChangesNothing() {
        giveUpOn(first, TYPE, Optional.of(QUEUE), "1");
        giveUpOn(second, TYPE, Optional.of(QUEUE), "2");
        for (int look = 1; look <= 25; look++) {
            assertThat(letters().list(10)).extracting(DeadLetter::id).containsExactly(first, second);
        }
        assertThat(letters().count()).isEqualTo(2);
    }

    @Test
    void noMoreAreListedThanTheLimit() {
        giveUpOn(first, TYPE, Optional.of(QUEUE), "1");
        giveUpOn(second, TYPE, Optional.of(QUEUE), "2");
        assertThat(letters().list(1)).extracting(DeadLetter::id).containsExactly(first);
    }

    @Test
    void deadLetterIsSentToTheQueueThatItCameFrom() {
        giveUpOn(first, TYPE, Optional.of(QUEUE), "1");
        giveUpOn(second, TYPE, Optional.of(QUEUE), "2");
        assertThat(letters().resend(second)).isEqualTo(new Outcome.Sent(QUEUE));
        assertThat(bodiesIn(QUEUE)).containsExactly("2");
        assertThat(letters().list(10)).extracting(DeadLetter::id).containsExactly(first);
        assertThat(letters().resend(second)).isEqualTo(new Outcome.NotFound());
    }

    @Test
    void deadLetterWithoutAQueueStays() {
        giveUpOn(first, "dev.hexmart.something.unheard-of", Optional.empty(), "1");
        assertThat(letters().resend(first)).isEqualTo(new Outcome.NoQueue());
        assertThat(letters().list(10)).extracting(DeadLetter::id).containsExactly(first);
    }

    @Test
    void noDeadLetterIsAnEmptyList() {
        assertThat(letters().list(10)).isEmpty();
        assertThat(letters().count()).isZero();
        assertThat(letters().resend(first)).isEqualTo(new Outcome.NotFound());
    }
}
