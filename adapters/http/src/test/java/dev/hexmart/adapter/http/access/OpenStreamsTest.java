package dev.hexmart.adapter.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hexmart.adapter.http.problem.Problem;
import dev.hexmart.adapter.http.problem.ProblemException;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The counting by itself; {@link StreamLimitsTest} opens and closes real streams. */
@Timeout(30)
class OpenStreamsTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final Caller alice = Callers.customer(Callers.newCustomerId());
    private final AtomicInteger open = new AtomicInteger();
    private final List<String> refused = new ArrayList<>();
    private final StreamObserver observer = new StreamObserver() {
        @Override
        public void streams(int change) {
            open.addAndGet(change);
        }

        @Override
        public void streamRefused(String limit) {
            refused.add(limit);
        }
    };

    @Test
    void placeReleasedTwiceFreesOnePlace() {
        OpenStreams streams = new OpenStreams(2, StreamLimits.NONE, observer);
        OpenStreams.Place first = take(streams);
        take(streams);
        first.release();
        first.release();
        take(streams);
        assertThat(open).hasValue(2);
        assertThat(refusal(streams).retryAfter()).hasValue(1);
        assertThat(refused).containsExactly("server");
    }

    @Test
    void streamAtTheLimitTakesAPlaceThatIsReleasedAMomentLater() throws InterruptedException {
        OpenStreams streams = new OpenStreams(1, StreamLimits.NONE, observer);
        OpenStreams.Place first = take(streams);
        Thread releasing = Thread.ofVirtual().start(first::release);
        take(streams);
        // The place is free a moment before the observer hears of it.
        releasing.join();
        assertThat(refused).isEmpty();
        assertThat(open).hasValue(1);
    }

    @Test
    void customersLimitIsToldBeforeTheServers() {
        OpenStreams streams = new OpenStreams(1, StreamLimits.ofCustomer(OptionalInt.of(1)), observer);
        take(streams);
        assertThat(refusal(streams).text("limit")).hasValue("customer");
        assertThat(refused).containsExactly("customer");
    }

    @Test
    void refusedStreamTakesNoPlaceUnderAnyLimit() {
        OpenStreams streams =
                new OpenStreams(2, StreamLimits.NONE.withAddress(OptionalInt.of(1), TrustedProxies.NONE), observer);
        OpenStreams.Place first = take(streams);
        refusal(streams);
        first.release();
        take(streams);
        assertThat(open).hasValue(1);
    }

    @Test
    void interruptedWaitIsRefusedAndStaysInterrupted() {
        OpenStreams streams = new OpenStreams(1, StreamLimits.NONE, observer);
        take(streams);
        Thread.currentThread().interrupt();
        assertThat(refusal(streams).retryAfter()).hasValue(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    private OpenStreams.Place take(OpenStreams streams) {
        return streams.take(Optional.of(alice), HERE, List.of());
    }

    private Problem refusal(OpenStreams streams) {
        return catchThrowableOfType(ProblemException.class, () -> take(streams)).problem();
    }
}
