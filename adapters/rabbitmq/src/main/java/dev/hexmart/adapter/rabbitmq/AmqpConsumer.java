package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.ParkingLot;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.RetryQueue;
import dev.hexmart.application.messaging.RetryQueue.WaitingMessage;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Receives the messages for one context, and acknowledges each when it has been handled or stored, never before.
 *
 * <p>A message whose handling fails, or that the broker delivers again, is stored in the retry queue, which is not emptied
 * here; one that never can be handled is parked. What is unacknowledged when a connection or a process ends, the broker
 * delivers again.
 */
public final class AmqpConsumer<M extends Message> implements AutoCloseable {

    private final Broker broker;
    private final String queue;
    private final Inbound<M> inbound;
    private final List<ConsumerChannel> channels;
    private final Duration finishWithin;

    /**
     * @param destination the context, which says the queue as well
     * @param retries where messages wait for their next attempt
     * @param parking where messages wait that could not be handled
     */
    public AmqpConsumer(
            Broker broker,
            Destination<M> destination,
            MessageHandler<M> handler,
            RetryQueue retries,
            ParkingLot parking,
            DeliveryScope scope,
            ConsumerSettings settings,
            InstantSource clock) {
        this.broker = broker;
        this.queue = Topology.queue(destination);
        this.inbound = new Inbound<>(destination, handler, scope, clock);
        this.finishWithin = settings.finishWithin();
        this.channels = IntStream.rangeClosed(1, settings.channels())
                .mapToObj(number -> new ConsumerChannel(
                        queue + "-" + number, queue, broker, inbound, retries, parking, settings, clock))
                .toList();
    }

    /** Begins to receive, as soon as the broker is there. */
    public void start() {
        channels.forEach(ConsumerChannel::start);
    }

    public String queue() {
        return queue;
    }

    /** The queue that the messages for one context come from. */
    public static String queue(Destination<?> destination) {
        return Topology.queue(destination);
    }

    /** The number of messages in the queue, without the unacknowledged ones. */
    public long waiting() {
        Channel channel = broker.openConsumingChannel();
        try {
            return channel.messageCount(queue);
        } catch (IOException | ShutdownSignalException e) {
            throw new TemporaryFailure("The broker does not say how long the queue is", e);
        } finally {
            SupervisedConnection.abandon(channel);
        }
    }

    /** Handles a parked message in the calling thread, and throws where that fails. */
    public void handleAgain(ParkedMessage parked) {
        handleAgain(parked.id(), parked.type(), parked.headers(), parked.body(), 1);
    }

    /** Handles a message that was waiting in the calling thread, and throws where that fails. */
    public void handleAgain(WaitingMessage waiting) {
        handleAgain(waiting.id(), waiting.type(), waiting.headers(), waiting.body(), waiting.attempts());
    }

    private void handleAgain(UUID id, String type, Map<String, String> headers, String body, int attempt) {
        inbound.handle(new Delivery(queue, Optional.of(id), type, headers, body, true, attempt));
    }

    /**
     * Takes no further messages and returns when those in hand are handled, or their time is over. The broker delivers
     * again what was not handled.
     */
    @Override
    public void close() {
        channels.forEach(ConsumerChannel::stop);
        long deadline = System.nanoTime() + finishWithin.toNanos();
        channels.forEach(channel -> channel.awaitEnd(Duration.ofNanos(deadline - System.nanoTime())));
    }
}
