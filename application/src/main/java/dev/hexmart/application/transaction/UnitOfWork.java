package dev.hexmart.application.transaction;

import dev.hexmart.application.messaging.Inbox;
import dev.hexmart.application.messaging.Outbox;

/** What every context that exchanges messages finds in its transactions, beside its own repositories. */
public interface UnitOfWork {

    Outbox outbox();

    Inbox inbox();
}
