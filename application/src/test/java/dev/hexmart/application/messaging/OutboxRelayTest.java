package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.ordering.InMemoryOrdering;
import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ManualClock clock = ManualClock.atNoon();
    private final InMemoryOrdering ordering = new InMemoryOrdering(InMemoryMessages.create(), clock);
    private final Broker broker = new Broker();
    private final OutboxRelay relay = new OutboxRelay(ordering.queue(), broker, clock);
    private final OrderId first = Purchases.newOrder();
    private final OrderId second = Purchases.newOrder();

    @Test
    void outboxMessageIsSentOnce() {
        append(first, second);
        assertThat(relay.relayBatch()).isEqualTo(2);
        assertThat(relay.relayBatch()).isZero();
        assertThat(broker.orders()).containsExactly(first, second);
    }

    @Test
    void messagesAboutOneOrderAreSentOneAfterTheOther() {
        append(first, first, second, first);
        relay.relayAll();
        assertThat(broker.calls).hasSize(3);
        assertThat(broker.calls).allSatisfy(call -> assertThat(call).doesNotHaveDuplicates());
        assertThat(broker.calls.getFirst()).containsExactly(first, second);
        assertThat(broker.ids(first)).isEqualTo(broker.appended(first)).hasSize(3);
    }

    @Test
    void aRefusedMessageKeepsBackAllThatFollowItAndNoOthers() {
        append(first, second, first, second);
        broker.refuse(first);
        relay.relayAll();
        assertThat(broker.orders()).containsExactly(second, second);
        append(first);
        assertThat(relay.relayBatch()).isZero();
        clock.advance(PAUSE.minusNanos(1));
        assertThat(relay.relayBatch()).isZero();
        broker.refuse();
        clock.advance(Duration.ofNanos(1));
        relay.relayAll();
        assertThat(broker.ids(first)).isEqualTo(broker.appended(first)).hasSize(3);
    }

    @Test
    void aMessageThatStaysRefusedIsTriedAgainForEver() {
        append(first);
        broker.refuse(first);
        for (int i = 0; i < 100; i++) {
            assertThat(relay.relayBatch()).isZero();
            clock.advance(PAUSE);
        }
        broker.refuse();
        assertThat(relay.relayBatch()).isEqualTo(1);
    }

    @Test
    void messagesOfADeadProcessAreSentAgainAfterTheLease() {
        append(first, second);
        OutboxRelay dying = new OutboxRelay(new Dying(ordering.queue()), broker, clock);
        assertThatThrownBy(dying::relayBatch).isInstanceOf(Death.class);
        append(first);
        clock.advance(OutboxRelay.LEASE.minusNanos(1));
        assertThat(relay.relayBatch()).as("sent within the lease").isZero();
        clock.advance(Duration.ofNanos(1));
        relay.relayAll();
        assertThat(broker.orders()).containsExactly(first, second, first, second, first);
        assertThat(Set.copyOf(broker.ids(first))).hasSize(2);
    }

    @Test
    void othersAppendAndRelayWhileABatchIsBeingPublished() {
        append(first);
        OutboxRelay slow = new OutboxRelay(
                ordering.queue(),
                messages -> {
                    append(second);
                    assertThat(relay.relayBatch()).as("sent by the other relay").isEqualTo(1);
                    return broker.publish(messages);
                },
                clock);
        assertThat(slow.relayBatch()).isEqualTo(1);
        assertThat(broker.orders()).containsExactly(second, first);
    }

    @Test
    void whileTheBrokerIsAwayNothingIsLostOrHeldBack() {
        append(first, first);
        OutboxRelay blind = new OutboxRelay(
                ordering.queue(),
                _ -> {
                    throw new TemporaryFailure("The broker cannot be reached");
                },
                clock);
        assertThatThrownBy(blind::relayBatch).isInstanceOf(TemporaryFailure.class);
        relay.relayAll();
        assertThat(broker.orders()).containsExactly(first, first);
    }

    @Test
    void anEndlessOutboxIsSentInBatches() {
        OrderId[] many = new OrderId[1_000];
        Arrays.setAll(many, _ -> Purchases.newOrder());
        append(many);
        int sent = 0;
        int batches = 0;
        for (int batch = relay.relayBatch(); batch > 0; batch = relay.relayBatch()) {
            sent += batch;
            batches++;
        }
        assertThat(sent).isEqualTo(1_000);
        assertThat(batches).isGreaterThan(1);
        assertThat(broker.orders()).containsExactly(many);
    }

    @Test
    void howeverManyRelaysThereAreEachMessageIsSentOnceAndInItsOrder() {
        for (int i = 0; i < 50; i++) {
            append(first, second);
        }
        AtOnce.times(4, () -> {
            for (int i = 0; i < 10; i++) {
                relay.relayBatch();
                append(first);
            }
            return first;
        });
        relay.relayAll();
        assertThat(broker.orders()).hasSize(140);
        assertThat(broker.ids(second)).isEqualTo(broker.appended(second));
        assertThat(broker.ids(first)).doesNotHaveDuplicates().hasSize(90);
    }

    @Test
    void oldSentMessagesAreDeleted() {
        OrderId[] many = new OrderId[2_500];
        Arrays.setAll(many, _ -> Purchases.newOrder());
        append(many);
        relay.relayAll();
        assertThat(broker.orders()).containsExactly(many);
        append(first);
        clock.advance(Duration.ofDays(1));
        assertThat(relay.forgetSentLongerAgoThan(Duration.ofDays(1))).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(relay.forgetSentLongerAgoThan(Duration.ofDays(1))).isEqualTo(2_500);
        assertThat(relay.forgetSentLongerAgoThan(Duration.ofDays(1))).isZero();
        assertThat(relay.relayBatch()).isEqualTo(1);
    }

    private void append(OrderId... orders) {
        ordering.transactor().inTransaction(store -> {
            for (OrderId order : orders) {
                store.outbox().append(new CommitStock(order));
            }
            return orders;
        });
        broker.learn(Unsent.in(ordering.queue(), clock.instant().plus(PAUSE)));
    }

    /** Remembers what was published, and refuses what is about certain orders. */
    private static final class Broker implements MessagePublisher {

        private final List<OutboxMessage> taken = Collections.synchronizedList(new ArrayList<>());
        private final List<List<OrderId>> calls = Collections.synchronizedList(new ArrayList<>());
        private final List<OutboxMessage> known = Collections.synchronizedList(new ArrayList<>());
        private Set<OrderId> refused = Set.of();

        void refuse(OrderId... orders) {
            refused = Set.of(orders);
        }

        void learn(List<OutboxMessage> unsent) {
            unsent.stream().filter(message -> !known.contains(message)).forEach(known::add);
        }

        List<OrderId> orders() {
            return taken.stream().map(OutboxMessage::order).toList();
        }

        List<UUID> ids(OrderId order) {
            return ids(taken, order);
        }

        /** The ids of the messages about the order as the outbox first told them. */
        List<UUID> appended(OrderId order) {
            return ids(known, order);
        }

        @Override
        public Set<UUID> publish(List<OutboxMessage> messages) {
            calls.add(messages.stream().map(OutboxMessage::order).toList());
            List<OutboxMessage> accepted = messages.stream()
                    .filter(message -> !refused.contains(message.order()))
                    .toList();
            taken.addAll(accepted);
            return accepted.stream().map(OutboxMessage::id).collect(Collectors.toSet());
        }

        private static List<UUID> ids(List<OutboxMessage> messages, OrderId order) {
            return messages.stream()
                    .filter(message -> message.order().equals(order))
                    .map(OutboxMessage::id)
                    .toList();
        }
    }

    /** Commits one transaction, and dies in the next. */
    private static final class Dying implements Transactor<OutboxQueue> {

        private final Transactor<OutboxQueue> alive;
        private boolean committed;

        Dying(Transactor<OutboxQueue> alive) {
            this.alive = alive;
        }

        @Override
        public <R> R inTransaction(Function<? super OutboxQueue, ? extends R> work) {
            if (!committed) {
                committed = true;
                return alive.inTransaction(work);
            }
            return alive.inTransaction(queue -> {
                R unheard = work.apply(queue);
                throw new Death("The process ended before it knew of " + unheard);
            });
        }

        @Override
        public <R> R reading(Function<? super OutboxQueue, ? extends R> work) {
            return alive.reading(work);
        }
    }

    private static final class Death extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Death(String message) {
            super(message);
        }
    }
}
