package dev.hexmart.application;

import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.catalog.CategoryRepository;
import dev.hexmart.application.catalog.ProductRepository;
import dev.hexmart.application.catalog.ReservationRepository;
import dev.hexmart.application.catalog.StockRepository;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;
import dev.hexmart.application.ordering.OrderRepository;
import dev.hexmart.application.ordering.OrderedCarts;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.payment.PaymentMethodOffer;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.application.payment.PaymentRepository;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.catalog.Stock;
import dev.hexmart.domain.catalog.StockMovement;
import dev.hexmart.domain.ordering.Order;
import dev.hexmart.domain.payment.Payment;
import dev.hexmart.domain.payment.Payment.Charge;
import dev.hexmart.domain.payment.ProviderAnswer;
import dev.hexmart.domain.shared.CustomerId;
import dev.hexmart.domain.shared.Money;
import dev.hexmart.domain.shared.OrderId;
import dev.hexmart.domain.shared.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stores of which one port is decorated. */
final class Stores {

    private Stores() {}

    static <S> Transactor<S> around(Transactor<S> transactor, UnaryOperator<S> decorator) {
        return new Transactor<>() {
            @Override
            public <R> R inTransaction(Function<? super S, ? extends R> work) {
                return transactor.inTransaction(store -> work.apply(decorator.apply(store)));
            }

            @Override
            public <R> R reading(Function<? super S, ? extends R> work) {
                return transactor.reading(store -> work.apply(decorator.apply(store)));
            }
        };
    }

    record Catalog(
            ProductRepository products,
            CategoryRepository categories,
            StockRepository stock,
            ReservationRepository reservations,
            Outbox outbox,
            Inbox inbox)
            implements CatalogStore {

        static Catalog of(CatalogStore store) {
            return new Catalog(
                    store.products(),
                    store.categories(),
                    store.stock(),
                    store.reservations(),
                    store.outbox(),
                    store.inbox());
        }

        Catalog with(StockRepository other) {
            return new Catalog(products, categories, other, reservations, outbox, inbox);
        }

        Catalog with(ReservationRepository other) {
            return new Catalog(products, categories, stock, other, outbox, inbox);
        }

        Catalog withInbox(Inbox other) {
            return new Catalog(products, categories, stock, reservations, outbox, other);
        }
    }

    record Ordering(
            OrderRepository orders,
            OrderedCarts orderedCarts,
            IdempotencyKeys idempotencyKeys,
            Outbox outbox,
            Inbox inbox)
            implements OrderingStore {

        static Ordering of(OrderingStore store) {
            return new Ordering(
                    store.orders(), store.orderedCarts(), store.idempotencyKeys(), store.outbox(), store.inbox());
        }

        Ordering with(OrderRepository other) {
            return new Ordering(other, orderedCarts, idempotencyKeys, outbox, inbox);
        }

        Ordering with(IdempotencyKeys other) {
            return new Ordering(orders, orderedCarts, other, outbox, inbox);
        }

        Ordering withOutbox(Outbox other) {
            return new Ordering(orders, orderedCarts, idempotencyKeys, other, inbox);
        }

        Ordering withInbox(Inbox other) {
            return new Ordering(orders, orderedCarts, idempotencyKeys, outbox, other);
        }
    }

    record Payments(PaymentRepository payments, IdempotencyKeys idempotencyKeys, Outbox outbox, Inbox inbox)
            implements PaymentStore {

        static Payments of(PaymentStore store) {
            return new Payments(store.payments(), store.idempotencyKeys(), store.outbox(), store.inbox());
        }

        Payments with(PaymentRepository other) {
            return new Payments(other, idempotencyKeys, outbox, inbox);
        }

        Payments withInbox(Inbox other) {
            return new Payments(payments, idempotencyKeys, outbox, other);
        }
    }

    /** Passes each call on. */
    abstract static class DecoratedPayments implements PaymentRepository {

        final PaymentRepository payments;

        DecoratedPayments(PaymentRepository payments) {
            this.payments = payments;
        }

        @Override
        public Optional<Payment> find(OrderId order) {
            return payments.find(order);
        }

        @Override
        public Map<OrderId, Payment> find(Collection<OrderId> orders) {
            return payments.find(orders);
        }

        @Override
        public void save(Payment payment) {
            payments.save(payment);
        }

        @Override
        public List<OrderId> due(Instant now, int limit) {
            return payments.due(now, limit);
        }
    }

    /** Passes each call on. */
    abstract static class DecoratedOrders implements OrderRepository {

        final OrderRepository orders;

        DecoratedOrders(OrderRepository orders) {
            this.orders = orders;
        }

        @Override
        public Optional<Order> find(OrderId id) {
            return orders.find(id);
        }

        @Override
        public Map<OrderId, Order> find(Collection<OrderId> ids) {
            return orders.find(ids);
        }

        @Override
        public void save(Order order) {
            orders.save(order);
        }

        @Override
        public List<Order> list(OrderQuery query, int limit) {
            return orders.list(query, limit);
        }

        @Override
        public int countUnpaid(CustomerId customer) {
            return orders.countUnpaid(customer);
        }

        @Override
        public void holdUnpaid(CustomerId customer) {
            orders.holdUnpaid(customer);
        }

        @Override
        public List<OrderId> overdue(Instant now, int limit) {
            return orders.overdue(now, limit);
        }

        @Override
        public Optional<Instant> waitingSince(Instant now) {
            return orders.waitingSince(now);
        }
    }

    /** Passes each call on. */
    abstract static class DecoratedStock implements StockRepository {

        final StockRepository stock;

        DecoratedStock(StockRepository stock) {
            this.stock = stock;
        }

        @Override
        public Map<ProductId, Stock> lock(Collection<ProductId> products) {
            return stock.lock(products);
        }

        @Override
        public void open(ProductId product) {
            stock.open(product);
        }

        @Override
        public void apply(List<StockMovement> movements) {
            stock.apply(movements);
        }

        @Override
        public List<StockMovement> ledger(ProductId product, int limit) {
            return stock.ledger(product, limit);
        }
    }

    /** Passes each call on. */
    abstract static class DecoratedProvider implements PaymentProvider {

        final PaymentProvider provider;

        DecoratedProvider(PaymentProvider provider) {
            this.provider = provider;
        }

        @Override
        public List<PaymentMethodOffer> methods() {
            return provider.methods();
        }

        @Override
        public ProviderAnswer.ToCapture capture(Charge charge) {
            return provider.capture(charge);
        }

        @Override
        public ProviderAnswer.ToRefund refundPart(OrderId order, int number, Money part) {
            return provider.refundPart(order, number, part);
        }

        @Override
        public ProviderAnswer.ToRefund refund(OrderId order) {
            return provider.refund(order);
        }
    }
}
