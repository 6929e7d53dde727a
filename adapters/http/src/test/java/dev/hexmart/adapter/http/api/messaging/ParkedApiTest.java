package dev.hexmart.adapter.http.api.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.TestService;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.messaging.InMemoryParkingLot;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.ResendParked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ParkedApiTest {

    private final InMemoryParkingLot lot = new InMemoryParkingLot();
    private final List<UUID> handled = new ArrayList<>();
    private RuntimeException failure = new IllegalStateException("Still broken");
    private boolean broken;

    private TestService service() {
        return TestService.of(new ParkedApi(new ResendParked(lot, this::handle)).routes());
    }

    private void handle(ParkedMessage message) {
        if (broken) {
            throw failure;
        }
        handled.add(message.id());
    }

    private UUID parked(String body) {
        UUID id = UUID.randomUUID();
        lot.park(new ParkedMessage(
                id, "some.type", body, Map.of("x", "y"), "Not JSON", Instant.parse("2026-03-02T12:00:00Z")));
        return id;
    }

    @Test
    void parkedMessagesAreShownAsTheyCame() {
        try (var service = service()) {
            UUID id = parked("<b>\u0000 not json");
            var message = service.get("/messages/parked", Callers.employee())
                    .hasStatus(200)
                    .array()
                    .getJsonObject(0);
            assertThat(message.getString("id")).isEqualTo(id.toString());
            assertThat(message.getString("type")).isEqualTo("some.type");
            assertThat(message.getString("body")).isEqualTo("<b>\u0000 not json");
            assertThat(message.getString("reason")).isEqualTo("Not JSON");
            assertThat(message.getString("at")).isEqualTo("2026-03-02T12:00:00Z");
        }
    }

    @Test
    void aMessageIsHandledAgainAndLeaves() {
        try (var service = service()) {
            UUID id = parked("{}");
            String path = "/messages/parked/" + id + "/resend";
            service.call("POST", path).by(Callers.employee()).send().hasStatus(204);
            assertThat(handled).containsExactly(id);
            service.call("POST", path).by(Callers.employee()).send().isProblem(404, "not-found");
            service.call("POST", "/messages/parked/x/resend")
                    .by(Callers.employee())
                    .send()
                    .isProblem(404, "not-found");
        }
    }

    @Test
    void aMessageThatFailsAgainStays() {
        try (var service = service()) {
            String path = "/messages/parked/" + parked("{}") + "/resend";
            broken = true;
            service.call("POST", path).by(Callers.employee()).send().isProblem(409, "message-failed-again");
            failure = new TemporaryFailure("The database is away");
            service.call("POST", path).by(Callers.employee()).send().isProblem(503, "unavailable");
            assertThat(service.get("/messages/parked", Callers.employee()).array())
                    .hasSize(1);
        }
    }
}
