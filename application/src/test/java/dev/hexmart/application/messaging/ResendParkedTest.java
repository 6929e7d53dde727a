package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.ResendParked.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ResendParkedTest {

    private final InMemoryParkingLot lot = new InMemoryParkingLot();
    private final ParkedMessage message = new ParkedMessage(
            UUID.randomUUID(), "type", "{}", Map.of(), "Too early", Instant.parse("2026-03-02T12:00:00Z"));

    @Test
    void aParkedMessageIsHandledAgainAndForgotten() {
        lot.park(message);
        List<ParkedMessage> handled = new ArrayList<>();
        ResendParked resending = resending(handled::add);
        assertThat(resending.list(Callers.employee(), 10)).containsExactly(message);
        assertThat(resending.resend(Callers.employee(), message.id())).isEqualTo(new Outcome.Handled());
        assertThat(handled).containsExactly(message);
        assertThat(resending.list(Callers.employee(), 10)).isEmpty();
        assertThat(resending.resend(Callers.employee(), message.id())).isEqualTo(new Outcome.NotFound());
    }

    @Test
    void aMessageThatFailsAgainStaysParkedAndItIsSaidWhy() {
        lot.park(message);
        ResendParked resending = resending(_ -> {
            throw new IllegalArgumentException("There is no such order");
        });
        assertThat(resending.resend(Callers.employee(), message.id()))
                .isEqualTo(new Outcome.FailedAgain("There is no such order"));
        assertThat(resending.list(Callers.employee(), 10)).containsExactly(message);
    }

    @Test
    void anOutageIsNotTheMessagesFault() {
        lot.park(message);
        ResendParked resending = resending(_ -> {
            throw new TemporaryFailure("Away");
        });
        assertThatThrownBy(() -> resending.resend(Callers.employee(), message.id()))
                .isInstanceOf(TemporaryFailure.class);
        assertThat(resending.list(Callers.employee(), 10)).containsExactly(message);
    }

    private ResendParked resending(Consumer<ParkedMessage> handler) {
        return new ResendParked(lot, handler);
    }
}
