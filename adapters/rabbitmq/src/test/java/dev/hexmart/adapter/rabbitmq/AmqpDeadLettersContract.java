package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.DeadLetters;
import dev.hexmart.application.messaging.DeadLetters.DeadLetter;
import dev.hexmart.application.messaging.DeadLetters.Outcome;
import dev.hexmart.application.messaging.DeadLettersContract;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the dead letter queue keeps with every kind of broker. */
abstract class AmqpDeadLettersContract extends DeadLettersContract {

    private Bus bus;
    private AmqpDeadLetters letters;

    abstract String url();

    @BeforeEach
    void connect() {
        bus = new Bus(url());
        letters = new AmqpDeadLetters(bus.broker(), InstantSource.system());
    }

    @AfterEach
    void disconnect() {
        if (bus != null) {
            letters.close();
            bus.close();
        }
    }

    Bus bus() {
        return bus;
    }

    @Override
    protected DeadLetters letters() {
        return letters;
    }

    @Override
    protected void giveUpOn(UUID id, String type, Optional<String> queue, String body) {
        long before = letters.count();
        Map<String, Object> headers = new HashMap<>(Map.of("x-first-death-reason", "delivery_limit"));
        queue.ifPresent(name -> headers.put("x-first-death-queue", name));
        BasicProperties properties = new BasicProperties.Builder()
                .messageId(id.toString())
                .type(type)
                .headers(headers)
                .deliveryMode(2)
                .build();
        bus.onChannel(channel -> {
            channel.basicPublish("hexmart.dead", "any", properties, body.getBytes(StandardCharsets.UTF_8));
            return channel.messageCount("hexmart.dead");
        });
        Awaitility.await().atMost(Bus.PATIENCE).until(() -> letters.count() == before + 1);
    }

    @Override
    protected List<String> bodiesIn(String queue) {
        return bus.takeAll(queue).stream()
                .map(message -> new String(message.getBody(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void messageSentAgainKeepsItsPropertiesAndLosesTheBrokersCounts() {
        UUID id = UUID.randomUUID();
        Map<String, Object> headers = Map.of(
                "traceparent", "00-1",
                "x-first-death-queue", "hexmart.payment",
                "x-first-death-reason", "delivery_limit",
                "x-first-death-exchange", "hexmart.events",
                "x-last-death-queue", "hexmart.payment",
                "x-death", List.of(Map.of("queue", "hexmart.payment")),
                "x-delivery-count", 20);
        BasicProperties properties = new BasicProperties.Builder()
                .messageId(id.toString())
                .type("dev.hexmart.payment.refund.v1")
                .contentType("application/cloudevents+json")
                .deliveryMode(2)
                .headers(headers)
                .build();
        bus.onChannel(channel -> {
            channel.basicPublish("hexmart.dead", "any", properties, new byte[] {'?'});
            return channel.messageCount("hexmart.dead");
        });
        Awaitility.await().atMost(Bus.PATIENCE).until(() -> letters.count() == 1);
        assertThat(letters.resend(id)).isEqualTo(new Outcome.Sent("hexmart.payment"));
        GetResponse sent = bus.take("hexmart.payment");
        assertThat(sent.getBody()).containsExactly('?');
        assertThat(sent.getProps().getMessageId()).isEqualTo(id.toString());
        assertThat(sent.getProps().getContentType()).isEqualTo("application/cloudevents+json");
        assertThat(sent.getProps().getDeliveryMode()).isEqualTo(2);
        // RabbitMQ itself adds the count of deliveries, from the beginning.
        assertThat(sent.getProps().getHeaders())
                .containsKey("traceparent")
                .doesNotContainKeys("x-death", "x-first-death-queue", "x-last-death-queue", "x-first-death-reason");
        assertThat(sent.getProps().getHeaders().getOrDefault("x-delivery-count", 0L))
                .isEqualTo(0L);
        assertThat(letters.count()).isZero();
    }

    @Test
    void queueIsKnownByTheTypeWhereNoHeaderNamesIt() {
        UUID id = UUID.randomUUID();
        giveUpOn(id, "dev.hexmart.stock.commit.v1", Optional.empty(), "1");
        assertThat(letters.list(1)).extracting(DeadLetter::queue).containsExactly(Optional.of(Bus.CATALOG));
        assertThat(letters.resend(id)).isEqualTo(new Outcome.Sent(Bus.CATALOG));
    }

    @Test
    void messageIsNeverSentToAQueueThatIsNotOurs() {
        UUID id = UUID.randomUUID();
        giveUpOn(id, "unheard-of", Optional.of("amq.of-others"), "1");
        assertThat(letters.resend(id)).isEqualTo(new Outcome.NoQueue());
    }

    @Test
    void withoutTheBrokerEachCallIsATemporaryFailure() {
        bus.proxy().refuseConnections();
        Awaitility.await().atMost(Bus.PATIENCE).until(() -> !bus.broker().isHealthy());
        assertThatThrownBy(() -> letters.list(1)).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(letters::count).isInstanceOf(TemporaryFailure.class);
        assertThatThrownBy(() -> letters.resend(UUID.randomUUID())).isInstanceOf(TemporaryFailure.class);
    }
}
