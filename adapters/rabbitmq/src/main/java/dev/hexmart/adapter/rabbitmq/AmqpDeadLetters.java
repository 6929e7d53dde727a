package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import dev.hexmart.application.failure.InfrastructureFailure;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.DeadLetters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The dead letter queue: it is looked at by getting its messages and giving them back.
 *
 * <p>All of it happens on one platform thread of its own, so that no two calls hold messages from each other, and no interrupt
 * reaches the connection.
 */
public final class AmqpDeadLetters implements DeadLetters, AutoCloseable {

    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(5);
    /** Another process may be looking at the same time, so this is no failure. */
    private static final Duration GIVEN_BACK_WITHIN = Duration.ofSeconds(1);

    private static final Duration GIVEN_BACK_POLL = Duration.ofMillis(2);
    private static final String UNKNOWN_REASON = "unknown";

    private final SupervisedConnection connection;
    private final InstantSource clock;
    private final ExecutorService thread;

    public AmqpDeadLetters(Broker broker, InstantSource clock) {
        // Publishing belongs on this connection: a broker short of memory blocks it, and no acknowledgement with it.
        this.connection = broker.publishing();
        this.clock = clock;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("amqp-dead-letters").factory());
    }

    @Override
    public List<DeadLetter> list(int limit) {
        return looking(channel -> {
            List<DeadLetter> letters = new ArrayList<>();
            while (letters.size() < limit) {
                Optional<GetResponse> next = next(channel);
                if (next.isEmpty()) {
                    break;
                }
                letters.add(letter(next.get()));
            }
            return letters;
        });
    }

    @Override
    public long count() {
        return onThread(this::ready);
    }

    @Override
    public Outcome resend(UUID id) {
        return looking(channel -> {
            for (Optional<GetResponse> next = next(channel); next.isPresent(); next = next(channel)) {
                DeadLetter letter = letter(next.get());
                if (letter.id().equals(id)) {
                    return letter.queue().isPresent()
                            ? resend(channel, next.get(), letter.queue().get())
                            : new Outcome.NoQueue();
                }
            }
            return new Outcome.NotFound();
        });
    }

    /** Work in progress is finished. */
    @Override
    public void close() {
        thread.close();
    }

    private Outcome resend(Channel channel, GetResponse message, String queue) throws IOException {
        if (connection.isBlocked()) {
            throw new TemporaryFailure("The broker blocks publishers: it is short of memory or disk");
        }
        AtomicBoolean returned = new AtomicBoolean();
        channel.addReturnListener(_ -> returned.set(true));
        channel.confirmSelect();
        // By the default exchange, which routes to the queue of that name and to no other.
        channel.basicPublish("", queue, true, afresh(message.getProps()), message.getBody());
        try {
            channel.waitForConfirmsOrDie(CONFIRMED_WITHIN.toMillis());
        } catch (InterruptedException | TimeoutException e) {
            throw new TemporaryFailure("The broker has not confirmed the message; it stays a dead letter", e);
        }
        if (returned.get()) {
            throw new TemporaryFailure(
                    "The broker has no queue %s at the moment; the message stays a dead letter".formatted(queue));
        }
        channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
        return new Outcome.Sent(queue);
    }

    /** Without what the broker has noted about its first life, which it would go on counting from. */
    private static BasicProperties afresh(BasicProperties properties) {
        Map<String, Object> headers = new HashMap<>(headers(properties));
        headers.keySet()
                .removeIf(name -> name.equals("x-death")
                        || name.startsWith("x-first-death-")
                        || name.startsWith("x-last-death-")
                        || name.equals("x-delivery-count")
                        || name.equals("x-acquired-count"));
        return properties.builder().headers(headers).build();
    }

    private DeadLetter letter(GetResponse message) {
        BasicProperties properties = message.getProps();
        Delivery delivery = Delivery.of(Topology.DEAD, message.getEnvelope(), properties, message.getBody());
        Map<String, String> headers = delivery.headers();
        return new DeadLetter(
                delivery.messageId().orElseGet(() -> UUID.nameUUIDFromBytes(message.getBody())),
                delivery.type(),
                Optional.ofNullable(headers.get("x-first-death-queue"))
                        .filter(Topology::isQueue)
                        .or(() -> Topology.queueOfType(delivery.type())),
                delivery.body(),
                Optional.ofNullable(headers.get("x-first-death-reason")).orElse(UNKNOWN_REASON),
                diedAt(properties).orElseGet(clock::instant));
    }

    private static Optional<Instant> diedAt(BasicProperties properties) {
        return headers(properties).get("x-death") instanceof List<?> deaths
                        && !deaths.isEmpty()
                        && deaths.getLast() instanceof Map<?, ?> death
                        && death.get("time") instanceof Date time
                ? Optional.of(time.toInstant())
                : Optional.empty();
    }

    private static Map<String, Object> headers(BasicProperties properties) {
        return Optional.ofNullable(properties.getHeaders()).orElse(Map.of());
    }

    private static Optional<GetResponse> next(Channel channel) throws IOException {
        return Optional.ofNullable(channel.basicGet(Topology.DEAD, false));
    }

    /**
     * The end of the channel gives back what was got and not acknowledged. A quorum queue takes it back a moment later, and
     * the next look would miss it until then.
     */
    private <R> R looking(Work<R> work) {
        return onThread(() -> {
            long before = ready();
            R result = run(work);
            long left = result instanceof Outcome.Sent ? before - 1 : before;
            long deadline = System.nanoTime() + GIVEN_BACK_WITHIN.toNanos();
            while (ready() < left && System.nanoTime() < deadline) {
                LockSupport.parkNanos(GIVEN_BACK_POLL.toNanos());
            }
            return result;
        });
    }

    private long ready() {
        return run(channel -> channel.messageCount(Topology.DEAD));
    }

    private <R> R onThread(Supplier<R> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof InfrastructureFailure failure) {
                throw failure;
            }
            throw e;
        } catch (RejectedExecutionException e) {
            throw new TemporaryFailure("The service is being stopped", e);
        }
    }

    private <R> R run(Work<R> work) {
        Channel channel = connection.openChannel();
        try {
            return work.on(channel);
        } catch (IOException | ShutdownSignalException e) {
            throw connection.failure(e);
        } finally {
            SupervisedConnection.abandon(channel);
        }
    }

    @FunctionalInterface
    private interface Work<R> {
        R on(Channel channel) throws IOException;
    }
}
