package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.OutboxMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Publishes to the exchange, with the type as the routing key, and counts as stored only what the broker has confirmed and
 * not returned.
 *
 * <p>All of it happens on one platform thread of its own: an interrupted virtual thread would take the connection down
 * with it, and the order of messages needs one publisher at a time anyway.
 */
public final class AmqpMessagePublisher implements MessagePublisher, AutoCloseable {

    /** Where all messages go. */
    public static final String EXCHANGE = Topology.EVENTS;

    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(5);

    /** Beyond everything that has a limit of its own: a write to a broker that has stopped reading has none. */
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(20);

    private static final int PERSISTENT = 2;

    private final SupervisedConnection connection;
    private final Duration confirmedWithin;
    private final ExecutorService thread;

    // Confined to that thread.
    private Optional<Channel> channel = Optional.empty();

    /** What the channel's listeners report to. */
    private volatile Confirms current = new Confirms(0);

    public AmqpMessagePublisher(Broker broker) {
        this(broker, CONFIRMED_WITHIN);
    }

    AmqpMessagePublisher(Broker broker, Duration confirmedWithin) {
        this.connection = broker.publishing();
        this.confirmedWithin = confirmedWithin;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("amqp-publisher").factory());
    }

    @Override
    public Set<UUID> publish(List<OutboxMessage> messages) {
        if (messages.isEmpty()) {
            return Set.of();
        }
        try {
            // One that is given up before its turn is not published later on: the future skips what it no longer needs.
            return CompletableFuture.supplyAsync(() -> publishNow(messages), thread)
                    .orTimeout(GIVE_UP_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof InfrastructureFailure failure) {
                throw failure;
            }
            if (e.getCause() instanceof TimeoutException) {
                throw new TemporaryFailure(
                        "Timeout: the broker has not confirmed the messages within " + GIVE_UP_AFTER, e);
            }
            throw e;
        } catch (RejectedExecutionException e) {
            throw new TemporaryFailure("The publisher is closed", e);
        }
    }

    /** Refuses further messages; publishes in progress are finished. */
    @Override
    public void close() {
        if (!thread.isShutdown()) {
            thread.execute(() -> channel.ifPresent(SupervisedConnection::abandon));
            thread.close();
        }
    }

    private Set<UUID> publishNow(List<OutboxMessage> messages) {
        if (connection.isBlocked()) {
            throw blocked();
        }
        Channel open = channel.filter(Channel::isOpen).orElseGet(this::openChannel);
        channel = Optional.of(open);
        Confirms confirms = new Confirms(messages.size());
        current = confirms;
        try {
            for (OutboxMessage message : messages) {
                confirms.expect(open.getNextPublishSeqNo(), message.id());
                open.basicPublish(
                        EXCHANGE,
                        message.type(),
                        true,
                        properties(message),
                        message.body().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException | ShutdownSignalException e) {
            throw lost(e);
        } catch (RuntimeException e) {
            // The channel has counted a message that the broker has not seen, so their numbers no longer match.
            SupervisedConnection.abandon(open);
            throw e;
        }
        Set<UUID> stored = confirms.await(confirmedWithin);
        if (!confirms.areComplete()) {
            // A quorum queue takes the messages of a channel in their order: where one was lost with the queue's
            // leader,
            // none that follows on this channel is ever confirmed.
            SupervisedConnection.abandon(open);
        }
        return stored;
    }

    private Channel openChannel() {
        Channel opened = connection.openChannel();
        try {
            opened.confirmSelect();
        } catch (IOException | ShutdownSignalException e) {
            SupervisedConnection.abandon(opened);
            throw lost(e);
        }
        opened.addConfirmListener(
                (number, multiple) -> current.settle(number, multiple, true),
                (number, multiple) -> current.settle(number, multiple, false));
        opened.addReturnListener(
                returned -> current.returned(returned.getProperties().getMessageId()));
        BlockedListener whileWaiting = new BlockedListener() {
            @Override
            public void handleBlocked(String reason) {
                current.fail(blocked());
            }

            @Override
            public void handleUnblocked() {}
        };
        opened.getConnection().addBlockedListener(whileWaiting);
        opened.addShutdownListener(cause -> {
            opened.getConnection().removeBlockedListener(whileWaiting);
            current.fail(lost(cause));
        });
        return opened;
    }

    private static BasicProperties properties(OutboxMessage message) {
        return new BasicProperties.Builder()
                .messageId(message.id().toString())
                .correlationId(message.order().toString())
                .type(message.type())
                .contentType(MessageCodec.CONTENT_TYPE)
                .contentEncoding(StandardCharsets.UTF_8.name())
                .deliveryMode(PERSISTENT)
                .headers(new HashMap<>(message.headers()))
                .build();
    }

    private static TemporaryFailure lost(Exception cause) {
        return new TemporaryFailure("The connection to the broker was lost while publishing", cause);
    }

    private static TemporaryFailure blocked() {
        return new TemporaryFailure("The broker blocks publishers: it is short of memory or disk");
    }
}
