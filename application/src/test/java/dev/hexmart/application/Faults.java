package dev.hexmart.application;

import dev.hexmart.application.catalog.CatalogStore;
import dev.hexmart.application.messaging.MessageHandler;
import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.ordering.OrderingStore;
import dev.hexmart.application.payment.PaymentProvider;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.transaction.Transactor;
import dev.hexmart.domain.messages.CheckoutEvent;
import dev.hexmart.domain.messages.Message;

/** What may go wrong between a {@link ShopOnFakes} and the outside. */
public interface Faults {

    /** Nothing goes wrong. */
    Faults NONE = new Faults() {
        @Override
        public <S> Transactor<S> aroundStore(Transactor<S> transactor) {
            return transactor;
        }

        @Override
        public MessagePublisher aroundBroker(MessagePublisher publisher) {
            return publisher;
        }

        @Override
        public boolean losesAnswer() {
            return false;
        }
    };

    /** The transactor, but failing now and then. */
    <S> Transactor<S> aroundStore(Transactor<S> transactor);

    /** The publisher, but failing now and then. */
    MessagePublisher aroundBroker(MessagePublisher publisher);

    /** Whether this answer of the payment provider gets lost. */
    boolean losesAnswer();

    /** The transactor of the catalog's use cases. */
    default Transactor<CatalogStore> aroundCatalog(Transactor<CatalogStore> transactor) {
        return aroundStore(transactor);
    }

    /** The transactor of the ordering context's use cases. */
    default Transactor<OrderingStore> aroundOrdering(Transactor<OrderingStore> transactor) {
        return aroundStore(transactor);
    }

    /** The transactor of the payment context's use cases. */
    default Transactor<PaymentStore> aroundPayments(Transactor<PaymentStore> transactor) {
        return aroundStore(transactor);
    }

    /** The handler of a context's messages, as the bus calls it. */
    default <M extends Message> MessageHandler<M> aroundHandler(MessageHandler<M> handler) {
        return handler;
    }

    /**
     * The handler of the ordering context's messages.
     *
     * @param transactor the one that the handler has
     */
    default MessageHandler<CheckoutEvent> aroundAdvanceOrder(
            MessageHandler<CheckoutEvent> handler, Transactor<OrderingStore> transactor) {
        return aroundHandler(handler);
    }

    /** The payment provider as the shop reaches it. */
    default PaymentProvider aroundProvider(PaymentProvider provider) {
        return provider;
    }
}
