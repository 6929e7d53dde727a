package dev.hexmart.domain.ordering;

import dev.hexmart.domain.messages.Message;
import java.util.List;

/** The effect of a message, a command or a timeout on an order. */
public sealed interface Transition {

    /** The order as it is now, and the messages for the other contexts; both are saved in one transaction. */
    record Moved(Order order, List<Message> messages) implements Transition {
        public Moved {
            messages = List.copyOf(messages);
        }
    }

    record NoChange(Reason reason) implements Transition {

        /** Why an order stays as it is. */
        public enum Reason {
            STILL_PAYABLE,
            STOCK_NOT_HELD,
            STOCK_HELD,
            STOCK_SOLD,
            STOCK_RELEASED,
            ATTEMPT_KNOWN,
            REFUND_KNOWN,
            REFUND_UNDER_WAY,
            PAID,
            CANCELLED,
            REFUNDED
        }
    }
}
