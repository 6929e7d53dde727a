package dev.hexmart.domain.messages;

import java.util.List;
import java.util.Optional;

/**
 * The context that a message is for; a type per context, so that a {@code switch} which forgets one does not compile.
 *
 * @param <M> the messages for the context
 */
public sealed interface Destination<M extends Message> {

    List<Destination<?>> ALL = List.of(new Catalog(), new Ordering(), new Payment());

    /** The message, if it is for this context. */
    Optional<M> accept(Message message);

    record Catalog() implements Destination<StockCommand> {
        @Override
        public Optional<StockCommand> accept(Message message) {
            return message instanceof StockCommand command ? Optional.of(command) : Optional.empty();
        }
    }

    record Ordering() implements Destination<CheckoutEvent> {
        @Override
        public Optional<CheckoutEvent> accept(Message message) {
            return message instanceof CheckoutEvent event ? Optional.of(event) : Optional.empty();
        }
    }

    record Payment() implements Destination<PaymentCommand> {
        @Override
        public Optional<PaymentCommand> accept(Message message) {
            return message instanceof PaymentCommand command ? Optional.of(command) : Optional.empty();
        }
    }
}
