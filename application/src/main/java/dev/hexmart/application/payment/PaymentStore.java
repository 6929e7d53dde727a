package dev.hexmart.application.payment;

import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.UnitOfWork;

/** The ports within a transaction of the payment context. */
public interface PaymentStore extends UnitOfWork {

    PaymentRepository payments();

    IdempotencyKeys idempotencyKeys();
}
