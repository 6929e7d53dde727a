package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.impl.LongStringHelper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private final Envelope envelope = new Envelope(1, false, "hexmart.events", "dev.hexmart.stock.commit.v1");

    @Test
    void headersOfEveryAmqpTypeAreReadAsText() {
        Map<String, Object> headers = new HashMap<>(Map.of(
                "text",
                "a",
                "long string",
                LongStringHelper.asLongString("b"),
                "bytes",
                "c".getBytes(StandardCharsets.UTF_8),
                "number",
                7L,
                "flag",
                true,
                "time",
                Date.from(Instant.parse("2026-03-02T12:00:00Z")),
                "list",
                List.of(LongStringHelper.asLongString("d"), 1),
                "nul",
                "\0"));
        headers.put("null", null);
        Delivery delivery = Delivery.of(
                "queue",
                envelope,
                new BasicProperties.Builder().headers(headers).build(),
                new byte[0]);
        assertThat(delivery.headers())
                .isEqualTo(Map.of(
                        "text", "a",
                        "long string", "b",
                        "bytes", "c",
                        "number", "7",
                        "flag", "true",
                        "time", "2026-03-02T12:00:00Z",
                        "list", "[d, 1]",
                        "nul", "\uFFFD"));
    }

    @Test
    void messageIdThatIsNoUuidIsLeftOut() {
        assertThat(delivery(new BasicProperties.Builder().messageId("order-7").build())
                        .messageId())
                .isEmpty();
        UUID id = UUID.randomUUID();
        assertThat(delivery(new BasicProperties.Builder()
                                .messageId(id.toString().toUpperCase(java.util.Locale.ROOT))
                                .build())
                        .messageId())
                .contains(id);
    }

    @Test
    void messageWithoutTypeHasItsRoutingKeyAsType() {
        assertThat(delivery(new BasicProperties()).type()).isEqualTo("dev.hexmart.stock.commit.v1");
    }

    private Delivery delivery(BasicProperties properties) {
        return Delivery.of("queue", envelope, properties, new byte[0]);
    }
}
