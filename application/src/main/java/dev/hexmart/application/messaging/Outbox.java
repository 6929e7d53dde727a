package dev.hexmart.application.messaging;

import dev.hexmart.domain.messages.Message;

/** Driven port, part of a transaction: messages that are to be sent if, and only if, the transaction commits. */
public interface Outbox {

    /** Appends the message under a fresh id; messages about one order are sent in the order in which they were appended. */
    void append(Message message);

    default void append(Iterable<? extends Message> messages) {
        messages.forEach(this::append);
    }
}
