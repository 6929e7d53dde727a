package dev.hexmart.application.payment;

import dev.hexmart.application.transaction.Transactor;

class InMemoryPaymentRepositoryTest extends PaymentRepositoryContract {

    private final InMemoryPayments payments = InMemoryPayments.create();

    @Override
    protected Transactor<PaymentStore> transactor() {
        return payments.transactor();
    }
}
