package dev.hexmart.application.ordering;

import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.messaging.UnitOfWork;

/** What a transaction of the ordering context can reach. */
public interface OrderingStore extends UnitOfWork {

    OrderRepository orders();

    OrderedCarts orderedCarts();

    IdempotencyKeys idempotencyKeys();
}
