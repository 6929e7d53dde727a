package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link MessagePublisher} keeps. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class MessagePublisherContract {

    protected abstract MessagePublisher publisher();

    /** A new message of a type that some queue wants. */
    protected abstract OutboxMessage wanted();

    /** A new message of a type that no queue wants. */
    protected abstract OutboxMessage unwanted();

    /** The ids of the messages that have come into that queue since the test began, in their order; waits for so many. */
    protected abstract List<UUID> arrived(int atLeast);

    /** From now on the broker cannot be reached. */
    protected abstract void breakBroker();

    /** The broker is back. */
    protected abstract void mendBroker();

    @Test
    void confirmedMessageHasArrived() {
        OutboxMessage message = wanted();
        assertThat(publisher().publish(List.of(message))).containsExactly(message.id());
        assertThat(arrived(1)).containsExactly(message.id());
    }

    @Test
    void messagesArriveInTheGivenOrder() {
        List<OutboxMessage> messages =
                IntStream.range(0, 100).mapToObj(_ -> wanted()).toList();
        assertThat(publisher().publish(messages)).containsExactlyInAnyOrderElementsOf(ids(messages));
        assertThat(arrived(100)).containsExactlyElementsOf(ids(messages));
    }

    @Test
    void unroutableMessageIsUnconfirmedAndOthersAreConfirmed() {
        OutboxMessage first = wanted();
        OutboxMessage last = wanted();
        assertThat(publisher().publish(List.of(first, unwanted(), last)))
                .containsExactlyInAnyOrder(first.id(), last.id());
        assertThat(arrived(2)).containsExactly(first.id(), last.id());
    }

    @Test
    void republishedMessageKeepsItsId() {
        OutboxMessage message = wanted();
        publisher().publish(List.of(message));
        publisher().publish(List.of(message));
        assertThat(arrived(2)).containsExactly(message.id(), message.id());
    }

    @Test
    void emptyPublishConfirmsNothing() {
        assertThat(publisher().publish(List.of())).isEmpty();
    }

    @Test
    void unreachableBrokerIsATemporaryFailureUntilItReturns() {
        OutboxMessage message = wanted();
        breakBroker();
        assertThatThrownBy(() -> publisher().publish(List.of(message))).isInstanceOf(TemporaryFailure.class);
        mendBroker();
        // It may need a few attempts to find the broker again.
        await().atMost(Duration.ofSeconds(30)).until(() -> isConfirmed(message));
        assertThat(arrived(1)).contains(message.id());
    }

    private boolean isConfirmed(OutboxMessage message) {
        try {
            return publisher().publish(List.of(message)).contains(message.id());
        } catch (TemporaryFailure _) {
            return false;
        }
    }

    private static List<UUID> ids(List<OutboxMessage> messages) {
        return messages.stream().map(OutboxMessage::id).toList();
    }
}
