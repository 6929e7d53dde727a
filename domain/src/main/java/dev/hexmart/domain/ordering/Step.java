package dev.hexmart.domain.ordering;

import dev.hexmart.domain.messages.Message;
import java.util.List;

/** What a message, a wish or the time comes to for an order. */
public sealed interface Step {

    /** The order as it is now, and what the other contexts have to be told; both are saved in one transaction. */
    record Taken(Order order, List<Message> messages) implements Step {
        public Taken {
            messages = List.copyOf(messages);
        }
    }

    /** @param why for the log, and for whoever asked in vain */
    record Unchanged(String why) implements Step {}
}
