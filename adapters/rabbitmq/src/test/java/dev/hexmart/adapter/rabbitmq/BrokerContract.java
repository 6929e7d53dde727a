package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Address;
import dev.hexmart.application.failure.PermanentFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connecting comes to with every kind of broker, whichever that is. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class BrokerContract {

    abstract String url();

    @Test
    void healthFollowsTheConnection() {
        Broker broker = Broker.connect(BrokerSettings.parse(url(), "test"));
        assertThat(broker.isHealthy()).isTrue();
        broker.close();
        assertThat(broker.isHealthy()).isFalse();
    }

    @Test
    void invalidPasswordIsAPermanentFailureThatNamesTheVariable() {
        BrokerSettings right = BrokerSettings.parse(url(), "test");
        BrokerSettings wrong =
                new BrokerSettings(right.nodes(), false, right.user(), "t0p-secret", right.virtualHost(), "test");
        assertThatThrownBy(() -> Broker.connect(wrong))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("AMQP_URL")
                .hasMessageContaining(right.user())
                .hasMessageNotContaining("t0p-secret");
    }

    @Test
    void aBrokerThatIsAwayAtTheStartIsConnectedOnceItComes() {
        BrokerSettings settings = BrokerSettings.parse(url(), "test");
        try (TcpProxy proxy = new TcpProxy(settings.nodes().getFirst())) {
            proxy.refuseConnections();
            BrokerSettings through = new BrokerSettings(
                    List.of(proxy.address()),
                    false,
                    settings.user(),
                    settings.password(),
                    settings.virtualHost(),
                    "test");
            try (Broker broker = Broker.connect(through);
                    AmqpMessagePublisher publisher = new AmqpMessagePublisher(broker)) {
                assertThat(broker.isHealthy()).isFalse();
                assertThatThrownBy(() -> publisher.publish(List.of(Bus.commitStock())))
                        .isInstanceOf(TemporaryFailure.class)
                        .hasMessageContaining("AMQP_URL");
                proxy.acceptConnections();
                await().atMost(Bus.PATIENCE).until(broker::isHealthy);
                assertThat(publisher.publish(List.of(Bus.commitStock()))).hasSize(1);
            }
        }
    }

    @Test
    void nodeThatIsAwayIsPassedOver() {
        BrokerSettings settings = BrokerSettings.parse(url(), "test");
        BrokerSettings several = new BrokerSettings(
                List.of(new Address("127.0.0.1", 1), settings.nodes().getFirst(), new Address("127.0.0.1", 2)),
                false,
                settings.user(),
                settings.password(),
                settings.virtualHost(),
                "test");
        try (Broker broker = Broker.connect(several)) {
            assertThat(broker.isHealthy()).isTrue();
        }
    }
}
