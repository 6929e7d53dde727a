package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.ParkingLot;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.RetryQueue;
import dev.hexmart.application.messaging.RetryQueue.WaitingMessage;
import dev.hexmart.application.messaging.UnprocessableMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A thread that handles and acknowledges what is delivered, several at a time where they are at hand, on a channel of its own that it opens again
 * whenever it is lost.
 *
 * <p>No delivery stays here for another attempt: what failed, and what the broker delivers again, is stored in the retry queue
 * and acknowledged. While nothing can be stored, the consumer channel waits, and takes no further deliveries.
 *
 * <p>A platform thread that is never interrupted, because an interrupted virtual thread that is acknowledging would take the
 * connection down with it.
 */
final class ConsumerChannel {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerChannel.class);

    private final String name;
    private final String queue;
    private final Broker broker;
    private final Inbound<?> inbound;
    private final RetryQueue retries;
    private final ParkingLot parking;
    private final ConsumerSettings settings;
    private final InstantSource clock;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Optional<Session> session = Optional.empty();
    private volatile boolean outOfTime;

    /** In a row, to get as far as a delivery; confined to the thread. */
    private int failures;

    ConsumerChannel(
            String name,
            String queue,
            Broker broker,
            Inbound<?> inbound,
            RetryQueue retries,
            ParkingLot parking,
            ConsumerSettings settings,
            InstantSource clock) {
        this.name = name;
        this.queue = queue;
        this.broker = broker;
        this.inbound = inbound;
        this.retries = retries;
        this.parking = parking;
        this.settings = settings;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping.countDown();
        session.ifPresent(Session::stop);
    }

    /** After {@link #stop}; when the time is over, it ends with the message that it is handling. */
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
                        .log("{} receives nothing: {}", name, e.toString());
            }
            pause();
        }
    }

    /** Opens a channel and returns when it is lost, or everything in hand is handled after {@link #stop}. */
    private void serve() throws IOException {
        // Nothing is asked of the broker that could not be stored: what it had delivered when a connection ends, it
        // counts.
        retries.check();
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
            throw new IllegalStateException("This thread is never interrupted", e);
        }
    }

    /** The events of a consumer channel. */
    private sealed interface Event {

        record Delivered(long tag, Delivery delivery) implements Event {}

        /** No further deliveries are wanted. */
        record Stop() implements Event {}

        /** The broker has sent the last delivery to this consumer. */
        record Cancelled(String consumer) implements Event {}

        /** The channel, or the broker's promise to deliver on it, is gone. */
        record Lost() implements Event {}
    }

    /** The life of one channel, on a thread of its own; the library's threads only add events. */
    private final class Session {

        private final Channel channel;
        private final BlockingDeque<Event> events = new LinkedBlockingDeque<>();

        /** Counted down when there is no sense any more in waiting until something can be stored. */
        private final CountDownLatch ending = new CountDownLatch(1);

        private String consumer = "";

        /**
         * Whether one delivery at a time is asked for, as until the first that the broker delivers for the first time: as long
         * as they come again, one of them may be what has ended the process before, and the broker will count that against all
         * that it has delivered.
         */
        private boolean cautious = true;

        Session(Channel channel) {
            this.channel = channel;
        }

        void stop() {
            end(new Event.Stop());
        }

        void serve() throws IOException {
            channel.addShutdownListener(_ -> end(new Event.Lost()));
            consume(1);
            boolean more = true;
            while (more && !outOfTime) {
                more = react(next());
            }
        }

        private void consume(int prefetch) throws IOException {
            channel.basicQos(prefetch);
            consumer = channel.basicConsume(queue, false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                    Delivery delivery = Delivery.of(queue, envelope, properties, body);
                    events.addLast(new Event.Delivered(envelope.getDeliveryTag(), delivery));
                }

                @Override
                public void handleCancelOk(String tag) {
                    events.addLast(new Event.Cancelled(tag));
                }

                /** By the broker, such as after a deletion of the queue. */
                @Override
                public void handleCancel(String tag) {
                    end(new Event.Lost());
                }
            });
        }

        /** Returns whether there is anything further to wait for. */
        private boolean react(Event event) throws IOException {
            return switch (event) {
                case Event.Delivered delivered -> {
                    failures = 0;
                    yield receive(delivered);
                }
                case Event.Stop _ -> {
                    channel.basicCancel(consumer);
                    yield true;
                }
                // Everything that arrived before has been handled.
                case Event.Cancelled(String tag) -> !tag.equals(consumer);
                case Event.Lost _ -> false;
            };
        }

        private boolean receive(Event.Delivered delivered) throws IOException {
            if (cautious && !delivered.delivery().redelivered() && !isStopping()) {
                cautious = false;
                channel.basicCancel(consumer);
                consume(settings.prefetch());
            }
            List<Event.Delivered> atHand = atHand(delivered);
            if (atHand.size() > 1 && handleTogether(atHand)) {
                channel.basicAck(atHand.getLast().tag(), true);
                return true;
            }
            for (Event.Delivered one : atHand) {
                if (!settle(one.delivery())) {
                    return false;
                }
                channel.basicAck(one.tag(), false);
            }
            return true;
        }

        /** The delivery and those that have come after it; one that the broker delivers again is by itself. */
        private List<Event.Delivered> atHand(Event.Delivered first) {
            List<Event.Delivered> atHand = new ArrayList<>(List.of(first));
            while (!first.delivery().redelivered() && atHand.size() < settings.together()) {
                Optional<Event> next = Optional.ofNullable(events.pollFirst());
                if (next.isPresent()
                        && next.get() instanceof Event.Delivered another
                        && !another.delivery().redelivered()) {
                    atHand.add(another);
                } else {
                    next.ifPresent(events::addFirst);
                    break;
                }
            }
            return atHand;
        }

        /** Returns whether all of them have had their effect; if not, each is to be settled by itself. */
        private boolean handleTogether(List<Event.Delivered> atHand) {
            try {
                inbound.handle(atHand.stream().map(Event.Delivered::delivery).toList());
                return true;
            } catch (RuntimeException | Error e) {
                LOG.debug("{} handles {} messages one by one: {}", name, atHand.size(), e.toString());
                return false;
            }
        }

        /** Handles or stores the delivery; returns whether it may be acknowledged. */
        private boolean settle(Delivery delivery) {
            try {
                // It may be what has ended the process: it is tried by itself, after the attempt has been counted.
                return delivery.redelivered() ? storeForRetry(delivery) : handle(delivery);
            } catch (UnprocessableMessage e) {
                return park(delivery, e);
            }
        }

        private boolean handle(Delivery delivery) {
            try {
                inbound.handle(delivery);
                return true;
            } catch (UnprocessableMessage e) {
                throw e;
            } catch (RuntimeException | Error e) {
                // Even an error must not end the thread: the message would stay unacknowledged and unhandled.
                return retryLater(delivery, e);
            }
        }

        private boolean storeForRetry(Delivery delivery) {
            WaitingMessage waiting = inbound.waiting(delivery, 0, 0, "");
            return store(delivery, () -> retries.add(waiting, clock.instant()));
        }

        private boolean retryLater(Delivery delivery, Throwable why) {
            int outages = why instanceof TemporaryFailure ? 1 : 0;
            WaitingMessage waiting = inbound.waiting(delivery, 1, outages, why.toString());
            Duration pause = settings.redelivery().pauseAfter(1);
            Instant due = clock.instant().plus(pause);
            LOG.warn(
                    "{} failed at message {} ({}), which is tried again in {}: {}",
                    name,
                    waiting.id(),
                    waiting.type(),
                    pause,
                    why.toString());
            return store(delivery, () -> retries.add(waiting, due));
        }

        private boolean park(Delivery delivery, UnprocessableMessage why) {
            ParkedMessage message = inbound.parked(delivery, why);
            LOG.error("Message {} ({}) is parked: {}", message.id(), message.type(), why.getMessage());
            return store(delivery, () -> parking.park(message));
        }

        /**
         * Tries for as long as it takes, since the message is safe only with the broker until then: to give it back would
         * count against it there. Returns false where the session ends before.
         */
        private boolean store(Delivery delivery, Runnable storing) {
            for (int attempt = 1; ; attempt++) {
                try {
                    storing.run();
                    return true;
                } catch (RuntimeException | Error e) {
                    Duration pause = settings.redelivery().pauseAfter(attempt);
                    LOG.warn(
                            "{} cannot store a message ({}), receives no others and tries again in {}: {}",
                            name,
                            delivery.type(),
                            pause,
                            e.toString());
                    if (endsWithin(pause)) {
                        return false;
                    }
                }
            }
        }

        private boolean endsWithin(Duration pause) {
            try {
                return ending.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException("This thread is never interrupted", e);
            }
        }

        private Event next() {
            try {
                return events.takeFirst();
            } catch (InterruptedException e) {
                throw new IllegalStateException("This thread is never interrupted", e);
            }
        }

        private void end(Event event) {
            events.addFirst(event);
            ending.countDown();
        }
    }
}
