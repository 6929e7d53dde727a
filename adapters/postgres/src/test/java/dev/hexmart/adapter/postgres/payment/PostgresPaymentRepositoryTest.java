package dev.hexmart.adapter.postgres.payment;

import dev.hexmart.adapter.postgres.TestServer;
import dev.hexmart.application.payment.PaymentRepositoryContract;
import dev.hexmart.application.payment.PaymentStore;
import dev.hexmart.application.transaction.Transactor;

/** Payments on a real PostgreSQL. */
class PostgresPaymentRepositoryTest extends PaymentRepositoryContract {

    @Override
    protected Transactor<PaymentStore> transactor() {
        return PostgresPaymentStore.transactor(TestServer.database("payment"), TestServer.metadata());
    }
}
