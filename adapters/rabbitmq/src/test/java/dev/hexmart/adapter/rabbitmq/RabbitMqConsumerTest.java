package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.messaging.OutboxMessage;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class RabbitMqConsumerTest extends AmqpConsumerContract {

    @Override
    String url() {
        return RealRabbitMq.url();
    }

    /** Only RabbitMQ tells a consumer that its queue is gone. */
    @Test
    void deletedQueueIsDeclaredAgainAndConsumed() throws InterruptedException {
        BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
        consume(channels(2), received -> handled.add(received.id()));
        OutboxMessage before = Bus.commitStock();
        bus().publish(before);
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(before.id());
        bus().onChannel(channel -> channel.queueDelete(Bus.CATALOG));
        OutboxMessage after = Bus.commitStock();
        Awaitility.await()
                .atMost(Bus.PATIENCE)
                .until(() -> bus().publisher().publish(List.of(after)).contains(after.id()));
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(after.id());
    }
}
