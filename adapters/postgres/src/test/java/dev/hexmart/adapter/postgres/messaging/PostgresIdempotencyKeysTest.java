package dev.hexmart.adapter.postgres.messaging;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.adapter.postgres.payment.PostgresPaymentStore;
import dev.hexmart.application.idempotency.IdempotencyKeys;
import dev.hexmart.application.idempotency.IdempotencyKeysContract;
import java.util.function.Function;

/** Idempotency keys on a real PostgreSQL. */
class PostgresIdempotencyKeysTest extends IdempotencyKeysContract {

    @Override
    protected <R> R inTransaction(Function<? super IdempotencyKeys, ? extends R> work) {
        return PostgresPaymentStore.transactor(TestServer.database("payment"), TestServer.metadata())
                .inTransaction(store -> work.apply(store.idempotencyKeys()));
    }
}
