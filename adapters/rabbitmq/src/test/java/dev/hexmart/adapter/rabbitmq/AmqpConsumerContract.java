package dev.hexmart.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.InMemoryRetryQueue;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.application.messaging.ParkingLot.ParkedMessage;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.messaging.RedeliveryPolicy;
import dev.hexmart.application.messaging.RetryMessages;
import dev.hexmart.application.messaging.UnprocessableMessage;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.messages.Destination;
import dev.hexmart.domain.messages.StockCommand;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.shared.OrderId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the consumer keeps with every kind of broker, whichever that is. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class AmqpConsumerContract {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration LEASE = Duration.ofHours(1);
    private static final RedeliveryPolicy QUICK =
            new RedeliveryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(50), LEASE);

    private final TestParkingLot parking = new TestParkingLot();
    private final InMemoryRetryQueue retries = new InMemoryRetryQueue();
    private final AtomicReference<Duration> skipped = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(skipped.get());
    private final List<AmqpConsumer<?>> consumers = new ArrayList<>();
    private final List<Retrying> retrying = new ArrayList<>();
    private Bus bus;

    abstract String url();

    @BeforeEach
    void connect() {
        bus = new Bus(url());
    }

    @AfterEach
    void disconnect() {
        if (bus != null) {
            retrying.forEach(Retrying::end);
            consumers.forEach(AmqpConsumer::close);
            bus.close();
        }
    }

    Bus bus() {
        return bus;
    }

    AmqpConsumer<StockCommand> consume(ConsumerSettings settings, MessageHandler<StockCommand> handler) {
        AmqpConsumer<StockCommand> consumer = consumer(settings, DeliveryScope.NONE, handler);
        consumer.start();
        retry(consumer, settings.redelivery());
        return consumer;
    }

    private void retry(AmqpConsumer<StockCommand> consumer, RedeliveryPolicy policy) {
        retrying.add(new Retrying(new RetryMessages(retries, parking, consumer::handleAgain, policy, clock)));
    }

    static ConsumerSettings channels(int channels) {
        return new ConsumerSettings(channels, 20, 1, QUICK, Bus.PATIENCE);
    }

    private AmqpConsumer<StockCommand> consumer(
            ConsumerSettings settings, DeliveryScope scope, MessageHandler<StockCommand> handler) {
        AmqpConsumer<StockCommand> consumer = new AmqpConsumer<>(
                bus.broker(), new Destination.Catalog(), handler, retries, parking, scope, settings, clock);
        consumers.add(consumer);
        return consumer;
    }

    /** Nothing is in the queue, nor with a consumer whose end would bring it back. */
    private void assertNothingIsLeft() {
        consumers.forEach(AmqpConsumer::close);
        assertThat(bus.isDrained(Bus.CATALOG)).isTrue();
    }

    @Test
    void aMessageReachesTheHandlerUnderTheSendersId() throws InterruptedException {
        BlockingQueue<Received<StockCommand>> handled = new LinkedBlockingQueue<>();
        consume(channels(4), handled::add);
        CommitStock message = new CommitStock(Bus.anOrder());
        OutboxMessage sent = Bus.outbox(message);
        bus.publisher().publish(List.of(sent));
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(new Received<>(sent.id(), message));
        assertNothingIsLeft();
        assertThat(handled).isEmpty();
    }

    @Test
    void messagePublishedBeforeTheFirstConsumerIsNotLost() throws InterruptedException {
        OutboxMessage sent = Bus.commitStock();
        assertThat(bus.publisher().publish(List.of(sent))).containsExactly(sent.id());
        BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
        consume(channels(1), received -> handled.add(received.id()));
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(sent.id());
    }

    @Test
    void messagesAreHandledInTheirOrderOnASingleChannel() {
        List<UUID> handled = Collections.synchronizedList(new ArrayList<>());
        consume(channels(1), received -> handled.add(received.id()));
        List<OutboxMessage> sent =
                IntStream.range(0, 200).mapToObj(_ -> Bus.commitStock()).toList();
        bus.publisher().publish(sent);
        await().atMost(Bus.PATIENCE).until(() -> handled.size() == 200);
        assertThat(handled)
                .containsExactlyElementsOf(sent.stream().map(OutboxMessage::id).toList());
    }

    @Test
    void asManyMessagesAreHandledAtATimeAsThereAreChannels() {
        AtomicInteger atATime = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        CountDownLatch go = new CountDownLatch(1);
        consume(new ConsumerSettings(3, 1, 1, QUICK, Bus.PATIENCE), _ -> {
            atATime.incrementAndGet();
            three.countDown();
            awaitLatch(go);
        });
        bus.publisher()
                .publish(IntStream.range(0, 6).mapToObj(_ -> Bus.commitStock()).toList());
        awaitLatch(three);
        assertThat(atATime).hasValue(3);
        go.countDown();
        await().atMost(Bus.PATIENCE).until(() -> atATime.get() == 6);
    }

    @Test
    void aDoubledMessageReachesTheHandlerAgainUnderTheSameId() throws InterruptedException {
        BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
        consume(channels(4), received -> handled.add(received.id()));
        OutboxMessage sent = Bus.commitStock();
        bus.publisher().publish(List.of(sent));
        bus.publisher().publish(List.of(sent));
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(sent.id());
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(sent.id());
    }

    @Test
    void aThousandMessagesAreAllHandled() {
        Set<UUID> handled = ConcurrentHashMap.newKeySet();
        consume(channels(4), received -> handled.add(received.id()));
        List<OutboxMessage> sent =
                IntStream.range(0, 1_000).mapToObj(_ -> Bus.commitStock()).toList();
        for (int from = 0; from < 1_000; from += 250) {
            assertThat(bus.publisher().publish(sent.subList(from, from + 250))).hasSize(250);
        }
        await().atMost(Bus.PATIENCE).until(() -> handled.size() == 1_000);
        assertNothingIsLeft();
    }

    @Test
    void aMessageIsNotAcknowledgedBeforeItsHandlerHasReturned() throws InterruptedException {
        BlockingQueue<UUID> begun = new LinkedBlockingQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        consume(channels(1), received -> {
            begun.add(received.id());
            awaitLatch(go);
        });
        OutboxMessage sent = Bus.commitStock();
        bus.publish(sent);
        assertThat(begun.poll(30, TimeUnit.SECONDS)).isEqualTo(sent.id());
        bus.proxy().cut();
        go.countDown();
        assertThat(begun.poll(30, TimeUnit.SECONDS)).isEqualTo(sent.id());
        assertNothingIsLeft();
        assertThat(begun).isEmpty();
    }

    @Test
    void failedMessageIsRetried() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
        consume(channels(1), received -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("Not yet");
            }
            handled.add(received.id());
        });
        OutboxMessage sent = Bus.commitStock();
        bus.publish(sent);
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(sent.id());
        assertNothingIsLeft();
        assertThat(attempts).hasValue(3);
        assertThat(parking.isEmpty()).isTrue();
    }

    @Test
    void aMessageThatFailsTooOftenIsParkedAsItWas() {
        AtomicInteger attempts = new AtomicInteger();
        consume(channels(1), _ -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("Never");
        });
        OutboxMessage plain = Bus.commitStock();
        OutboxMessage sent =
                new OutboxMessage(plain.id(), plain.order(), plain.type(), plain.body(), Map.of("traceparent", "00-1"));
        bus.publisher().publish(List.of(sent));
        await().atMost(Bus.PATIENCE).until(() -> !parking.isEmpty());
        assertThat(parking.only())
                .isEqualTo(new ParkedMessage(
                        sent.id(),
                        sent.type(),
                        sent.body(),
                        sent.headers(),
                        "java.lang.IllegalStateException: Never",
                        parking.only().at()));
        assertNothingIsLeft();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void anErrorIsAFailureLikeAnyOtherAndEndsNoThread() throws InterruptedException {
        BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
        OutboxMessage bad = Bus.commitStock();
        consume(channels(1), received -> {
            if (received.id().equals(bad.id())) {
                throw new StackOverflowError("too deep");
            }
            handled.add(received.id());
        });
        OutboxMessage good = Bus.commitStock();
        bus.publish(bad);
        bus.publish(good);
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(good.id());
        await().atMost(Bus.PATIENCE).until(() -> !parking.isEmpty());
        assertThat(parking.only().id()).isEqualTo(bad.id());
    }

    @Test
    void temporaryFailureIsRetriedWithoutALimit() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
        consume(channels(1), received -> {
            if (attempts.incrementAndGet() < 10) {
                throw new TemporaryFailure("The database is away");
            }
            handled.add(received.id());
        });
        OutboxMessage sent = Bus.commitStock();
        bus.publish(sent);
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(sent.id());
        assertThat(parking.isEmpty()).isTrue();
    }

    @Test
    void floodOfMessagesThatWaitForTheirNextAttemptHoldsUpNoOther() throws InterruptedException {
        RedeliveryPolicy slow = new RedeliveryPolicy(3, Duration.ofHours(1), Duration.ofHours(1), LEASE);
        BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
        List<OutboxMessage> bad =
                IntStream.range(0, 120).mapToObj(_ -> Bus.releaseStock()).toList();
        consume(new ConsumerSettings(4, 20, 1, slow, Bus.PATIENCE), received -> {
            if (received.message() instanceof ReleaseStock) {
                throw new IllegalStateException("In an hour, perhaps");
            }
            handled.add(received.id());
        });
        bus.publisher().publish(bad);
        OutboxMessage good = Bus.commitStock();
        bus.publish(good);
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(good.id());
        await().atMost(Bus.PATIENCE).until(() -> retries.size() == bad.size());
        assertNothingIsLeft();
        assertThat(parking.isEmpty()).isTrue();
    }

    @Test
    void floodOfUnprocessableMessagesIsParkedAtOnceAndHoldsUpNoOther() throws InterruptedException {
        BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
        AtomicInteger attempts = new AtomicInteger();
        List<OutboxMessage> bad =
                IntStream.range(0, 120).mapToObj(_ -> Bus.releaseStock()).toList();
        consume(channels(4), received -> {
            if (received.message() instanceof ReleaseStock) {
                attempts.incrementAndGet();
                throw new UnprocessableMessage("There is no such order");
            }
            handled.add(received.id());
        });
        bus.publisher().publish(bad);
        OutboxMessage good = Bus.commitStock();
        bus.publish(good);
        assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(good.id());
        await().atMost(Bus.PATIENCE).until(() -> parking.list(1_000).size() == bad.size());
        assertThat(parking.list(1).getFirst().reason()).isEqualTo("There is no such order");
        assertThat(attempts).hasValue(bad.size());
        assertNothingIsLeft();
        assertThat(retries.size()).isZero();
    }

    @Test
    void whileNothingCanBeStoredMessagesStayAtTheBrokerUncounted() {
        Set<UUID> handled = ConcurrentHashMap.newKeySet();
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean away = new AtomicBoolean(true);
        retries.breakDown();
        consume(channels(4), received -> {
            attempts.incrementAndGet();
            if (away.get()) {
                throw new TemporaryFailure("The database is away");
            }
            handled.add(received.id());
        });
        List<OutboxMessage> sent =
                IntStream.range(0, 100).mapToObj(_ -> Bus.commitStock()).toList();
        bus.publisher().publish(sent);
        await().atMost(Bus.PATIENCE).until(() -> retries.refusals() > 8);
        assertThat(attempts).hasValue(0);
        long left = bus.onChannel(channel -> channel.messageCount(Bus.CATALOG));
        assertThat(left).isEqualTo(100);
        // It can be written again, but the work fails: what was taken waits, and goes through when that is over.
        retries.mend();
        await().atMost(Bus.PATIENCE).until(() -> attempts.get() > 100);
        retries.breakDown();
        int refusals = retries.refusals();
        await().atMost(Bus.PATIENCE).until(() -> retries.refusals() > refusals + 8);
        away.set(false);
        retries.mend();
        await().atMost(Bus.PATIENCE).until(() -> handled.size() == 100);
        assertThat(parking.isEmpty()).isTrue();
        assertNothingIsLeft();
        assertThat(bus.takeAll("hexmart.dead")).isEmpty();
    }

    @Test
    void crashLoopOf25StartsLosesNoMessageToTheDeadLetterQueue() {
        List<OutboxMessage> sent =
                IntStream.range(0, 100).mapToObj(_ -> Bus.commitStock()).toList();
        bus.publisher().publish(sent);
        for (int start = 1; start <= 25; start++) {
            CountDownLatch begun = new CountDownLatch(1);
            crash(begun, _ -> hang(begun));
        }
        assertThat(bus.takeAll("hexmart.dead")).isEmpty();
        skipped.set(LEASE);
        Set<UUID> handled = ConcurrentHashMap.newKeySet();
        consume(channels(4), received -> handled.add(received.id()));
        await().atMost(Bus.PATIENCE).until(() -> handled.size() == 100);
        await().atMost(Bus.PATIENCE).until(() -> retries.size() == 0);
        assertThat(parking.isEmpty()).isTrue();
        assertNothingIsLeft();
        assertThat(bus.takeAll("hexmart.dead")).isEmpty();
    }

    @Test
    void onlyTheMessageThatCrashesTheProcessIsParked() {
        OutboxMessage bad = Bus.releaseStock();
        List<OutboxMessage> good =
                IntStream.range(0, 50).mapToObj(_ -> Bus.commitStock()).toList();
        bus.publish(bad);
        bus.publisher().publish(good);
        Set<UUID> handled = ConcurrentHashMap.newKeySet();
        int starts = 0;
        while (parking.isEmpty() && starts < 25) {
            starts++;
            CountDownLatch begun = new CountDownLatch(1);
            crash(begun, received -> {
                if (received.message() instanceof ReleaseStock) {
                    hang(begun);
                }
                handled.add(received.id());
            });
            skipped.updateAndGet(LEASE::plus);
        }
        // Once as it came, and then three times by itself.
        assertThat(starts).isLessThanOrEqualTo(5);
        assertThat(parking.only().id()).isEqualTo(bad.id());
        assertThat(parking.only().reason()).contains("begun 3 times");
        consume(channels(4), received -> handled.add(received.id()));
        await().atMost(Bus.PATIENCE).until(() -> handled.size() == 50);
        assertThat(bus.takeAll("hexmart.dead")).isEmpty();
    }

    /** A process that starts, receives, and ends in the middle of its work. */
    private void crash(CountDownLatch begun, MessageHandler<StockCommand> handler) {
        Broker broker = Broker.connect(BrokerSettings.parse(url(), "crashing"));
        ConsumerSettings settings = new ConsumerSettings(4, 20, 1, QUICK, Duration.ZERO);
        AmqpConsumer<StockCommand> consumer = new AmqpConsumer<>(
                broker, new Destination.Catalog(), handler, retries, parking, DeliveryScope.NONE, settings, clock);
        consumer.start();
        Retrying worker = new Retrying(new RetryMessages(retries, parking, consumer::handleAgain, QUICK, clock));
        await().atMost(Bus.PATIENCE).until(() -> begun.getCount() == 0 || !parking.isEmpty());
        worker.end();
        broker.close();
        consumer.close();
    }

    /** What a process does that ends here: nothing further. */
    private static void hang(CountDownLatch begun) {
        begun.countDown();
        awaitLatch(new CountDownLatch(1));
    }

    @Test
    void unreadableMessageIsParkedAtOnceWithItsHeaders() {
        AtomicInteger handled = new AtomicInteger();
        consume(channels(1), _ -> handled.incrementAndGet());
        UUID id = UUID.randomUUID();
        String type = Bus.commitStock().type();
        byte[] body = "{ \0 \u00ff".getBytes(StandardCharsets.ISO_8859_1);
        bus.publish(
                type,
                new BasicProperties.Builder()
                        .messageId(id.toString())
                        .headers(Map.of("traceparent", "00-1", "attempt", 7))
                        .build(),
                body);
        await().atMost(Bus.PATIENCE).until(() -> !parking.isEmpty());
        ParkedMessage parked = parking.only();
        assertThat(parked.id()).isEqualTo(id);
        assertThat(parked.type()).isEqualTo(type);
        assertThat(parked.body()).isEqualTo("{ \uFFFD \uFFFD");
        assertThat(parked.headers()).containsEntry("traceparent", "00-1").containsEntry("attempt", "7");
        assertThat(parked.at()).isBeforeOrEqualTo(Instant.now());
        assertNothingIsLeft();
        assertThat(handled).hasValue(0);
    }

    @Test
    void ofAnEndlessBodyOnlyTheBeginningIsParked() {
        consume(channels(1), _ -> {});
        bus.publish(
                Bus.commitStock().type(),
                new BasicProperties(),
                "x".repeat(300 * 1024).getBytes(StandardCharsets.UTF_8));
        await().atMost(Bus.PATIENCE).until(() -> !parking.isEmpty());
        assertThat(parking.only().body()).hasSize(256 * 1024);
    }

    @Test
    void anUnknownTypeIsParkedAtOnce() {
        consume(channels(1), _ -> {});
        OutboxMessage message = Bus.commitStock();
        bus.publish(
                message.type(),
                new BasicProperties(),
                message.body()
                        .replace(message.type(), "dev.hexmart.unheard-of.v1")
                        .getBytes(StandardCharsets.UTF_8));
        await().atMost(Bus.PATIENCE).until(() -> !parking.isEmpty());
        assertThat(parking.only().reason()).contains("dev.hexmart.unheard-of.v1");
        assertNothingIsLeft();
    }

    @Test
    void aMessageForAnotherContextIsParkedAtOnceUnderTheSendersId() {
        consume(channels(1), _ -> {});
        OutboxMessage message = Bus.outbox(new StockReserved(Bus.anOrder()));
        bus.publish(
                Bus.commitStock().type(), new BasicProperties(), message.body().getBytes(StandardCharsets.UTF_8));
        await().atMost(Bus.PATIENCE).until(() -> !parking.isEmpty());
        assertThat(parking.only().id()).isEqualTo(message.id());
        assertThat(parking.only().reason()).contains("dev.hexmart.stock.reserved.v1", "hexmart.catalog");
        assertNothingIsLeft();
    }

    @Test
    void messageIsKeptWhileParkingFails() {
        parking.setDown(true);
        consume(channels(1), _ -> {});
        bus.publish(Bus.commitStock().type(), new BasicProperties(), new byte[] {'?'});
        await().atMost(Bus.PATIENCE).until(() -> parking.refusals() > 5);
        parking.setDown(false);
        await().atMost(Bus.PATIENCE).until(() -> !parking.isEmpty());
        assertThat(parking.only().body()).isEqualTo("?");
        assertNothingIsLeft();
    }

    @Test
    void unparkedMessageStaysAtTheBrokerAfterTheClose() {
        parking.setDown(true);
        AmqpConsumer<StockCommand> consumer = consume(channels(1), _ -> {});
        bus.publish(Bus.commitStock().type(), new BasicProperties(), new byte[] {'?'});
        await().atMost(Bus.PATIENCE).until(() -> parking.refusals() > 2);
        consumer.close();
        assertThat(bus.take(Bus.CATALOG).getBody()).containsExactly('?');
    }

    @Test
    void closingFinishesWhatIsInHandAndTakesNothingNew() {
        List<UUID> handled = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AmqpConsumer<StockCommand> consumer = consume(channels(1), received -> {
            begun.countDown();
            awaitLatch(go);
            handled.add(received.id());
        });
        List<OutboxMessage> sent =
                IntStream.range(0, 10).mapToObj(_ -> Bus.commitStock()).toList();
        bus.publisher().publish(sent);
        awaitLatch(begun);
        await().atMost(Bus.PATIENCE).until(() -> bus.isDrained(Bus.CATALOG));
        Thread closing = Thread.ofVirtual().start(consumer::close);
        await().atMost(Bus.PATIENCE).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(handled).isEmpty();
        go.countDown();
        await().atMost(Bus.PATIENCE).until(() -> !closing.isAlive());
        assertThat(handled)
                .containsExactlyInAnyOrderElementsOf(
                        sent.stream().map(OutboxMessage::id).toList());
        OutboxMessage late = Bus.commitStock();
        bus.publish(late);
        assertThat(bus.take(Bus.CATALOG).getProps().getMessageId())
                .isEqualTo(late.id().toString());
    }

    @Test
    void closingDoesNotWaitLongerThanItMayForAHandlerThatHangs() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        ConsumerSettings impatient = new ConsumerSettings(1, 20, 1, QUICK, Duration.ofMillis(100));
        AmqpConsumer<StockCommand> hanging = consumer(impatient, DeliveryScope.NONE, _ -> {
            begun.countDown();
            awaitLatch(never);
        });
        hanging.start();
        OutboxMessage first = Bus.commitStock();
        OutboxMessage second = Bus.commitStock();
        bus.publish(first);
        bus.publish(second);
        awaitLatch(begun);
        hanging.close();
        assertThat(never.getCount()).isOne();
        bus.proxy().cut(); // as the end of the process would
        BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
        consume(channels(1), received -> handled.add(received.id()));
        assertThat(List.of(handled.poll(30, TimeUnit.SECONDS), handled.poll(30, TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder(first.id(), second.id());
        never.countDown();
    }

    @Test
    void aConsumerThatIsNeverStartedIsClosedAtOnce() {
        consumer(channels(2), DeliveryScope.NONE, _ -> {}).close();
        OutboxMessage message = Bus.commitStock();
        bus.publish(message);
        assertThat(bus.take(Bus.CATALOG).getProps().getMessageId())
                .isEqualTo(message.id().toString());
    }

    @Test
    void consumingGoesOnWhenTheBrokerIsBack() {
        Set<UUID> handled = ConcurrentHashMap.newKeySet();
        consume(channels(4), received -> handled.add(received.id()));
        OutboxMessage before = Bus.commitStock();
        bus.publish(before);
        await().atMost(Bus.PATIENCE).until(() -> handled.contains(before.id()));
        bus.proxy().refuseConnections();
        await().atMost(Bus.PATIENCE).until(() -> !bus.broker().isHealthy());
        OutboxMessage meanwhile = Bus.commitStock();
        bus.publish(meanwhile);
        bus.proxy().acceptConnections();
        await().atMost(Bus.PATIENCE).until(() -> handled.contains(meanwhile.id()));
        await().atMost(Bus.PATIENCE).until(bus.broker()::isHealthy);
        OutboxMessage after = Bus.commitStock();
        bus.publisher().publish(List.of(after));
        await().atMost(Bus.PATIENCE).until(() -> handled.contains(after.id()));
    }

    @Test
    void messagesAtHandAreHandledTogetherAndAllAcknowledged() {
        List<OutboxMessage> messages =
                IntStream.range(0, 50).mapToObj(_ -> Bus.commitStock()).toList();
        bus.publisher().publish(messages);
        Together handler = new Together(Set.of());
        consume(new ConsumerSettings(1, 20, 10, QUICK, Bus.PATIENCE), handler);
        await().atMost(Bus.PATIENCE).until(() -> handler.handled.size() == 50);
        assertThat(handler.handled).containsExactlyInAnyOrderElementsOf(ids(messages));
        assertThat(handler.sizes).anyMatch(size -> size > 1).allMatch(size -> size <= 10);
        assertNothingIsLeft();
    }

    @Test
    void unprocessableMessageOfABatchIsParkedAndTheOthersAreHandled() {
        List<OutboxMessage> messages =
                IntStream.range(0, 20).mapToObj(_ -> Bus.commitStock()).toList();
        UUID bad = messages.get(7).id();
        bus.publisher().publish(messages);
        Together handler = new Together(Set.of(bad));
        consume(new ConsumerSettings(1, 20, 10, QUICK, Bus.PATIENCE), handler);
        await().atMost(Bus.PATIENCE).until(() -> handler.handled.size() == 19 && !parking.isEmpty());
        assertThat(handler.handled).doesNotContain(bad).doesNotHaveDuplicates();
        assertThat(parking.find(bad)).isPresent();
        assertNothingIsLeft();
    }

    @Test
    void messagesAboutOneOrderAreHandledOneAfterTheOtherInTheirOrder() {
        OrderId order = new OrderId(UUID.randomUUID());
        List<OutboxMessage> messages = IntStream.range(0, 20)
                .mapToObj(i -> i % 2 == 0 ? Bus.outbox(new CommitStock(order)) : Bus.commitStock())
                .toList();
        bus.publisher().publish(messages);
        Together handler = new Together(Set.of());
        consume(new ConsumerSettings(1, 20, 20, QUICK, Bus.PATIENCE), handler);
        await().atMost(Bus.PATIENCE).until(() -> handler.handled.size() == 20);
        List<UUID> aboutIt = ids(messages.stream()
                .filter(message -> message.order().equals(order))
                .toList());
        assertThat(handler.handled.stream().filter(aboutIt::contains)).containsExactlyElementsOf(aboutIt);
        assertNothingIsLeft();
    }

    private static List<UUID> ids(List<OutboxMessage> messages) {
        return messages.stream().map(OutboxMessage::id).toList();
    }

    /** Handles all or none of several messages, as one transaction does. */
    private static final class Together implements MessageHandler<StockCommand> {

        private final Set<UUID> bad;
        private final List<UUID> handled = new CopyOnWriteArrayList<>();
        private final List<Integer> sizes = new CopyOnWriteArrayList<>();

        Together(Set<UUID> bad) {
            this.bad = bad;
        }

        @Override
        public void handle(Received<StockCommand> received) {
            handleTogether(Batch.of(received));
        }

        @Override
        public void handleTogether(Batch<StockCommand> batch) {
            if (batch.ids().stream().anyMatch(bad::contains)) {
                throw new UnprocessableMessage("deliberate");
            }
            sizes.add(batch.ids().size());
            handled.addAll(batch.ids());
        }
    }

    @Test
    void aScopeIsAroundEachAttemptAndKnowsTheHeaders() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        AtomicInteger attempts = new AtomicInteger();
        DeliveryScope scope = (deliveries, handling) -> {
            Delivery delivery = deliveries.getFirst();
            seen.add("%s %s %s attempt %d"
                    .formatted(
                            delivery.queue(),
                            delivery.type(),
                            delivery.headers().get("traceparent"),
                            delivery.attempt()));
            try {
                handling.accept((_, work) -> work.run());
                seen.add("done");
            } catch (RuntimeException e) {
                seen.add(String.valueOf(e.getMessage()));
                throw e;
            }
        };
        AmqpConsumer<StockCommand> consumer = consumer(channels(1), scope, _ -> {
            seen.add("handled");
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("Not yet");
            }
        });
        consumer.start();
        retry(consumer, QUICK);
        OutboxMessage plain = Bus.commitStock();
        bus.publisher()
                .publish(List.of(new OutboxMessage(
                        plain.id(), plain.order(), plain.type(), plain.body(), Map.of("traceparent", "00-1"))));
        String opening = "hexmart.catalog %s 00-1 attempt ".formatted(plain.type());
        for (String expected : List.of(opening + "1", "handled", "Not yet", opening + "2", "handled", "done")) {
            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(expected);
        }
    }

    @Test
    void queuedMessagesAreCounted() {
        AmqpConsumer<StockCommand> consumer = consumer(channels(1), DeliveryScope.NONE, _ -> {});
        bus.publisher().publish(List.of(Bus.commitStock(), Bus.commitStock()));
        await().atMost(Bus.PATIENCE).until(() -> consumer.waiting() == 2);
        consumer.start();
        await().atMost(Bus.PATIENCE).until(() -> consumer.waiting() == 0);
    }

    @Test
    void aParkedMessageCanBeHandledAgain() {
        List<Received<StockCommand>> handled = new ArrayList<>();
        AmqpConsumer<StockCommand> consumer = consumer(channels(1), DeliveryScope.NONE, handled::add);
        CommitStock message = new CommitStock(Bus.anOrder());
        UUID id = UUID.randomUUID();
        String body = MessageCodec.encode(id, message, NOON, Map.of());
        consumer.handleAgain(new ParkedMessage(id, MessageCodec.type(message), body, Map.of(), "why", NOON));
        assertThat(handled).containsExactly(new Received<>(id, message));
    }

    @Test
    void handlingAParkedMessageAgainThrowsWhatGoesWrong() {
        IllegalStateException failure = new IllegalStateException("Never");
        AmqpConsumer<StockCommand> consumer = consumer(channels(1), DeliveryScope.NONE, _ -> {
            throw failure;
        });
        OutboxMessage message = Bus.commitStock();
        assertThatThrownBy(() -> consumer.handleAgain(
                        new ParkedMessage(message.id(), message.type(), message.body(), Map.of(), "why", NOON)))
                .isSameAs(failure);
        assertThatThrownBy(() -> consumer.handleAgain(
                        new ParkedMessage(message.id(), message.type(), "?", Map.of(), "why", NOON)))
                .isInstanceOf(RuntimeException.class)
                .isNotSameAs(failure);
        assertThat(parking.isEmpty()).isTrue();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(100, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Retries what waits, until its end. */
    private static final class Retrying {

        private volatile boolean ended;

        Retrying(RetryMessages retries) {
            Thread.ofPlatform().daemon().name("retries").start(() -> {
                while (!ended) {
                    try {
                        while (!ended && retries.retryNext()) {
                            // until nothing is due
                        }
                    } catch (TemporaryFailure _) {
                        // as the worker of a service
                    }
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                }
            });
        }

        void end() {
            ended = true;
        }
    }
}
