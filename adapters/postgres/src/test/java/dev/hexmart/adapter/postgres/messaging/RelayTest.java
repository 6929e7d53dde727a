package dev.hexmart.adapter.postgres.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.adapter.json.message.MessageCodec;
import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.adapter.postgres.payment.PostgresPaymentStore;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.messaging.OutboxMessage;
import dev.hexmart.application.messaging.OutboxRelay;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Held;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.shared.OrderId;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The relay on a real outbox, with a broker that takes everything and remembers it. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayTest {

    private static final int ORDERS = 40;
    private static final int MESSAGES = 5;

    private final Map<String, String> trace = Map.of(
            "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate", "x".repeat(2000));
    private final Transactor<PaymentStore> transactor = PostgresPaymentStore.transactor(
            TestServer.database("payment"), TestServer.metadata("0af7651916cd43dd8448eb211c80319c", trace));
    private final Broker broker = new Broker();

    @BeforeEach
    void sendWhatOthersHaveLeft() {
        relayAll(new Broker());
    }

    @Test
    void messageArrivesUnchangedWithItsTrace() {
        PaymentDeclined declined = new PaymentDeclined(Purchases.newOrder(), 1, "Das Konto ist leer – “nothing” left");
        append(declined);
        relayAll(broker);
        OutboxMessage message = broker.arrived().getFirst();
        Received<Message> received = MessageCodec.decode(message.body());
        assertThat(received).isEqualTo(new Received<>(message.id(), declined));
        assertThat(message.type()).isEqualTo(MessageCodec.type(declined));
        assertThat(message.headers()).isEqualTo(trace);
    }

    @Test
    void severalRelaysSendEverythingOnceAndInOrder() {
        List<OrderId> orders =
                IntStream.range(0, ORDERS).mapToObj(_ -> Purchases.newOrder()).toList();
        AtomicBoolean appended = new AtomicBoolean();
        AtOnce.times(4, i -> () -> i == 0 ? appendAll(orders, appended) : relayUntil(appended));
        relayAll(broker);
        for (OrderId order : orders) {
            assertThat(broker.reasons(order)).containsExactly("0", "1", "2", "3", "4");
        }
        assertThat(broker.arrived()).extracting(OutboxMessage::id).doesNotHaveDuplicates();
    }

    @Test
    void lateCommitWithALowerNumberIsSent() {
        OrderId late = Purchases.newOrder();
        OrderId early = Purchases.newOrder();
        try (Held _ = Held.open(pause -> transactor.inTransaction(store -> {
            store.outbox().append(new PaymentCaptured(late));
            // What is appended is written before the transaction's next statement.
            store.inbox().record(Set.of(UUID.randomUUID()));
            pause.run();
            return late;
        }))) {
            append(new PaymentCaptured(early));
            relayAll(broker);
            assertThat(broker.arrived()).extracting(OutboxMessage::order).containsExactly(early);
        }
        relayAll(broker);
        assertThat(broker.arrived()).extracting(OutboxMessage::order).containsExactly(early, late);
        assertThat(TestServer.ask(
                        "SELECT (SELECT seq FROM payment.outbox WHERE order_id = '" + late
                                + "') < (SELECT seq FROM payment.outbox WHERE order_id = '" + early + "')",
                        Boolean.class))
                .as("the test did what it says")
                .isTrue();
    }

    @Test
    void sentMessageStaysMarked() {
        OrderId order = Purchases.newOrder();
        append(new PaymentCaptured(order));
        relayAll(broker);
        assertThat(TestServer.ask(
                        "SELECT sent_at IS NOT NULL FROM payment.outbox WHERE order_id = '" + order + "'",
                        Boolean.class))
                .isTrue();
    }

    @Test
    void messagesOfADeadRelayAreSentByAnotherAfterTheLease() {
        append(new PaymentCaptured(Purchases.newOrder()));
        Broker killer = new Broker() {
            @Override
            public Set<UUID> publish(List<OutboxMessage> messages) {
                super.publish(messages);
                throw new Death();
            }
        };
        assertThatThrownBy(relay(killer)::relayBatch).isInstanceOf(Death.class);
        relayAll(broker);
        assertThat(broker.arrived()).as("sent within the lease").isEmpty();
        relay(broker, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1))).relayAll();
        assertThat(broker.arrived()).extracting(OutboxMessage::id).isEqualTo(ids(killer));
    }

    private int appendAll(List<OrderId> orders, AtomicBoolean done) {
        try {
            for (int message = 0; message < MESSAGES; message++) {
                for (OrderId order : orders) {
                    append(new PaymentDeclined(order, 1, String.valueOf(message)));
                }
            }
            return orders.size();
        } finally {
            done.set(true);
        }
    }

    private int relayUntil(AtomicBoolean done) {
        int sent = 0;
        while (!done.get()) {
            sent += relay(broker).relayBatch();
        }
        return sent;
    }

    private void append(Message message) {
        transactor.inTransaction(store -> {
            store.outbox().append(message);
            return message;
        });
    }

    private static void relayAll(MessagePublisher publisher) {
        assertThat(Stream.generate(relay(publisher)::relayBatch).anyMatch(sent -> sent == 0))
                .isTrue();
    }

    private static OutboxRelay relay(MessagePublisher publisher) {
        return relay(publisher, Clock.systemUTC());
    }

    private static OutboxRelay relay(MessagePublisher publisher, InstantSource clock) {
        return new OutboxRelay(PostgresOutboxQueue.transactor(TestServer.database("payment")), publisher, clock);
    }

    private static List<UUID> ids(Broker of) {
        return of.arrived().stream().map(OutboxMessage::id).toList();
    }

    /** No failure that the relay could react to. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static class Broker implements MessagePublisher {

        private final List<OutboxMessage> arrived = new ArrayList<>();

        @Override
        public Set<UUID> publish(List<OutboxMessage> messages) {
            synchronized (arrived) {
                arrived.addAll(messages);
            }
            Set<UUID> confirmed = new HashSet<>();
            messages.forEach(message -> confirmed.add(message.id()));
            return confirmed;
        }

        List<OutboxMessage> arrived() {
            synchronized (arrived) {
                return List.copyOf(arrived);
            }
        }

        List<String> reasons(OrderId order) {
            return arrived().stream()
                    .filter(message -> message.order().equals(order))
                    .map(message -> ((PaymentDeclined)
                                    MessageCodec.decode(message.body()).message())
                            .reason())
                    .toList();
        }
    }
}
