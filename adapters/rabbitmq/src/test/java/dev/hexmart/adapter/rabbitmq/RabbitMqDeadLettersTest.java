package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.messaging.DeadLetters.DeadLetter;
import dev.hexmart.application.messaging.DeadLetters.Outcome;
import dev.hexmart.application.messaging.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class RabbitMqDeadLettersTest extends AmqpDeadLettersContract {

    @Override
    String url() {
        return RealRabbitMq.url();
    }

    /** Only RabbitMQ has a delivery limit. */
    @Test
    void messageOverTheDeliveryLimitIsListedAndResent() {
        OutboxMessage sent = Bus.commitStock();
        bus().publish(sent);
        giveBackUntilDead();
        DeadLetter letter = letters().list(1).getFirst();
        assertThat(letter)
                .isEqualTo(new DeadLetter(
                        sent.id(), sent.type(), Optional.of(Bus.CATALOG), sent.body(), "delivery_limit", letter.at()));
        assertThat(letter.at()).isCloseTo(Instant.now(), Assertions.within(Duration.ofMinutes(1)));
        assertThat(letters().resend(sent.id())).isEqualTo(new Outcome.Sent(Bus.CATALOG));
        // As often again: it is not dead at once for what it was counted before.
        giveBack();
        assertThat(letters().count()).isZero();
        assertThat(bus().take(Bus.CATALOG).getProps().getMessageId())
                .isEqualTo(sent.id().toString());
    }

    private void giveBackUntilDead() {
        Awaitility.await()
                .atMost(Bus.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    giveBack();
                    return letters().count() == 1;
                });
    }

    /** As the end of a process does. */
    private void giveBack() {
        bus().onChannel(channel -> Optional.ofNullable(channel.basicGet(Bus.CATALOG, false)));
    }
}
