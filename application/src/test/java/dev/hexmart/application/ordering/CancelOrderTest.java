package dev.hexmart.application.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.ManualClock;
import dev.hexmart.application.identity.Caller;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Role;
import dev.hexmart.application.messaging.InMemoryMessages;
import dev.hexmart.application.ordering.CancelOrder.Outcome;
import dev.hexmart.domain.messages.PaymentCommand.RefundPayment;
import dev.hexmart.domain.messages.StockCommand.ReleaseStock;
import dev.hexmart.domain.ordering.CancellationReason;
import dev.hexmart.domain.ordering.HistoryNote;
import dev.hexmart.domain.ordering.Order;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CancelOrderTest {

    private final ManualClock clock = new ManualClock(Purchases.PLACED_AT.plusSeconds(60));
    private final InMemoryOrdering ordering = new InMemoryOrdering(InMemoryMessages.create(), clock);
    private final CancelOrder cancelling = new CancelOrder(ordering.transactor(), clock);

    @Test
    void unpaidOrderIsCancelledAndCompensated() {
        for (Order order : List.of(saved(Orders.placed()), saved(Orders.reserved()))) {
            Outcome outcome = cancelling.cancel(order.id(), customerOf(order));
            assertThat(outcome).isEqualTo(new Outcome.Cancelled(find(order)));
            assertThat(find(order))
                    .isInstanceOfSatisfying(
                            Order.Cancelled.class,
                            it -> assertThat(it.reason()).isEqualTo(CancellationReason.ON_REQUEST));
            assertThat(ordering.outgoing()).contains(new ReleaseStock(order.id()), new RefundPayment(order.id()));
        }
    }

    @Test
    void repeatedCancellationReturnsTheCancelledOrder() {
        Order order = saved(Orders.placed());
        Outcome first = cancelling.cancel(order.id(), customerOf(order));
        assertThat(cancelling.cancel(order.id(), customerOf(order))).isEqualTo(first);
        assertThat(ordering.outgoing()).hasSize(2);
    }

    @Test
    void paidOrRefundedOrderCannotBeCancelled() {
        Order paid = saved(Orders.paid());
        Order refunded = saved(Orders.refunded());
        assertThat(cancelling.cancel(paid.id(), customerOf(paid))).isEqualTo(new Outcome.AlreadyPaid());
        assertThat(cancelling.cancel(refunded.id(), customerOf(refunded))).isEqualTo(new Outcome.AlreadyRefunded());
        assertThat(find(paid)).isEqualTo(paid);
        assertThat(find(refunded)).isEqualTo(refunded);
        assertThat(ordering.outgoing()).isEmpty();
    }

    @Test
    void anOrderCancelledByAnEmployeeSaysThatTheShopDidIt() {
        Order order = saved(Orders.placed());
        cancelling.cancel(order.id(), Callers.employee());
        assertThat(find(order)).isInstanceOfSatisfying(Order.Cancelled.class, it -> {
            assertThat(it.reason()).isEqualTo(CancellationReason.BY_SHOP);
            assertThat(it.history().getLast().note()).isEqualTo(new HistoryNote.Cancelled(CancellationReason.BY_SHOP));
        });
    }

    @Test
    void anEmployeesOwnOrderIsCancelledAtTheCustomersRequest() {
        Order order = saved(Orders.reserved());
        Caller owner = new Caller.Person(
                order.purchase().customer(), "Carol", true, Set.of(Role.CATALOG_MANAGE, Role.ORDERS_MANAGE));
        cancelling.cancel(order.id(), owner);
        assertThat(find(order))
                .isInstanceOfSatisfying(
                        Order.Cancelled.class, it -> assertThat(it.reason()).isEqualTo(CancellationReason.ON_REQUEST));
    }

    @Test
    void anotherCustomersOrderIsUnknown() {
        Order order = saved(Orders.placed());
        for (Caller other : List.of(Callers.customer(Callers.newCustomerId()), Callers.service())) {
            assertThat(cancelling.cancel(order.id(), other)).isEqualTo(new Outcome.NotFound());
            assertThat(cancelling.cancel(Purchases.newOrder(), other)).isEqualTo(new Outcome.NotFound());
        }
        assertThat(find(order)).isEqualTo(order);
    }

    private Order saved(Order order) {
        Orders.saveWithItsPast(ordering.transactor(), order);
        return order;
    }

    private Order find(Order order) {
        return ordering.transactor()
                .inTransaction(store -> store.orders().find(order.id()))
                .orElseThrow();
    }

    private static Caller customerOf(Order order) {
        return Callers.customer(order.purchase().customer());
    }
}
