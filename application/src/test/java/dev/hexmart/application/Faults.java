package dev.hexmart.application;

import dev.hexmart.application.messaging.MessagePublisher;
import dev.hexmart.application.transaction.Transactor;

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
}
