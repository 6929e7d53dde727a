package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.messaging.OutboxMessage;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RabbitMqMessagePublisherTest extends AmqpMessagePublisherContract {

    @Override
    String url() {
        return RealRabbitMq.url();
    }

    /** Only RabbitMQ has queues that may be full. */
    @Test
    void messageRefusedByAFullQueueIsUnconfirmed() {
        String full = "hexmart.full." + UUID.randomUUID();
        bus().onChannel(channel -> {
            channel.queueDeclare(full, true, false, false, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
            return channel.queueBind(full, "hexmart.events", full);
        });
        try {
            OutboxMessage first = ofType(full);
            OutboxMessage second = ofType(full);
            OutboxMessage elsewhere = wanted();
            assertThat(publisher().publish(List.of(first, second, elsewhere)))
                    .containsExactlyInAnyOrder(first.id(), elsewhere.id());
        } finally {
            bus().onChannel(channel -> channel.queueDelete(full));
        }
    }

    private OutboxMessage ofType(String type) {
        OutboxMessage message = wanted();
        return new OutboxMessage(message.id(), message.order(), type, message.body(), Map.of());
    }
}
