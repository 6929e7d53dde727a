package dev.hexmart.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.ReservationRepository;
import dev.hexmart.application.messaging.Batch;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.Received;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Reservation;
import dev.hexmart.domain.messages.Message;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.shared.OrderId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records which cells of the process tables a simulated day reaches, and checks that what has ended stays so. */
final class Watch {

    /** The state of what has no record yet. */
    static final String NONE = "none";

    private final Set<Cell> cells = new HashSet<>();
    private final Deque<Batch<?>> handled = new ArrayDeque<>();

    /**
     * @param state simple name of the type
     * @param message simple name of its type
     */
    record Cell(String state, String message) {}

    Set<Cell> cells() {
        return Set.copyOf(cells);
    }

    /** What is done beside the message that is being handled. */
    void aside(Runnable work) {
        handled.push(Batch.of(List.of(), (_, each) -> each.run()));
        try {
            work.run();
        } finally {
            handled.pop();
        }
    }

    <M extends Message> MessageHandler<M> aroundHandler(MessageHandler<M> handler) {
        return new MessageHandler<>() {
            @Override
            public void handle(Received<M> received) {
                handled.push(Batch.of(received));
                try {
                    handler.handle(received);
                } finally {
                    handled.pop();
                }
            }

            @Override
            public void handleTogether(Batch<M> batch) {
                handled.push(batch);
                try {
                    handler.handleTogether(batch);
                } finally {
                    handled.pop();
                }
            }
        };
    }

    Transactor<CatalogStore> aroundCatalog(Transactor<CatalogStore> transactor) {
        return Stores.around(
                transactor,
                store -> Stores.Catalog.of(store).with(new ReservationRepository() {
                    @Override
                    public Map<OrderId, Reservation> lock(Collection<OrderId> orders) {
                        return recorded(orders, store.reservations().lock(orders));
                    }

                    @Override
                    public void save(Reservation reservation) {
                        store.reservations().save(reservation);
                    }
                }));
    }

    Transactor<OrderingStore> aroundOrdering(Transactor<OrderingStore> transactor) {
        return Stores.around(
                transactor,
                store -> Stores.Ordering.of(store).with(new Stores.DecoratedOrders(store.orders()) {
                    @Override
                    public Map<OrderId, Order> find(Collection<OrderId> ids) {
                        return recorded(ids, super.find(ids));
                    }
                }));
    }

    Transactor<PaymentStore> aroundPayments(Transactor<PaymentStore> transactor) {
        return Stores.around(
                transactor,
                store -> Stores.Payments.of(store).with(new Stores.DecoratedPayments(store.payments()) {
                    @Override
                    public Map<OrderId, Payment> find(Collection<OrderId> orders) {
                        return recorded(orders, super.find(orders));
                    }

                    @Override
                    public void save(Payment payment) {
                        find(payment.order()).ifPresent(before -> checkEnd(before, payment));
                        super.save(payment);
                    }
                }));
    }

    private static void checkEnd(Payment before, Payment after) {
        if (before instanceof Payment.Voided) {
            assertThat(after)
                    .as("after %s only money that came nevertheless goes back", before)
                    .isInstanceOf(Payment.Refunding.class);
        }
        assertThat(before).as("the end, before %s", after).isNotInstanceOf(Payment.Refunded.class);
    }

    private <T> Map<OrderId, T> recorded(Collection<OrderId> orders, Map<OrderId, T> states) {
        if (!handled.isEmpty()) {
            for (Message message : handled.element().messages()) {
                if (orders.contains(message.order())) {
                    String state = Optional.ofNullable(states.get(message.order()))
                            .map(Watch::name)
                            .orElse(NONE);
                    cells.add(new Cell(state, name(message)));
                }
            }
        }
        return states;
    }

    private static String name(Object state) {
        return state.getClass().getSimpleName();
    }
}
