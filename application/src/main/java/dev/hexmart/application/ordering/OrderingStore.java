package dev.hexmart.application.ordering;

import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.UnitOfWork;

/** The ports within a transaction of the ordering context. */
public interface OrderingStore extends UnitOfWork {

    OrderRepository orders();

    OrderedCarts orderedCarts();

    IdempotencyKeys idempotencyKeys();
}
