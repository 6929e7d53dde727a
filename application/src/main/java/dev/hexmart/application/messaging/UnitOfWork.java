package dev.hexmart.application.messaging;

/** The messaging ports within a transaction, in addition to the context's own repositories. */
public interface UnitOfWork {

    Outbox outbox();

    Inbox inbox();
}
