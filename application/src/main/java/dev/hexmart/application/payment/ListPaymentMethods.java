package dev.hexmart.application.payment;

import java.util.List;

/** Use case: list the means of payment that the provider takes. */
public final class ListPaymentMethods {

    private final PaymentProvider provider;

    public ListPaymentMethods(PaymentProvider provider) {
        this.provider = provider;
    }

    /** One or more; the first is the default. */
    public List<PaymentMethodOffer> list() {
        return provider.methods();
    }
}
