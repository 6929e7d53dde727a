package dev.hexmart.application.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.messaging.UnprocessableMessage;
import dev.hexmart.application.transaction.AtOnce;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.messages.PaymentCommand.CapturePayment;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.ordering.OrderStatus;
import dev.hexmart.domain.shared.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdvanceOrderTest {

    private final ManualClock clock = new ManualClock(Purchases.PLACED_AT);
    private final InMemoryOrdering ordering = new InMemoryOrdering(InMemoryMessages.create(), clock);
    private final AdvanceOrder advancing = new AdvanceOrder(ordering.transactor(), clock);

    @Test
    void aMessageTakesItsOrderOnAndSaysWhatIsToBeDone() {
        OrderId order = saved(Orders.placed());
        handle(new StockReserved(order));
        assertThat(find(order).status()).isEqualTo(OrderStatus.RESERVED);
        handle(new PaymentCaptured(order));
        assertThat(find(order).status()).isEqualTo(OrderStatus.PAID);
        assertThat(ordering.outgoing()).hasExactlyElementsOfTypes(CapturePayment.class, CommitStock.class);
    }

    @Test
    void messageWithoutAnEffectIsHandled() {
        Order paid = Orders.paid();
        OrderId order = saved(paid);
        handle(new StockReserved(order));
        assertThat(find(order)).isEqualTo(paid);
        assertThat(ordering.outgoing()).isEmpty();
    }

    @Test
    void aMessageThatIsDeliveredTwiceHasItsEffectOnce() {
        OrderId order = saved(Orders.cancelled());
        Received<CheckoutEvent> captured = new Received<>(UUID.randomUUID(), new PaymentCaptured(order));
        advancing.handle(captured);
        advancing.handle(captured);
        assertThat(ordering.outgoing()).containsExactly(new RefundPayment(order));
    }

    @Test
    void aMessageToManyInstancesAtOnceHasItsEffectOnce() {
        OrderId order = saved(Orders.reserved());
        Received<CheckoutEvent> captured = new Received<>(UUID.randomUUID(), new PaymentCaptured(order));
        AtOnce.times(8, () -> {
            advancing.handle(captured);
            return order;
        });
        assertThat(ordering.outgoing()).containsExactly(new CommitStock(order));
        assertThat(find(order).version()).isEqualTo(3);
    }

    @Test
    void messagesThatAreHandledTogetherEachTakeTheirOrderOnOnce() {
        OrderId placed = saved(Orders.placed());
        OrderId reserved = saved(Orders.reserved());
        Batch<CheckoutEvent> batch = together(new StockReserved(placed), new PaymentCaptured(reserved));
        advancing.handleTogether(batch);
        advancing.handleTogether(batch);
        assertThat(find(placed).status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(find(reserved).status()).isEqualTo(OrderStatus.PAID);
        assertThat(ordering.outgoing()).extracting(Message::order).containsExactlyInAnyOrder(placed, reserved);
    }

    @Test
    void unknownOrderRollsBackItsWholeBatch() {
        Order placed = Orders.placed();
        OrderId order = saved(placed);
        Batch<CheckoutEvent> batch = together(new StockReserved(order), new StockReserved(Purchases.newOrder()));
        assertThatExceptionOfType(UnprocessableMessage.class).isThrownBy(() -> advancing.handleTogether(batch));
        assertThat(find(order)).isEqualTo(placed);
        assertThat(ordering.outgoing()).isEmpty();
    }

    private static Batch<CheckoutEvent> together(CheckoutEvent... messages) {
        return Batch.of(
                Stream.of(messages)
                        .map(message -> new Received<>(UUID.randomUUID(), message))
                        .toList(),
                (_, work) -> work.run());
    }

    @Test
    void messageAboutAnUnknownOrderIsUnprocessable() {
        Received<CheckoutEvent> stray = new Received<>(UUID.randomUUID(), new StockReserved(Purchases.newOrder()));
        assertThatExceptionOfType(UnprocessableMessage.class).isThrownBy(() -> advancing.handle(stray));
        assertThatExceptionOfType(UnprocessableMessage.class).isThrownBy(() -> advancing.handle(stray));
    }

    @Test
    void unpaidOrderIsCancelledAtItsDeadline() {
        OrderId placed = saved(Orders.placed());
        OrderId reserved = saved(Orders.reserved());
        OrderId paid = saved(Orders.paid());
        clock.advance(Purchases.TIME_TO_PAY.minusNanos(1));
        assertThat(advancing.expireOverdue()).isZero();
        clock.advance(Duration.ofNanos(1));
        assertThat(advancing.expireOverdue()).isEqualTo(2);
        assertThat(advancing.expireOverdue()).isZero();
        for (OrderId order : List.of(placed, reserved)) {
            assertThat(find(order))
                    .isInstanceOfSatisfying(
                            Order.Cancelled.class, it -> assertThat(it.reason()).isEqualTo(CancellationReason.EXPIRED));
            assertThat(ordering.outgoing()).contains(new ReleaseStock(order), new RefundPayment(order));
        }
        assertThat(find(paid).status()).isEqualTo(OrderStatus.PAID);
    }

    @Test
    void allOverdueOrdersAreCancelled() {
        for (int i = 0; i < 250; i++) {
            saved(Orders.placed());
        }
        clock.advance(Purchases.TIME_TO_PAY);
        int all = 0;
        int expired = advancing.expireOverdue();
        while (expired > 0) {
            all += expired;
            expired = advancing.expireOverdue();
        }
        assertThat(all).isEqualTo(250);
    }

    @Test
    void concurrentExpiryCancelsAnOrderOnce() {
        OrderId order = saved(Orders.reserved());
        clock.advance(Purchases.TIME_TO_PAY);
        List<Integer> expired = AtOnce.times(4, advancing::expireOverdue);
        assertThat(expired.stream().mapToInt(it -> it).sum()).isEqualTo(1);
        assertThat(find(order).version()).isEqualTo(3);
        assertThat(ordering.outgoing()).containsExactly(new ReleaseStock(order), new RefundPayment(order));
    }

    @Test
    void paymentAtTheDeadlineIsEitherKeptOrRefunded() {
        for (int i = 0; i < 20; i++) {
            Instant placedAt = clock.instant();
            OrderId order = saved(Orders.reserved(Purchases.by(Callers.newCustomerId(), placedAt)));
            clock.advance(Purchases.TIME_TO_PAY);
            AtOnce.<Object>times(2, it -> () -> {
                if (it == 0) {
                    handle(new PaymentCaptured(order));
                } else {
                    advancing.expireOverdue();
                }
                return it;
            });
            List<Message> said = ordering.outgoing().stream()
                    .filter(message -> message.order().equals(order))
                    .toList();
            switch (find(order)) {
                case Order.Paid _ -> assertThat(said).containsExactly(new CommitStock(order));
                case Order.Cancelled _ ->
                    assertThat(said)
                            .containsExactly(
                                    new ReleaseStock(order), new RefundPayment(order), new RefundPayment(order));
                case Order other -> throw new AssertionError("Neither paid nor given up: " + other);
            }
        }
    }

    private OrderId saved(Order order) {
        Orders.saveWithItsPast(ordering.transactor(), order);
        return order.id();
    }

    private void handle(CheckoutEvent message) {
        advancing.handle(new Received<>(UUID.randomUUID(), message));
    }

    private Order find(OrderId id) {
        return ordering.transactor()
                .inTransaction(store -> store.orders().find(id))
                .orElseThrow();
    }
}
