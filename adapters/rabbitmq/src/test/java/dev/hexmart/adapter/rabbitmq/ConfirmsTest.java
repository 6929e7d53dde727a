package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ConfirmsTest {

    private static final Duration FOR_EVER = Duration.ofSeconds(60);

    private final UUID one = UUID.randomUUID();
    private final UUID two = UUID.randomUUID();
    private final UUID three = UUID.randomUUID();
    private final Confirms confirms = new Confirms(3);

    ConfirmsTest() {
        confirms.expect(11, one);
        confirms.expect(12, two);
        confirms.expect(13, three);
    }

    @Test
    void acknowledgedMessageIsConfirmed() {
        confirms.settle(12, false, true);
        confirms.settle(11, false, true);
        confirms.settle(13, false, true);
        assertThat(confirms.await(FOR_EVER)).containsExactlyInAnyOrder(one, two, three);
    }

    @Test
    void cumulativeConfirmSettlesAllBefore() {
        confirms.settle(12, true, true);
        confirms.settle(13, true, false);
        assertThat(confirms.await(FOR_EVER)).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void returnedAndAcknowledgedMessageIsUnconfirmed() {
        confirms.returned(two.toString());
        confirms.settle(13, true, true);
        assertThat(confirms.await(FOR_EVER)).containsExactlyInAnyOrder(one, three);
    }

    @Test
    void refusedAndReturnedMessageIsUnconfirmed() {
        confirms.settle(11, false, true);
        confirms.settle(12, false, false);
        confirms.returned(two.toString());
        confirms.settle(13, false, true);
        assertThat(confirms.await(FOR_EVER)).containsExactlyInAnyOrder(one, three);
    }

    @Test
    void confirmsOfOtherMessagesAreIgnored() {
        confirms.settle(10, false, true);
        confirms.settle(10, true, false);
        confirms.settle(14, false, true);
        confirms.returned(UUID.randomUUID().toString());
        confirms.settle(13, true, true);
        assertThat(confirms.await(FOR_EVER)).containsExactlyInAnyOrder(one, two, three);
    }

    @Test
    void timeoutReturnsTheConfirmsSoFar() {
        confirms.settle(12, false, true);
        assertThat(confirms.await(Duration.ofMillis(1))).containsExactly(two);
    }

    @Test
    void aFailureEndsTheWaiting() {
        confirms.settle(12, true, true);
        confirms.fail(new TemporaryFailure("The connection was lost"));
        assertThatThrownBy(() -> confirms.await(FOR_EVER))
                .isInstanceOf(TemporaryFailure.class)
                .hasMessageContaining("lost");
    }
}
