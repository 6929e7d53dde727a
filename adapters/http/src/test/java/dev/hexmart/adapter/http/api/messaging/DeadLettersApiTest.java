package dev.hexmart.adapter.http.api.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.TestService;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.messaging.DeadLetters.DeadLetter;
import dev.hexmart.application.messaging.InMemoryDeadLetters;
import dev.hexmart.application.messaging.ResendDeadLetters;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeadLettersApiTest {

    private final InMemoryDeadLetters letters = new InMemoryDeadLetters();

    private TestService service() {
        return TestService.of(new DeadLettersApi(new ResendDeadLetters(letters)).routes());
    }

    private UUID dead(Optional<String> queue) {
        UUID id = UUID.randomUUID();
        letters.add(new DeadLetter(
                id, "some.type", queue, "<b> not json", "delivery_limit", Instant.parse("2026-03-02T12:00:00Z")));
        return id;
    }

    @Test
    void deadLettersAreListedWithTheirQueueAndReason() {
        try (var service = service()) {
            UUID id = dead(Optional.of("hexmart.catalog"));
            var letter = service.get("/messages/dead", Callers.employee())
                    .hasStatus(200)
                    .array()
                    .getJsonObject(0);
            assertThat(letter.getString("id")).isEqualTo(id.toString());
            assertThat(letter.getString("queue")).isEqualTo("hexmart.catalog");
            assertThat(letter.getString("reason")).isEqualTo("delivery_limit");
            assertThat(letter.getString("body")).isEqualTo("<b> not json");
        }
    }

    @Test
    void deadLetterIsSentAgainOnce() {
        try (var service = service()) {
            UUID id = dead(Optional.of("hexmart.catalog"));
            String path = "/messages/dead/" + id + "/resend";
            service.call("POST", path).by(Callers.employee()).send().hasStatus(204);
            assertThat(letters.sent()).extracting(DeadLetter::id).containsExactly(id);
            service.call("POST", path).by(Callers.employee()).send().isProblem(404, "not-found");
            service.call("POST", "/messages/dead/x/resend")
                    .by(Callers.employee())
                    .send()
                    .isProblem(404, "not-found");
        }
    }

    @Test
    void deadLetterOfNoQueueStaysAndSaysSo() {
        try (var service = service()) {
            String path = "/messages/dead/" + dead(Optional.empty()) + "/resend";
            service.call("POST", path).by(Callers.employee()).send().isProblem(409, "message-failed-again");
            assertThat(service.get("/messages/dead", Callers.employee()).array())
                    .hasSize(1);
        }
    }

    @Test
    void withoutTheBrokerTheAnswerIsUnavailable() {
        try (var service = service()) {
            letters.breakDown();
            service.call("GET", "/messages/dead").by(Callers.employee()).send().isProblem(503, "unavailable");
        }
    }
}
