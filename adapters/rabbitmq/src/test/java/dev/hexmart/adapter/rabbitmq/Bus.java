package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.shared.OrderId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** An empty bus for one test: the broker through a proxy for what is tested, and directly for the test itself. */
final class Bus implements AutoCloseable {

    static final String CATALOG = "hexmart.catalog";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> QUEUES = List.of(CATALOG, "hexmart.ordering", "hexmart.payment", "hexmart.dead");

    private final Connection direct;
    private final TcpProxy proxy;
    private final Broker broker;
    private final AmqpMessagePublisher publisher;

    Bus(String url) {
        BrokerSettings settings = BrokerSettings.parse(url, "test");
        try {
            this.direct = settings.connectionFactory().newConnection(settings.nodes(), "test (direct)");
            deleteEverything();
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException("No broker at " + settings, e);
        }
        this.proxy = new TcpProxy(settings.nodes().getFirst());
        this.broker = Broker.connect(new BrokerSettings(
                List.of(proxy.address()), false, settings.user(), settings.password(), settings.virtualHost(), "test"));
        this.publisher = new AmqpMessagePublisher(broker);
    }

    static OutboxMessage outbox(Message message) {
        UUID id = UUID.randomUUID();
        return new OutboxMessage(
                id,
                message.order(),
                MessageCodec.type(message),
                MessageCodec.encode(id, message, Instant.EPOCH, Map.of()),
                Map.of());
    }

    static OutboxMessage commitStock() {
        return outbox(new CommitStock(anOrder()));
    }

    static OutboxMessage releaseStock() {
        return outbox(new ReleaseStock(anOrder()));
    }

    static OrderId anOrder() {
        return new OrderId(UUID.randomUUID());
    }

    Broker broker() {
        return broker;
    }

    TcpProxy proxy() {
        return proxy;
    }

    AmqpMessagePublisher publisher() {
        return publisher;
    }

    /** Publishes past everything that is tested. */
    void publish(OutboxMessage message) {
        publish(
                message.type(),
                new BasicProperties.Builder()
                        .messageId(message.id().toString())
                        .type(message.type())
                        .build(),
                message.body().getBytes(StandardCharsets.UTF_8));
    }

    void publish(String routingKey, BasicProperties properties, byte[] body) {
        onChannel(channel -> {
            channel.confirmSelect();
            channel.basicPublish("hexmart.events", routingKey, true, properties, body);
            try {
                channel.waitForConfirmsOrDie(PATIENCE.toMillis());
            } catch (InterruptedException | TimeoutException e) {
                throw new IOException(e);
            }
            return channel;
        });
    }

    /** Whether whatever was in the queue is with a consumer, or gone. */
    boolean isDrained(String queue) {
        return onChannel(channel -> channel.basicGet(queue, false)) == null;
    }

    /** Takes whatever is in the queue. */
    List<GetResponse> takeAll(String queue) {
        return onChannel(channel -> {
            List<GetResponse> taken = new ArrayList<>();
            for (GetResponse next = channel.basicGet(queue, true); next != null; next = channel.basicGet(queue, true)) {
                taken.add(next);
            }
            return taken;
        });
    }

    /** Takes the next message out of the queue, waiting until there is one. */
    GetResponse take(String queue) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> onChannel(channel -> Optional.ofNullable(channel.basicGet(queue, true))),
                        Optional::isPresent)
                .orElseThrow();
    }

    <T> T onChannel(OnChannel<T> action) {
        try {
            Channel channel = direct.createChannel();
            try {
                return action.on(channel);
            } finally {
                SupervisedConnection.abandon(channel);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        proxy.acceptConnections();
        publisher.close();
        broker.close();
        proxy.close();
        deleteEverything();
        direct.abort();
    }

    private void deleteEverything() {
        for (String queue : QUEUES) {
            delete(channel -> channel.queueDelete(queue));
        }
        for (String exchange : List.of("hexmart.events", "hexmart.dead")) {
            delete(channel -> channel.exchangeDelete(exchange));
        }
    }

    private <T> void delete(OnChannel<T> deletion) {
        try {
            onChannel(deletion);
        } catch (UncheckedIOException e) {
            // What is not there cannot be deleted, says Qpid.
            if (!String.valueOf(e.getCause().getCause()).contains("404")) {
                throw e;
            }
        }
    }

    @FunctionalInterface
    interface OnChannel<T> {
        T on(Channel channel) throws IOException;
    }
}
