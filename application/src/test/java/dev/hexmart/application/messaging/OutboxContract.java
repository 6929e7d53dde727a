package dev.hexmart.application.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexmart.application.ordering.Purchases;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentCaptured;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentDeclined;
import dev.hexmart.domain.messages.CheckoutEvent.PaymentRefunded;
import dev.hexmart.domain.messages.CheckoutEvent.StockRejected;
import dev.hexmart.domain.messages.CheckoutEvent.StockReserved;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.messages.PaymentCommand.CapturePayment;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.messages.StockCommand.CommitStock;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.messages.StockCommand.ReserveStock;
import dev.hexmart.domain.ordering.Purchase;
import dev.hexmart.domain.shared.Goods;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.PaymentMethod;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Outbox} keeps, seen through the queue on its other side. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OutboxContract {

    private final OrderId order = Purchases.newOrder();

    /** Any context's. */
    protected abstract Transactor<? extends UnitOfWork> transactor();

    /** The queue of the same context's outbox. */
    protected abstract Transactor<? extends OutboxQueue> queue();

    @Test
    void aMessageIsToBeSentOnceItsTransactionHasCommitted() {
        append(new CommitStock(order));
        assertThat(unsent()).hasSize(1);
    }

    @Test
    void messageOfAFailedTransactionIsNeverSent() {
        assertThatThrownBy(() -> transactor().inTransaction(store -> {
                    store.outbox().append(new CommitStock(order));
                    throw new IllegalArgumentException("deliberate");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(unsent()).isEmpty();
    }

    @Test
    void eachMessageHasAFreshId() {
        append(new CommitStock(order), new CommitStock(order));
        append(new CommitStock(order));
        assertThat(unsent()).hasSize(3).extracting(OutboxMessage::id).doesNotHaveDuplicates();
    }

    @Test
    void messagesOfAnOrderAreSentInAppendOrder() {
        append(new PaymentCaptured(order), new PaymentRefunded(order, Goods.RETURNED));
        append(new StockReserved(order));
        append(new PaymentDeclined(order, 1, "No money"), new PaymentRefunded(order, Goods.RETURNED));
        List<String> types = unsent().stream().map(OutboxMessage::type).toList();
        assertThat(types).hasSize(5);
        assertThat(types.get(1)).isEqualTo(types.get(4));
        assertThat(types.subList(0, 4)).doesNotHaveDuplicates();
    }

    @Test
    void everyMessageOfTheLanguageCanBeSent() {
        Purchase purchase = Purchases.ofTwoProducts();
        OrderId id = purchase.id();
        List<Message> language = List.of(
                new ReserveStock(id, purchase.items()),
                new CommitStock(id),
                new ReleaseStock(id),
                new StockReserved(id),
                new StockRejected(id, List.of(purchase.lines().getFirst().product())),
                new PaymentCaptured(id),
                new PaymentDeclined(id, 2, "Das Konto ist leer – “nothing” left"),
                new PaymentRefunded(id, Goods.RETURNED),
                new CapturePayment(id, purchase.customer(), purchase.total(), new PaymentMethod("card-ok")),
                new RefundPayment(id));
        append(language.toArray(Message[]::new));
        List<OutboxMessage> sent = unsent(id);
        assertThat(sent).hasSameSizeAs(language).allSatisfy(message -> {
            assertThat(message.order()).isEqualTo(id);
            assertThat(message.type()).isNotBlank();
            assertThat(message.body()).isNotBlank();
        });
        assertThat(sent).extracting(OutboxMessage::type).doesNotHaveDuplicates();
    }

    private void append(Message... messages) {
        transactor().inTransaction(store -> {
            store.outbox().append(List.of(messages));
            return messages.length;
        });
    }

    private List<OutboxMessage> unsent() {
        return unsent(order);
    }

    private List<OutboxMessage> unsent(OrderId id) {
        List<OutboxMessage> all = Unsent.in(queue(), Instant.now());
        return all.stream().filter(message -> message.order().equals(id)).toList();
    }
}
