package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.MessagePublisherContract;
import dev.hexmart.application.messaging.OutboxMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the publisher keeps with every kind of broker, whichever that is. */
abstract class AmqpMessagePublisherContract extends MessagePublisherContract {

    private static final int CONNECTION_BLOCKED = 60;
    private static final int CONNECTION_UNBLOCKED = 61;

    private Bus bus;
    private List<UUID> arrived;

    abstract String url();

    Bus bus() {
        return bus;
    }

    @BeforeEach
    void connect() {
        bus = new Bus(url());
        arrived = new ArrayList<>();
    }

    @AfterEach
    void disconnect() {
        if (bus != null) {
            bus.close();
        }
    }

    @Override
    protected MessagePublisher publisher() {
        return bus.publisher();
    }

    @Override
    protected OutboxMessage wanted() {
        return Bus.commitStock();
    }

    @Override
    protected OutboxMessage unwanted() {
        OutboxMessage message = Bus.commitStock();
        return new OutboxMessage(message.id(), message.order(), "dev.hexmart.unheard-of.v1", message.body(), Map.of());
    }

    @Override
    protected List<UUID> arrived(int atLeast) {
        await().atMost(Bus.PATIENCE).until(() -> {
            bus.takeAll(Bus.CATALOG)
                    .forEach(taken ->
                            arrived.add(UUID.fromString(taken.getProps().getMessageId())));
            return arrived.size() >= atLeast;
        });
        return arrived;
    }

    @Override
    protected void breakBroker() {
        bus.proxy().refuseConnections();
    }

    @Override
    protected void mendBroker() {
        bus.proxy().acceptConnections();
    }

    @Test
    void aMessageIsPersistentAndSaysWhatItIs() {
        OutboxMessage plain = wanted();
        OutboxMessage message = new OutboxMessage(
                plain.id(), plain.order(), plain.type(), plain.body(), Map.of("traceparent", "00-abc-def-01"));
        publisher().publish(List.of(message));
        GetResponse response = bus.take(Bus.CATALOG);
        assertThat(response.getBody()).asString(StandardCharsets.UTF_8).isEqualTo(message.body());
        assertThat(response.getEnvelope().getRoutingKey()).isEqualTo(message.type());
        var properties = response.getProps();
        assertThat(properties.getDeliveryMode()).isEqualTo(2);
        assertThat(properties.getType()).isEqualTo(message.type());
        assertThat(properties.getCorrelationId()).isEqualTo(message.order().toString());
        assertThat(properties.getContentType()).isEqualTo("application/cloudevents+json");
        assertThat(properties.getHeaders().get("traceparent")).hasToString("00-abc-def-01");
    }

    @Test
    void largeBatchIsConfirmed() {
        List<OutboxMessage> messages =
                IntStream.range(0, 256).mapToObj(_ -> wanted()).toList();
        Set<UUID> confirmed = publisher().publish(messages);
        assertThat(confirmed).hasSize(256);
        assertThat(arrived(256)).hasSize(256);
    }

    @Test
    void aMessageThatWasReturnedIsConfirmedOnceItIsWanted() {
        OutboxMessage message = unwanted();
        assertThat(publisher().publish(List.of(message))).isEmpty();
        bus.onChannel(channel -> channel.queueBind(Bus.CATALOG, "hexmart.events", message.type()));
        await().atMost(Bus.PATIENCE)
                .until(() -> publisher().publish(List.of(message)).contains(message.id()));
        assertThat(arrived(1)).contains(message.id());
    }

    @Test
    void confirmTimeoutLeavesTheMessageUnconfirmed() {
        try (AmqpMessagePublisher hasty = new AmqpMessagePublisher(bus.broker(), Duration.ofMillis(300))) {
            OutboxMessage first = wanted();
            assertThat(hasty.publish(List.of(first))).containsExactly(first.id());
            bus.proxy().dropAnswers();
            assertThat(hasty.publish(List.of(wanted()))).isEmpty();
            bus.proxy().cut();
        }
    }

    @Test
    void aConnectionThatIsLostWhileWaitingIsATemporaryFailure() {
        OutboxMessage first = wanted();
        publisher().publish(List.of(first));
        bus.proxy().dropAnswers();
        OutboxMessage message = wanted();
        CompletableFuture<Set<UUID>> publishing =
                CompletableFuture.supplyAsync(() -> publisher().publish(List.of(message)));
        assertThat(arrived(2)).containsExactly(first.id(), message.id());
        bus.proxy().cut();
        assertThat(publishing)
                .failsWithin(Duration.ofSeconds(4))
                .withThrowableThat()
                .withCauseInstanceOf(TemporaryFailure.class);
    }

    @Test
    void blockedBrokerIsATemporaryFailureUntilItIsUnblocked() {
        OutboxMessage first = wanted();
        publisher().publish(List.of(first));
        bus.proxy().tellClients(connectionMethod(CONNECTION_BLOCKED, "low on memory"));
        await().atMost(Bus.PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> publisher().publish(List.of(wanted())))
                        .isInstanceOf(TemporaryFailure.class)
                        .hasMessageContaining("memory"));
        assertThat(bus.broker().isHealthy()).isTrue();
        bus.proxy().tellClients(connectionMethod(CONNECTION_UNBLOCKED));
        OutboxMessage last = wanted();
        await().atMost(Bus.PATIENCE)
                .ignoreExceptionsInstanceOf(TemporaryFailure.class)
                .until(() -> publisher().publish(List.of(last)).contains(last.id()));
    }

    @Test
    void blockWhileAConfirmIsMissingIsATemporaryFailure() {
        OutboxMessage first = wanted();
        publisher().publish(List.of(first));
        bus.proxy().dropAnswers();
        OutboxMessage message = wanted();
        CompletableFuture<Set<UUID>> publishing =
                CompletableFuture.supplyAsync(() -> publisher().publish(List.of(message)));
        assertThat(arrived(2)).contains(message.id());
        bus.proxy().tellClients(connectionMethod(CONNECTION_BLOCKED, "low on memory"));
        assertThat(publishing)
                .failsWithin(Duration.ofSeconds(4))
                .withThrowableThat()
                .withCauseInstanceOf(TemporaryFailure.class);
        bus.proxy().cut();
    }

    @Test
    void anInterruptedVirtualThreadDoesNotTakeTheConnectionDown() throws InterruptedException {
        // So long that writing it blocks, which is when an interrupt would close the socket.
        OutboxMessage plain = wanted();
        OutboxMessage message =
                new OutboxMessage(plain.id(), plain.order(), plain.type(), "x".repeat(12 * 1024 * 1024), Map.of());
        CompletableFuture<Set<UUID>> confirmed = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    Thread.currentThread().interrupt();
                    confirmed.complete(publisher().publish(List.of(message)));
                })
                .join();
        assertThat(confirmed).isCompletedWithValue(Set.of(message.id()));
        assertThat(bus.broker().isHealthy()).isTrue();
    }

    @Test
    void aChannelThatTheBrokerClosesIsReplaced() {
        OutboxMessage first = wanted();
        publisher().publish(List.of(first));
        bus.onChannel(channel -> channel.exchangeDelete("hexmart.events"));
        OutboxMessage message = wanted();
        await().atMost(Bus.PATIENCE)
                .ignoreExceptionsInstanceOf(TemporaryFailure.class)
                .until(() -> publisher().publish(List.of(message)).contains(message.id()));
        assertThat(arrived(2)).contains(first.id(), message.id());
    }

    @Test
    void aClosedPublisherIsATemporaryFailure() {
        bus.publisher().close();
        assertThatThrownBy(() -> publisher().publish(List.of(wanted()))).isInstanceOf(TemporaryFailure.class);
    }

    /** A frame of AMQP's class "connection", with a short text as its argument. */
    private static byte[] connectionMethod(int method, String... texts) {
        ByteArrayOutputStream arguments = new ByteArrayOutputStream();
        for (String text : texts) {
            arguments.write(text.length());
            arguments.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {1, 0, 0, 0, 0, 0, (byte) (4 + arguments.size()), 0, 10, 0, (byte) method});
        frame.writeBytes(arguments.toByteArray());
        frame.write(0xCE);
        return frame.toByteArray();
    }
}
