package dev.hexmart.application.messaging;

/** What a transaction of every context that exchanges messages can reach, beside the context's own repositories. */
public interface UnitOfWork {

    Outbox outbox();

    Inbox inbox();
}
