package dev.hexmart.application.payment;

import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.UnitOfWork;

/** What a transaction of the payment context can reach. */
public interface PaymentStore extends UnitOfWork {

    PaymentRepository payments();

    IdempotencyKeys idempotencyKeys();
}
