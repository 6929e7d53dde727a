package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.InMemoryRetryQueue;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.StockCommand;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Takes minutes and half a gigabyte: outside CI, where Debian's rabbitmq-server is installed. */
@EnabledIfEnvironmentVariable(named = "HEXMART_TEST_CLUSTERS", matches = "true")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RabbitMqClusterTest {

    private static final Duration FAILOVER = Duration.ofSeconds(30);
    private static final int EACH = 200;

    private final Set<UUID> confirmed = new HashSet<>();
    private Duration longest = Duration.ZERO;

    @Test
    void leadersDeathLosesNoConfirmedMessage(TestReporter reporter) {
        Set<UUID> handled = ConcurrentHashMap.newKeySet();
        try (RabbitMqCluster cluster = RabbitMqCluster.start();
                Broker broker = Broker.connect(BrokerSettings.parse(cluster.url(), "test"));
                AmqpMessagePublisher publisher = new AmqpMessagePublisher(broker);
                AmqpConsumer<StockCommand> consumer = new AmqpConsumer<>(
                        broker,
                        new Destination.Catalog(),
                        received -> handled.add(received.id()),
                        new InMemoryRetryQueue(),
                        new TestParkingLot(),
                        DeliveryScope.NONE,
                        ConsumerSettings.standard(),
                        InstantSource.system())) {
            consumer.start();
            publish(publisher);
            reporter.publishEntry("longest publish before, ms", String.valueOf(longest.toMillis()));
            longest = Duration.ZERO;
            cluster.kill(cluster.leader(Bus.CATALOG));
            publish(publisher);
            reporter.publishEntry("longest publish after, ms", String.valueOf(longest.toMillis()));
            await().atMost(FAILOVER).until(() -> handled.containsAll(confirmed));
            await().atMost(FAILOVER).until(broker::isHealthy);
        }
    }

    /** As the relay does: what is not confirmed is sent again. */
    private void publish(AmqpMessagePublisher publisher) {
        for (int i = 0; i < EACH; i++) {
            OutboxMessage message = Bus.commitStock();
            long start = System.nanoTime();
            await().atMost(FAILOVER)
                    .pollDelay(Duration.ZERO)
                    .ignoreExceptionsInstanceOf(TemporaryFailure.class)
                    .until(() -> publisher.publish(List.of(message)).contains(message.id()));
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            longest = taken.compareTo(longest) > 0 ? taken : longest;
            confirmed.add(message.id());
        }
        assertThat(confirmed).hasSizeGreaterThanOrEqualTo(EACH);
    }
}
