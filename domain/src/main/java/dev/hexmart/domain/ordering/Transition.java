package dev.hexmart.domain.ordering;

import dev.hexmart.domain.messages.Message;
import java.util.List;

/** What a message, a command or a timeout does to an order. */
public sealed interface Transition {

    /** The order as it is now, and what the other contexts have to be told; both are saved in one transaction. */
    record Moved(Order order, List<Message> messages) implements Transition {
        public Moved {
            messages = List.copyOf(messages);
        }
    }

    /** @param why for the log */
    record NoChange(String why) implements Transition {}
}
