package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.InMemoryRetryQueue;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.StockCommand;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class QpidBrokerTest extends BrokerContract {

    @Override
    String url() {
        return QpidBroker.shared().url();
    }

    @Test
    void afterARestartThatForgotEverythingItAllGoesOn() {
        QpidBroker qpid = new QpidBroker();
        qpid.start();
        Set<UUID> handled = ConcurrentHashMap.newKeySet();
        try (Broker broker = Broker.connect(BrokerSettings.parse(qpid.url(), "test"));
                AmqpMessagePublisher publisher = new AmqpMessagePublisher(broker);
                AmqpConsumer<StockCommand> consumer = consumer(broker, handled)) {
            consumer.start();
            OutboxMessage before = Bus.commitStock();
            assertThat(publisher.publish(List.of(before))).containsExactly(before.id());
            await().atMost(Bus.PATIENCE).until(() -> handled.contains(before.id()));
            qpid.stop();
            await().atMost(Bus.PATIENCE).until(() -> !broker.isHealthy());
            OutboxMessage after = Bus.commitStock();
            assertThatThrownBy(() -> publisher.publish(List.of(after))).isInstanceOf(TemporaryFailure.class);
            qpid.start();
            await().atMost(Bus.PATIENCE)
                    .ignoreExceptionsInstanceOf(TemporaryFailure.class)
                    .until(() -> publisher.publish(List.of(after)).contains(after.id()));
            await().atMost(Bus.PATIENCE).until(() -> handled.contains(after.id()));
            await().atMost(Bus.PATIENCE).until(broker::isHealthy);
        } finally {
            qpid.stop();
        }
    }

    @Test
    void whenItsNodeEndsTheOtherOneIsUsed() {
        QpidBroker one = new QpidBroker();
        QpidBroker two = new QpidBroker();
        one.start();
        two.start();
        Set<UUID> handled = ConcurrentHashMap.newKeySet();
        String both = one.url() + "," + two.url().substring(two.url().indexOf('@') + 1);
        try (Broker broker = Broker.connect(BrokerSettings.parse(both, "test"));
                AmqpMessagePublisher publisher = new AmqpMessagePublisher(broker);
                AmqpConsumer<StockCommand> consumer = consumer(broker, handled)) {
            consumer.start();
            // With one of them alone, both connections are at it, wherever they were before.
            one.stop();
            assertWorks(broker, publisher, handled);
            one.start();
            two.stop();
            assertWorks(broker, publisher, handled);
        } finally {
            one.stop();
        }
    }

    private static void assertWorks(Broker broker, AmqpMessagePublisher publisher, Set<UUID> handled) {
        OutboxMessage message = Bus.commitStock();
        await().atMost(Bus.PATIENCE)
                .ignoreExceptionsInstanceOf(TemporaryFailure.class)
                .until(() -> publisher.publish(List.of(message)).contains(message.id()));
        await().atMost(Bus.PATIENCE).until(() -> handled.contains(message.id()));
        await().atMost(Bus.PATIENCE).until(broker::isHealthy);
    }

    private static AmqpConsumer<StockCommand> consumer(Broker broker, Set<UUID> handled) {
        return new AmqpConsumer<>(
                broker,
                new Destination.Catalog(),
                received -> handled.add(received.id()),
                new InMemoryRetryQueue(),
                new TestParkingLot(),
                DeliveryScope.NONE,
                ConsumerSettings.standard(),
                InstantSource.system());
    }
}
