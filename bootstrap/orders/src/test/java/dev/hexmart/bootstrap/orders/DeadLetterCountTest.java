package dev.hexmart.bootstrap.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.telemetry.Metrics;
import dev.hexmart.application.messaging.DeadLetters.DeadLetter;
import dev.hexmart.application.messaging.InMemoryDeadLetters;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterCountTest {

    private static final String NAME = "hexmart_dead_letters ";

    private final Metrics metrics = new Metrics();
    private final InMemoryDeadLetters letters = new InMemoryDeadLetters();
    private final DeadLetterCount count = new DeadLetterCount(letters);

    @BeforeEach
    void show() {
        count.show(metrics);
    }

    @Test
    void countIsUnknownBeforeTheFirstLook() {
        assertThat(number()).isEqualTo("NaN");
    }

    @Test
    void countIsAsOldAsTheLastLook() {
        count.look();
        letters.add(new DeadLetter(
                new UUID(0, 1), "PaymentCaptured", Optional.empty(), "{}", "delivery_limit", Instant.EPOCH));
        assertThat(number()).isEqualTo("0.0");
        count.look();
        assertThat(number()).isEqualTo("1.0");
    }

    @Test
    void countIsUnknownWhileTheBrokerIsAway() {
        count.look();
        letters.breakDown();
        count.look();
        assertThat(number()).isEqualTo("NaN");
    }

    private String number() {
        return new String(metrics.read("text/plain").body(), UTF_8)
                .lines()
                .filter(line -> line.startsWith(NAME))
                .map(line -> line.substring(NAME.length()))
                .findFirst()
                .orElse("missing");
    }
}
