package dev.hexmart.application.payment;

import dev.hexmart.domain.shared.PaymentMethod;

class InMemoryPaymentProviderTest extends PaymentProviderContract {

    private final InMemoryPaymentProvider provider = InMemoryPaymentProvider.create();

    @Override
    protected PaymentProvider provider() {
        return provider;
    }

    @Override
    protected PaymentMethod good() {
        return InMemoryPaymentProvider.GOOD;
    }

    @Override
    protected PaymentMethod declined() {
        return InMemoryPaymentProvider.DECLINED;
    }

    @Override
    protected PaymentMethod lost() {
        return InMemoryPaymentProvider.LOST;
    }
}
