package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedeliveryPolicyTest {

    private final RedeliveryPolicy policy = RedeliveryPolicy.standard();

    @Test
    void anOutageIsWaitedForEverMoreSlowlyAndForEver() {
        TemporaryFailure outage = new TemporaryFailure("Away");
        assertThat(IntStream.of(1, 2, 3, 4, 5, 1_000, Integer.MAX_VALUE)
                        .mapToObj(attempt -> policy.pauseAfter(attempt, outage).orElseThrow()))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30));
    }

    @Test
    void anythingElseIsParkedAfterAFewAttempts() {
        for (RuntimeException failure :
                List.of(new IllegalArgumentException("No such order"), new PermanentFailure("No such table"))) {
            assertThat(policy.pauseAfter(1, failure)).contains(Duration.ofSeconds(1));
            assertThat(policy.pauseAfter(4, failure)).contains(Duration.ofSeconds(30));
            assertThat(policy.pauseAfter(5, failure)).isEmpty();
            assertThat(policy.pauseAfter(6, failure)).isEmpty();
        }
    }
}
