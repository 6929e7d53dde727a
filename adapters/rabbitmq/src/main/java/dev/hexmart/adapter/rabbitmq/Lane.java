package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.ParkingLot;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A thread that handles and acknowledges one delivery after the other, on a channel of its own that it opens again
 * whenever it is lost.
 *
 * <p>A platform thread that nobody interrupts, because an interrupted virtual thread that is acknowledging would take the
 * connection down with it.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final String name;
    private final String queue;
    private final Broker broker;
    private final Inbound<?> inbound;
    private final ParkingLot parking;
    private final ConsumerSettings settings;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Optional<Session> session = Optional.empty();
    private volatile boolean outOfTime;

    /** In a row, to get as far as a delivery; confined to the thread. */
    private int failures;

    Lane(String name, String queue, Broker broker, Inbound<?> inbound, ParkingLot parking, ConsumerSettings settings) {
        this.name = name;
        this.queue = queue;
        this.broker = broker;
        this.inbound = inbound;
        this.parking = parking;
        this.settings = settings;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping.countDown();
        session.ifPresent(Session::stop);
    }

    /** After {@link #stop}; when the time is over, the lane ends with the message that it is handling. */
    void awaitEnd(Duration atMost) {
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(atMost)) {
                outOfTime = true;
                LOG.warn("{} is still handling a message; the broker will deliver it again", name);
            }
        } catch (InterruptedException _) {
            outOfTime = true;
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isStopping()) {
            try {
                serve();
            } catch (IOException | RuntimeException | Error e) {
                failures++;
                // That there is no connection is said by the connection itself.
                LOG.atLevel(e instanceof TemporaryFailure ? Level.DEBUG : Level.WARN)
                        .log("{} lost its channel: {}", name, e.toString());
            }
            pause();
        }
    }

    /** Opens a channel and returns when it is lost, or everything in hand is handled after {@link #stop}. */
    private void serve() throws IOException {
        Channel channel = broker.openConsumingChannel();
        try {
            Session opened = new Session(channel);
            session = Optional.of(opened);
            if (!isStopping()) {
                opened.serve();
            }
        } finally {
            session = Optional.empty();
            SupervisedConnection.abandon(channel);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause() {
        try {
            boolean _ = stopping.await(BackOff.after(Math.max(1, failures)).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts this thread", e);
        }
    }

    /** What happens to a lane, each at its time. */
    private sealed interface Event {

        /**
         * To be handled, or, once it is known that this cannot succeed, to be parked.
         *
         * @param failures how many attempts to do so have failed
         */
        record Attempt(long tag, Delivery delivery, Optional<ParkedMessage> toPark, int failures) implements Event {

            Attempt afterFailure() {
                return new Attempt(tag, delivery, toPark, failures + 1);
            }

            Attempt toPark(ParkedMessage message) {
                return new Attempt(tag, delivery, Optional.of(message), 0);
            }
        }

        /** No further deliveries are wanted. */
        record Stop() implements Event {}

        /** The broker has sent its last delivery. */
        record Cancelled() implements Event {}

        /** The channel, or the broker's promise to deliver on it, is gone. */
        record Lost() implements Event {}
    }

    /** The life of one channel, on the lane's thread; the library's threads only add events. */
    private final class Session {

        private final Channel channel;
        private final DelayQueue<Timed> events = new DelayQueue<>();
        private final AtomicLong order = new AtomicLong();

        /** Earlier than any event can be due. */
        private final long started = System.nanoTime();

        private String consumerTag = "";

        Session(Channel channel) {
            this.channel = channel;
        }

        void stop() {
            first(new Event.Stop());
        }

        void serve() throws IOException {
            channel.addShutdownListener(_ -> first(new Event.Lost()));
            channel.basicQos(settings.prefetch());
            consumerTag = channel.basicConsume(queue, false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                    Delivery delivery = Delivery.of(queue, envelope, properties, body);
                    later(new Event.Attempt(envelope.getDeliveryTag(), delivery, Optional.empty(), 0), Duration.ZERO);
                }

                @Override
                public void handleCancelOk(String tag) {
                    later(new Event.Cancelled(), Duration.ZERO);
                }

                /** The broker's doing, such as when somebody has deleted the queue. */
                @Override
                public void handleCancel(String tag) {
                    first(new Event.Lost());
                }
            });
            boolean more = true;
            while (more && !outOfTime) {
                more = react(next());
            }
        }

        /** Returns whether there is anything further to wait for. */
        private boolean react(Event event) throws IOException {
            return switch (event) {
                case Event.Attempt attempt -> {
                    failures = 0;
                    if (attempt.toPark().isPresent()) {
                        park(attempt, attempt.toPark().get());
                    } else {
                        handle(attempt);
                    }
                    yield true;
                }
                case Event.Stop _ -> {
                    channel.basicCancel(consumerTag);
                    yield true;
                }
                // Whatever arrived before has been handled once; what is left waits for another attempt.
                case Event.Cancelled _ -> false;
                case Event.Lost _ -> false;
            };
        }

        private void handle(Event.Attempt attempt) throws IOException {
            try {
                inbound.handle(attempt.delivery().attempt(attempt.failures() + 1));
            } catch (Poison e) {
                park(attempt, e);
                return;
            } catch (RuntimeException | Error e) {
                // Even an error must not end the thread: the message would stay with us, and nobody would handle it.
                RuntimeException failure = e instanceof RuntimeException r ? r : new IllegalStateException(e);
                Optional<Duration> pause = settings.redelivery().pauseAfter(attempt.failures() + 1, failure);
                if (pause.isPresent()) {
                    again(attempt, pause.get(), e);
                } else {
                    park(attempt, e);
                }
                return;
            }
            acknowledge(attempt);
        }

        private void park(Event.Attempt attempt, Throwable why) throws IOException {
            ParkedMessage message = inbound.parked(attempt.delivery(), why);
            LOG.error("Message {} ({}) is parked", message.id(), message.type(), why);
            park(attempt.toPark(message), message);
        }

        private void park(Event.Attempt attempt, ParkedMessage message) throws IOException {
            try {
                parking.park(message);
            } catch (RuntimeException | Error e) {
                // Wherever the fault is, the message is safe only with the broker until it is parked.
                TemporaryFailure failure = new TemporaryFailure("The message could not be parked", e);
                again(
                        attempt,
                        settings.redelivery()
                                .pauseAfter(attempt.failures() + 1, failure)
                                .orElseThrow(),
                        e);
                return;
            }
            acknowledge(attempt);
        }

        private void again(Event.Attempt attempt, Duration pause, Throwable why) {
            LOG.warn(
                    "{} failed at message {} ({}) and tries again in {}: {}",
                    name,
                    attempt.delivery().messageId().map(UUID::toString).orElse("without id"),
                    attempt.delivery().type(),
                    pause,
                    why.toString());
            later(attempt.afterFailure(), pause);
        }

        private void acknowledge(Event.Attempt attempt) throws IOException {
            channel.basicAck(attempt.tag(), false);
        }

        private Event next() {
            try {
                return events.take().event();
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody interrupts this thread", e);
            }
        }

        private void first(Event event) {
            events.add(new Timed(event, started, order.getAndIncrement()));
        }

        private void later(Event event, Duration pause) {
            events.add(new Timed(event, System.nanoTime() + pause.toNanos(), order.getAndIncrement()));
        }
    }

    /** @param order in which events of the same time are taken */
    private record Timed(Event event, long due, long order) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Timed that = (Timed) other;
            int byDue = Long.signum(due - that.due);
            return byDue != 0 ? byDue : Long.compare(order, that.order);
        }
    }
}
