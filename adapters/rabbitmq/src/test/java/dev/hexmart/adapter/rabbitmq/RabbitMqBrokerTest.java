package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.GetResponse;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.messaging.OutboxMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside the contract, the last net: what RabbitMQ does of which Qpid knows nothing. */
final class RabbitMqBrokerTest extends BrokerContract {

    private Bus bus;

    @Override
    String url() {
        return RealRabbitMq.url();
    }

    @BeforeEach
    void connect() {
        bus = new Bus(url());
    }

    @AfterEach
    void disconnect() {
        if (bus != null) {
            bus.close();
        }
    }

    @Test
    void anUnknownVirtualHostIsAPermanentFailureThatNamesTheVariable() {
        BrokerSettings right = BrokerSettings.parse(url(), "test");
        String unknown = UUID.randomUUID().toString();
        BrokerSettings wrong =
                new BrokerSettings(right.nodes(), false, right.user(), right.password(), unknown, "test");
        assertThatThrownBy(() -> Broker.connect(wrong))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("AMQP_URL")
                .hasMessageContaining(unknown);
    }

    @Test
    void messageThatCrashesItsConsumersIsDeadLettered() {
        OutboxMessage message = Bus.commitStock();
        bus.publish(message);
        Awaitility.await().atMost(Bus.PATIENCE).until(() -> {
            // Received, never acknowledged, and its channel gone.
            bus.onChannel(channel -> channel.basicGet(Bus.CATALOG, false));
            return !bus.isDrained("hexmart.dead");
        });
        GetResponse dead = bus.take("hexmart.dead");
        assertThat(dead.getBody()).asString(StandardCharsets.UTF_8).isEqualTo(message.body());
        assertThat(dead.getProps().getHeaders().get("x-death").toString()).contains("delivery_limit");
        assertThat(bus.isDrained(Bus.CATALOG)).isTrue();
    }

    @Test
    void lookingAtADeadMessageDoesNotRemoveIt() {
        bus.publish(Bus.commitStock());
        bus.onChannel(channel -> {
            GetResponse response = channel.basicGet(Bus.CATALOG, false);
            channel.basicReject(response.getEnvelope().getDeliveryTag(), false);
            return response;
        });
        for (int i = 0; i < 30; i++) {
            GetResponse dead = Awaitility.await()
                    .atMost(Bus.PATIENCE)
                    .until(() -> bus.onChannel(channel -> channel.basicGet("hexmart.dead", false)), got -> got != null);
            assertThat(dead.getProps().getHeaders().get("x-death").toString()).contains("rejected");
        }
    }

    @Test
    void queueWithOtherArgumentsIsAPermanentFailureWithTheFix() {
        bus.onChannel(channel -> channel.queueDelete(Bus.CATALOG));
        bus.onChannel(channel -> channel.queueDeclare(Bus.CATALOG, true, false, false, Map.of()));
        assertThatThrownBy(() -> Broker.connect(BrokerSettings.parse(url(), "test")))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(Bus.CATALOG)
                .hasMessageContaining("delete the queue");
    }
}
