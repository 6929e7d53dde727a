package dev.hexmart.application.idempotency;

import dev.hexmart.application.ordering.InMemoryOrdering;
import java.util.function.Function;

class InMemoryIdempotencyKeysTest extends IdempotencyKeysContract {

    private final InMemoryOrdering ordering = InMemoryOrdering.create();

    @Override
    protected <R> R inTransaction(Function<? super IdempotencyKeys, ? extends R> work) {
        return ordering.transactor().inTransaction(store -> work.apply(store.idempotencyKeys()));
    }
}
